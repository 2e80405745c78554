/** What one sample adds to the history of a process. Pure. */
import type { Bounds } from '../section.ts';
import type { MachineFigures } from './machine-figures.ts';

export interface HistoryPoint {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly sections: number;
  readonly mappedBytes: number;
  readonly unownedBytes: Bounds;
  /** Of the sections; null where it is not known of each. */
  readonly allocatedBytes: number | null;
  readonly machine: MachineFigures;
}

/** Allocated bytes of the sections, as far as they are known. */
export function heldBounds({ allocatedBytes, mappedBytes, unownedBytes }: HistoryPoint): Bounds {
  return allocatedBytes === null
    ? { min: mappedBytes + unownedBytes.min, max: mappedBytes + unownedBytes.max }
    : { min: allocatedBytes, max: allocatedBytes };
}
