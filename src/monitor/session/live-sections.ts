/** The open sections of every process that is watched now: what marks beside an allocation site are counted from. */
import type * as vscode from 'vscode';
import type { SectionRecord } from '../section.ts';

export interface LiveSections {
  /** Empty where nothing is watched; a process whose watch has ended is not among them. */
  readonly sections: readonly SectionRecord[];
  /** At most once a sample of each process. */
  readonly onDidChange: vscode.Event<void>;
}
