/** What every format of `section-leaks dump` is given. */
import type { SiteWithFinding } from '../lint/protocol.ts';
import type { Comparison } from '../postmortem/comparison.ts';
import type { Recording } from '../postmortem/recording.ts';
import type { RecordedTotals, Sum } from '../postmortem/totals.ts';
import { formatBytesExactly } from '../sites/format-bytes.ts';

export interface ReadFile {
  readonly path: string;
  readonly recording: Recording;
  readonly totals: RecordedTotals;
}

export interface DumpReport {
  /** In the order in which they were named. */
  readonly files: readonly ReadFile[];
  /** Files that could not be read, each a sentence. */
  readonly refusals: readonly string[];
  /** Of the first file with the second, where there are two. */
  readonly comparison: Comparison | null;
  readonly failOn: number | null;
  /** The allocation sites of the sources, where these were given. */
  readonly sites: readonly SiteWithFinding[];
  /** To which the files of the sites are relative. */
  readonly folder: string;
}

/** `lint: never closed (section-never-closed)`; empty where nothing was found at the site. */
export function lintInWords(site: SiteWithFinding | null): string {
  return site?.finding === undefined ? '' : `lint: ${site.finding.summary} (${site.finding.rule})`;
}

/** As readers of such logs know it: `24 sections, 19,327,504,385 bytes (0x480025001)`. */
export function sumInWords({ sections, bytes, unsized }: Sum): string {
  const count = `${sections.toLocaleString('en-US')} section${sections === 1 ? '' : 's'}`;
  if (unsized >= sections && sections > 0) {
    return `${count} of unknown length`;
  }
  const length = `${count}, ${formatBytesExactly(bytes)} (0x${BigInt(bytes).toString(16)})`;
  return unsized === 0 ? length : `${length}, and ${unsized.toLocaleString('en-US')} of these of unknown length`;
}
