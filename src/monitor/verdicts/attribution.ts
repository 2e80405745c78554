/**
 * Whether a process explains what the machine has gained. By conservation, not by correlation: two curves that rise
 * together accuse bystanders, but bytes that the sections of a process gained are among those that the machine gained, and
 * the others are not its doing. Pure.
 */
import { formatBytes } from '../../sites/format-bytes.ts';
import type { Bounds } from '../section.ts';

type Explained =
  /** The machine has gained too little to say anything. */
  | { readonly kind: 'nothing-to-explain' }
  /** The share that is this process's doing, from 0 to 1. */
  | { readonly kind: 'explained'; readonly share: Bounds };

export interface Gains {
  /** What the sections of the process gained, in views or not. */
  readonly process: Bounds;
  /** What the machine gained of the same kind of bytes. */
  readonly machine: number;
  /** How much the machine's figure goes up and down by itself. */
  readonly noise: number;
}

/** Below this the noise of any machine drowns it. */
const LEAST_GAIN = 4 * 1024 * 1024;

function explain({ process, machine, noise }: Gains): Explained {
  if (machine < Math.max(LEAST_GAIN, 3 * noise)) {
    return { kind: 'nothing-to-explain' };
  }
  const share = (bytes: number) => Math.min(1, Math.max(0, bytes / machine));
  return { kind: 'explained', share: { min: share(process.min), max: share(process.max) } };
}

/** Less than this share is a bystander's. */
const BYSTANDER = 0.1;
/** More than this share is all that counts. */
const CULPRIT = 0.9;

/** A sentence with the numbers behind it; null where there is nothing to explain. */
export function explanationInWords(gains: Gains, charged: string): string | null {
  const explained = explain(gains);
  if (explained.kind === 'nothing-to-explain') {
    return null;
  }
  const { min, max } = explained.share;
  const numbers = `${charged} of the machine gained ${formatBytes(gains.machine)}, its sections ${boundsInWords(gains.process)}`;
  if (max < BYSTANDER) {
    return `not explained by this process: ${numbers}`;
  }
  if (min >= CULPRIT) {
    return `this process explains ${percent(min)} of the growth: ${numbers}`;
  }
  const share = percent(min) === percent(max) ? percent(min) : `${percent(min)} to ${percent(max)}`;
  return `this process explains ${share} of the growth, others the rest: ${numbers}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function boundsInWords({ min, max }: Bounds): string {
  return min === max ? formatBytes(min) : `between ${formatBytes(min)} and ${formatBytes(max)}`;
}
