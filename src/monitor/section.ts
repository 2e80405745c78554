/**
 * The section record and the sample: one shape for the panel's row, the DAP variable, the terminal's row and the JSON
 * of `section-leaks watch --format json`. Bytes are numbers of bytes; times are ISO 8601 in UTC.
 */
import type { Maker } from '../analyzers/finding.ts';

/** An inclusive range of whole numbers; `min === max` where the figure is exact. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

export type SectionKind =
  /** Backed by the page file (Windows) or by swap (Linux: memfd, unnamed shared memory). */
  | 'page-file'
  /** As page-file, with a name that other processes can open. */
  | 'named'
  /** Windows: in the page file, its pages committed one by one (SEC_RESERVE). */
  | 'reserve'
  /** Windows: in large pages, which are never written to the page file: shown apart, never counted. */
  | 'large-pages'
  /** Windows: a file on disk, to which its pages go back: shown apart, never counted. */
  | 'file'
  /** Windows: the code of a program or library: shown apart, never counted. */
  | 'image'
  /** System V shared memory. */
  | 'sysv'
  /** Made by the runtime for itself, not by the program: shown apart, never counted as the program's. */
  | 'runtime';

export type SectionState =
  /** A view of the watched process covers some of it. */
  | 'mapped'
  /** No view of the watched process, but one of another process. */
  | 'mapped-elsewhere'
  /** A view without any handle left in the watched process. */
  | 'view-only'
  /** In no view of any process that could be read. */
  | 'unowned';

export interface Holder {
  readonly pid: number;
  readonly name: string;
  /** Open descriptors or handles. */
  readonly handles: number;
  /** Bytes that its views cover. */
  readonly mappedBytes: number;
}

export interface SectionRecord {
  /**
   * The same for the same object in every sample: `device:inode` on Linux, in every process; on Windows the number of
   * the handle, and of the look that first met it where it is not the first.
   */
  readonly id: string;
  readonly kind: SectionKind;
  readonly state: SectionState;
  /** The system's name without decoration, for example `dotnet_3f..`, `/cache`; null where it has none. */
  readonly name: string | null;
  /** Who made it, as far as its name tells (see Maker): what the join with allocation sites goes by. */
  readonly maker: Maker | null;
  /** The length it was made with. */
  readonly maximumBytes: number;
  /** Pages that exist, in memory or swapped; null where the system does not tell. */
  readonly allocatedBytes: number | null;
  /** Bytes that views of any readable process cover (the union, not the sum). */
  readonly mappedBytes: number;
  /** Allocated bytes that no view of any readable process covers. */
  readonly unownedBytes: Bounds;
  /** Why the bounds are what they are, in words: how it was measured, or what keeps it from being exact. */
  readonly how: string;
  readonly holders: readonly Holder[];
  /** When the monitor first saw it; null for those that were there at the first sample. */
  readonly since: string | null;
}

/** Kinds that count in no total: they are not the program's, or no memory without an owner can come of them. */
export const KINDS_APART: ReadonlySet<SectionKind> = new Set(['runtime', 'large-pages', 'file', 'image']);

/** Totals over the sections that the program made; what is set apart (KINDS_APART) is left out. */
export interface Totals {
  readonly sections: number;
  readonly maximumBytes: number;
  readonly allocatedBytes: number | null;
  readonly mappedBytes: number;
  /** Sections of which some allocated bytes are in no view. */
  readonly unownedSections: Bounds;
  readonly unownedBytes: Bounds;
  /** What was set apart as the runtime's own. */
  readonly runtimeSections: number;
}

/** A figure of the system, or the reason why there is none. */
export type Figure = { readonly bytes: number } | { readonly reason: string };

/** Memory lists and limits, by name: `shmem`, `cached`, `dirty`, `swapUsed`, `commit`, `commitLimit`, `modified`, ... */
export type MemoryLists = Readonly<Record<string, Figure>>;

/** What the process itself shows to everybody: the figures that do not contain the leak. */
export interface ProcessFigures {
  readonly name: string;
  readonly residentBytes: number | null;
  readonly residentSharedBytes: number | null;
  readonly privateBytes: number | null;
}

export type Trend =
  /** The first sample: nothing to compare with. */
  | 'unknown'
  /** Rises in every part of the watched time, and never falls. */
  | 'steady'
  /** Rose in one part of the time only, and not in the last. */
  | 'burst'
  /** Rises ever less, and hardly in the last part of the time. */
  | 'levelling'
  /** Has risen, not steadily. */
  | 'grown'
  | 'level'
  | 'shrunk';

/** How what the program holds has changed from the first sample to this one. */
export interface Growth {
  readonly seconds: number;
  readonly sections: number;
  /** Of the bytes that no view holds; of their upper bound where they can only be bounded. */
  readonly unownedBytes: number;
  readonly bytesPerMinute: number;
  /** Until a steady leak meets the first limit, as far as that is known; else null. */
  readonly secondsToLimit: number | null;
  readonly trend: Trend;
  /** In words, for example "steady leak: +6 sections, +96 MiB in 10 s". */
  readonly verdict: string;
  /** What follows from it, each a sentence with its numbers: rate and limit, and what the process explains of the machine. */
  readonly notes: readonly string[];
}

interface SampleBase {
  readonly schema: 1;
  readonly time: string;
  readonly pid: number;
  /** 0 for the first sample of a session, then rising by one. */
  readonly sequence: number;
  readonly process: ProcessFigures;
  readonly totals: Totals;
  readonly growth: Growth;
  readonly memory: MemoryLists;
  /** What could not be read, in words that say what to do: other processes, refused sources. */
  readonly unreadable: readonly string[];
}

/** The first sample: everything. */
export interface FullSample extends SampleBase {
  readonly sections: readonly SectionRecord[];
}

/** Each later one: only what is different from the sample before. */
export interface DifferenceSample extends SampleBase {
  /** New records and records of which anything changed. */
  readonly changed: readonly SectionRecord[];
  /** Ids that are gone. */
  readonly removed: readonly string[];
}

export type Sample = FullSample | DifferenceSample;
