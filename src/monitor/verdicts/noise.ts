/** How much the machine's figure moves without the watched process. Pure. */
import { heldBounds, type HistoryPoint } from './history-point.ts';

/** Of a normal distribution, from the median of absolute deviations to the standard deviation. */
const DEVIATION = 1.4826;

/**
 * In bytes, over the whole of the points: what steps of the machine that the process does not explain would add up to if
 * they went up and down by chance. Somebody else's steady growth is none: its steps are all alike.
 */
export function machineNoise(points: readonly HistoryPoint[]): number {
  const others = points.flatMap((point) =>
    point.machine.charged === null ? [] : [point.machine.charged - heldBounds(point).max],
  );
  const steps = others.slice(1).map((bytes, index) => bytes - (others[index] ?? 0));
  const middle = median(steps);
  return DEVIATION * median(steps.map((step) => Math.abs(step - middle))) * Math.sqrt(steps.length);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
