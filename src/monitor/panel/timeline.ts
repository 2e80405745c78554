/**
 * The figures over time that the chart draws. It holds a bounded number of points: when it is full, every second point
 * of the older half goes, so that a long watch keeps its whole length and the last minutes keep every sample. Pure.
 */
import type { SampleSummary } from '../session/samples.ts';

export interface TimePoint {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly unownedMin: number;
  readonly unownedMax: number;
  /** Null where the system does not tell. */
  readonly allocated: number | null;
  /** The system's list on which unowned pages lie: Shmem on Linux, modified on Windows; null where it is not known. */
  readonly system: number | null;
}

export const MOST_POINTS = 2_000;

export function timePoint({ time, totals, memory }: SampleSummary): TimePoint {
  const list = memory.modified ?? memory.shmem;
  return {
    time: Date.parse(time),
    unownedMin: totals.unownedBytes.min,
    unownedMax: totals.unownedBytes.max,
    allocated: totals.allocatedBytes,
    system: list !== undefined && 'bytes' in list ? list.bytes : null,
  };
}

export function withPoint(points: readonly TimePoint[], point: TimePoint): readonly TimePoint[] {
  const kept =
    points.length < MOST_POINTS ? points : points.filter((_, index) => index >= MOST_POINTS / 2 || index % 2 === 0);
  return [...kept, point];
}
