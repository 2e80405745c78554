/** Every object of shared memory that one look has met, with who holds it. Filled process by process. */
import type { ByteRange } from '../ranges.ts';
import type { SectionName } from './section-names.ts';

export interface Holding {
  readonly pid: number;
  handles: number;
  /** What its views cover, as they come: they may overlap. */
  readonly views: ByteRange[];
}

export interface SectionEntry {
  /** `device:inode`; `sysv:id` for System V, whose ids are inode numbers beside those of memfd. */
  readonly id: string;
  name: SectionName;
  readonly holdings: Holding[];
  /** Where a process holds it open: a path below /proc that leads to the object; null where there is none. */
  path: string | null;
  /** What `stat` tells; null where there is no path for it. */
  measures: SectionMeasures | null;
  /** In how many address spaces it is, by the kernel's own count; null where it keeps none. */
  attached: number | null;
}

export interface SectionMeasures {
  readonly maximumBytes: number;
  readonly allocatedBytes: number;
}

export class SectionTable {
  readonly #entries = new Map<string, SectionEntry>();

  get(id: string): SectionEntry | undefined {
    return this.#entries.get(id);
  }

  add(id: string, name: SectionName): SectionEntry {
    const entry: SectionEntry = { id, name, holdings: [], path: null, measures: null, attached: null };
    this.#entries.set(id, entry);
    return entry;
  }

  delete(id: string): void {
    this.#entries.delete(id);
  }

  values(): Iterable<SectionEntry> {
    return this.#entries.values();
  }
}

/** The part of a process; processes are met one after the other, so that it is the last one or a new one. */
export function holdingOf(entry: SectionEntry, pid: number): Holding {
  const last = entry.holdings.at(-1);
  if (last?.pid === pid) {
    return last;
  }
  const holding: Holding = { pid, handles: 0, views: [] };
  entry.holdings.push(holding);
  return holding;
}
