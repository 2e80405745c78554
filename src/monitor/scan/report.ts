/**
 * The report of a scan: the processes that hold sections, by the bytes that no view holds, and what no process holds.
 * One shape for the terminal, for `section-leaks scan --format json` and for the request `sectionLeaks/scan`.
 */
import type { Growth, MemoryLists, Totals } from '../section.ts';

export interface ProcessRow {
  readonly pid: number;
  readonly parentPid: number;
  readonly name: string;
  readonly commandLine: string;
  /** Of the sections that are counted here. */
  readonly totals: Totals;
  /** From the first look to the last. */
  readonly growth: Growth;
  /** Sections that it holds too and that are counted with another holder. */
  readonly sharedSections: number;
}

/** A process that may not be read, and the sentence that says why and what to do. */
export interface RefusedProcess {
  readonly pid: number;
  readonly name: string;
  readonly refusal: string;
}

/** What `section-leaks scan --format json` prints, and what the request `sectionLeaks/scan` answers. */
export interface ScanReport {
  readonly schema: 1;
  /** Of the last look. */
  readonly time: string;
  /** Between the first look and the last. */
  readonly seconds: number;
  /** Most unowned bytes first. */
  readonly processes: readonly ProcessRow[];
  readonly refused: readonly RefusedProcess[];
  /** Most bytes first. */
  readonly leftOver: readonly LeftOver[];
  /** Over all sections, each counted once; what is left over is not among them. */
  readonly totals: Totals;
  readonly memory: MemoryLists;
  readonly unreadable: readonly string[];
}

/** An object of shared memory that no process holds: it lives on until somebody removes it. */
export interface LeftOver {
  readonly kind: 'named' | 'sysv';
  /** As its removal wants it: a path, or `shmid 7`. */
  readonly name: string;
  readonly maximumBytes: number;
  readonly allocatedBytes: number;
  /** When it was last changed. */
  readonly changed: string;
  /** The command that would remove it. It is shown, never run: only its owner knows whether it is still wanted. */
  readonly removal: string;
}
