/** What a scenario is: something a user does in the real workbench, from opening a folder to what they see. */
import type { Workbench, WorkbenchOptions } from './workbench.ts';
import type { SamplesWorkspace } from './workspace.ts';

export interface Scenario {
  /** What the user gets, as a sentence. */
  readonly title: string;
  readonly run: (stage: Stage) => Promise<void>;
}

/** What the runner gives to a scenario; all of it ends with the scenario. */
export interface Stage {
  /** A copy of the samples of its own. */
  readonly workspace: SamplesWorkspace;
  /** Opens a page of its own, with the extension, on the copy of the samples. */
  readonly open: (options?: Partial<Omit<WorkbenchOptions, 'extensions' | 'tests'>>) => Promise<Workbench>;
  /** The folder for pictures that the documentation shows. */
  readonly pictures: string;
}
