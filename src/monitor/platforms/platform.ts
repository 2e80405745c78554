/**
 * What the monitor asks of an operating system: which processes there are, and what one of them holds. A platform is one
 * folder behind this interface and one line in `index.ts`.
 */
import type { LeftOver } from '../scan/report.ts';
import type { MemoryLists, ProcessFigures, SectionRecord } from '../section.ts';

/** One process for a picker. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parentPid: number;
  readonly name: string;
  /** With its arguments, separated by spaces; the name alone where the system tells no more. */
  readonly commandLine: string;
  /** Why it cannot be watched, as a sentence that says what to do; null where it can. */
  readonly refusal: string | null;
}

/** A section as one look found it. */
export interface SectionObservation extends Omit<SectionRecord, 'since'> {
  /**
   * Whether a process that may not be read could have a view of it too: `unownedBytes` counts the views of the others
   * only, and its lower bound does not hold then.
   */
  readonly unseenViews: boolean;
  /**
   * Where the system does not tell which section a view is of: how many bytes views cover at most that may be of this
   * one. The lower bound of `unownedBytes` is given as if none was.
   */
  readonly possibleViewBytes?: number;
}

/** The processes that may not be read, as far as their views matter. */
export interface UnseenViews {
  /** The most bytes that their views can cover, all together; Infinity where that is not known. */
  readonly bytes: number;
  /** In words, for `how`: "... may have views". */
  readonly reason: string;
}

/** What one look at a process found. */
export interface Snapshot {
  readonly process: ProcessFigures;
  /** The processes that were watched at this look: one, or with its children. */
  readonly watched: ReadonlySet<number>;
  readonly sections: readonly SectionObservation[];
  readonly memory: MemoryLists;
  readonly unseen: UnseenViews;
  /** What could not be read, in words that say what to do. */
  readonly unreadable: readonly string[];
}

/** What one look at all processes found. */
export interface MachineSnapshot {
  /** Each section of every process that may be read, once, with all who hold it. */
  readonly sections: readonly SectionObservation[];
  /** The processes that hold them. */
  readonly holders: readonly ProcessEntry[];
  /** The processes that may not be read, each with its refusal. */
  readonly refused: readonly ProcessEntry[];
  readonly leftOver: readonly LeftOver[];
  readonly memory: MemoryLists;
  readonly unseen: UnseenViews;
  /** What could not be read, in words that say what to do. */
  readonly unreadable: readonly string[];
}

/** Looks at all processes, again and again. */
export interface MachineScanner {
  look(): MachineSnapshot;
}

/** Why there is no snapshot (any more): a sentence that says what happened, and one that says what to do next. */
export interface Refusal {
  readonly refusal: string;
}

/** A process under watch. A process that got the same number later is not taken for it. */
export interface Target {
  readonly pid: number;
  readonly name: string;
  /** Never stops, opens for writing, or reads the memory of the process. */
  look(): Snapshot | Refusal;
  /** Whether it has ended or was replaced, without looking at what it holds; null while it runs. */
  ended(): Refusal | null;
}

export interface OpenOptions {
  /** Watch what its children hold too, and theirs, those that are started later among them: as if all were one process. */
  readonly withChildren?: boolean;
}

export interface Platform {
  readonly name: string;
  /** All but the monitor's own process. */
  processes(): readonly ProcessEntry[];
  open(pid: number, options?: OpenOptions): Target | Refusal;
  /** For all processes at once. */
  openScanner(): MachineScanner | Refusal;
}
