/** How a figure went over time: what a leak, a burst and a cache look like. Pure. */
import type { Trend } from '../section.ts';

export interface TimedValue {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly value: number;
}

/** Each part of the time has to bring at least so much of what it would bring at an even pace. */
const STEADY_SHARE = 0.25;
/** So much of the growth in one part of the time is a burst. */
const BURST_SHARE = 0.95;
/** What levels off gains at most so much in the last part of the time. */
const LEVEL_SHARE = 0.05;
/** Each part of the time brings at most so much of what the part before it brought. */
const FADING = 0.8;
/** Parts that differ by less, from their mean, are of a constant rate. */
const CONSTANT_SPREAD = 0.15;

/** Fewer points than this have no shape beyond up and down. */
const POINTS_FOR_A_SHAPE = 9;
const PARTS = 4;

/** @param fell whether the value has ever fallen between two samples */
export function trendOf(points: readonly TimedValue[], fell: boolean): Trend {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || first === last) {
    return 'unknown';
  }
  const growth = last.value - first.value;
  if (growth === 0) {
    return 'level';
  }
  if (growth < 0) {
    return 'shrunk';
  }
  const parts = gains(points, points.length < POINTS_FOR_A_SHAPE ? 2 : PARTS);
  if (!fell && parts.every((gain) => gain >= (STEADY_SHARE * growth) / parts.length && gain > 0)) {
    return 'steady';
  }
  if (points.length < POINTS_FOR_A_SHAPE) {
    return 'grown';
  }
  const ending = parts.at(-1) ?? 0;
  if (Math.max(...parts) >= BURST_SHARE * growth && Math.max(...parts) !== ending) {
    return 'burst';
  }
  return levelsOff(points, growth) ? 'levelling' : 'grown';
}

/** Ever less from the beginning on: what rises evenly and then stops is no cache, it has only stopped. */
function levelsOff(points: readonly TimedValue[], growth: number): boolean {
  const parts = gains(points, 2 * PARTS);
  const least = LEVEL_SHARE * growth;
  const fades = parts.every((gain, index) => {
    const before = parts[index - 1];
    return before === undefined || gain <= (before > least ? FADING * before : least);
  });
  return fades && (parts.at(-1) ?? 0) <= least;
}

/** Whether each part of the time brought as much as the others: what a timer does, and not what users do. */
export function isConstantRate(points: readonly TimedValue[]): boolean {
  if (points.length < 2 * POINTS_FOR_A_SHAPE) {
    return false;
  }
  const parts = gains(points, PARTS);
  const mean = parts.reduce((sum, gain) => sum + gain, 0) / parts.length;
  return mean > 0 && parts.every((gain) => Math.abs(gain - mean) <= CONSTANT_SPREAD * mean);
}

/** What each of so many equal parts of the time brought. */
function gains(points: readonly TimedValue[], parts: number): readonly number[] {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) {
    return [];
  }
  const step = (last.time - first.time) / parts;
  const values = Array.from({ length: parts + 1 }, (_, index) =>
    index === parts ? last.value : valueAt(points, first.time + index * step),
  );
  return values.slice(1).map((value, index) => value - (values[index] ?? 0));
}

/** Between two points the value is thought to go straight. */
function valueAt(points: readonly TimedValue[], time: number): number {
  const index = points.findLastIndex((point) => point.time <= time);
  const [before, after] = [points[index], points[index + 1]];
  if (before === undefined || after === undefined) {
    return (before ?? after)?.value ?? 0;
  }
  const share = after.time === before.time ? 0 : (time - before.time) / (after.time - before.time);
  return before.value + share * (after.value - before.value);
}
