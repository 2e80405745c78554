/** The words of a CodeLens for what runs: `24 open, 384 MiB held by no view, +6 a minute`. Pure. */
import { formatBytes } from '../../sites/format-bytes.ts';
import { certaintyInWords } from '../../sites/join.ts';

export interface CountedSections {
  readonly sectionCount: { readonly min: number; readonly max: number };
  readonly unownedBytes: { readonly min: number; readonly max: number };
  /** How many sites may have made them, this one included. */
  readonly candidates: number;
  readonly growthPerMinute: number | undefined;
}

export function liveWords({ sectionCount, unownedBytes, candidates, growthPerMinute }: CountedSections): string {
  const words = [`${bounded(sectionCount, String)} open`];
  if (unownedBytes.max > 0) {
    words.push(`${bounded(unownedBytes, formatBytes)} held by no view`);
  }
  if (growthPerMinute !== undefined && growthPerMinute !== 0) {
    words.push(`${growthPerMinute > 0 ? '+' : ''}${growthPerMinute} a minute`);
  }
  return words.join(', ') + (candidates === 1 ? '' : ` (${certaintyInWords('one-of-sites', candidates)})`);
}

function bounded({ min, max }: { readonly min: number; readonly max: number }, words: (n: number) => string): string {
  if (words(min) === words(max)) {
    return words(max);
  }
  return min === 0 ? `up to ${words(max)}` : `${words(min)} to ${words(max)}`;
}
