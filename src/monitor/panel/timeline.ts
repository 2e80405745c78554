/**
 * The figures over time that the chart draws. It holds a bounded number of points: when it is full, half of them go, so
 * that those which stay lie evenly over the whole watch, however long it is. Pure.
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
  return [...(points.length < MOST_POINTS ? points : thinned(points)), point];
}

/**
 * Divides the watch into at most half as many spans as there may be points, and keeps the first point of each. Spans
 * double from one time to the next, so that what was kept before begins them again and no stretch gets ever thinner.
 */
function thinned(points: readonly TimePoint[]): readonly TimePoint[] {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return points;
  const spanMilliseconds = 2 ** Math.ceil(Math.log2((last.time - first.time) / (MOST_POINTS / 2 - 1)));
  let filled = -1;
  return points.filter(({ time }) => {
    const span = Math.floor((time - first.time) / spanMilliseconds);
    const isFirstOfSpan = span > filled;
    filled = Math.max(filled, span);
    return isFirstOfSpan;
  });
}
