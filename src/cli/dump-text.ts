/** What dumps, logs and listings hold, for people: totals, kinds, groups, a comparison, and what could not be read. */
import { createColors } from 'picocolors';
import { frameLabel, siteOf } from '../postmortem/frames.ts';
import { groupsOf, type RecordedGroup } from '../postmortem/groups.ts';
import { compare, type Comparison } from '../postmortem/comparison.ts';
import type { RecordedKind } from '../postmortem/recording.ts';
import { isCounted, type Sum } from '../postmortem/totals.ts';
import { formatBounds, formatBytes } from '../sites/format-bytes.ts';
import { type DumpReport, lintInWords, type ReadFile, sumInWords } from './dump-report.ts';
import { siteOfStack } from './dump-sites.ts';
import type { Output } from './output.ts';

type Sites = DumpReport['sites'];
type Colours = ReturnType<typeof createColors>;

/** Groups that are listed; of the others the number is told. */
const MOST_GROUPS = 20;

const KIND_WORDS: Readonly<Record<RecordedKind, string>> = {
  'page-file': 'in the page file or swap',
  named: 'in the page file or shared memory, with a name',
  reserve: 'in the page file, committed page by page (SEC_RESERVE)',
  'large-pages': 'in large pages, which are never paged out',
  file: 'of files',
  image: 'of programs and libraries',
  sysv: 'System V',
  runtime: 'of the runtime itself',
  unknown: 'backed by what the file does not tell',
};

export function dumpText({ files, comparison, sites }: DumpReport, { colour }: Pick<Output, 'colour'>): string {
  const colours = createColors(colour);
  const blocks = [
    ...files.map((file) => fileBlock(file, sites, colours)),
    ...(comparison === null ? [] : [comparisonBlock('From the first file to the second', comparison, sites, colours)]),
  ];
  // Names come from other programs and may hold anything, sequences that drive a terminal too.
  return `${blocks.join('\n\n')}\n`;
}

function fileBlock({ path, recording, totals }: ReadFile, sites: Sites, colours: Colours): string {
  const { bold, dim, yellow } = colours;
  const { pid, format, facts, sections, unmapped, earlier, statedBytes, troubles, remedies } = recording;
  const about = [format, ...(pid === null ? [] : [`process ${pid} (0x${pid.toString(16)})`]), ...facts].join(', ');
  const groups = groupsOf(sections.filter(isCounted));
  const lines = [
    `${bold(printable(path))}: ${printable(about)}`,
    bold(recording.lists ? sumInWords(totals) : 'it does not tell which sections the process held'),
    ...(totals.unownedBytes === null ? [] : [`  held by no view: ${formatBounds(totals.unownedBytes)}`]),
    ...totals.kinds.map((sum) => `  ${sumRow(sum)}  ${KIND_WORDS[sum.kind]}`),
    ...(totals.apart.length === 0 ? [] : ['Counted apart:']),
    ...totals.apart.map((sum) => `  ${sumRow(sum)}  ${KIND_WORDS[sum.kind]}`),
    ...statedLines(
      statedBytes,
      recording.sections.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0),
    ),
    ...(groups.some(({ sites }) => sites.length > 0) ? ['Made at:', ...groupRows(groups, sites)] : []),
    ...(unmapped.length === 0 ? [] : ['Views unmapped at:']),
    ...unmapped.slice(0, MOST_GROUPS).map(({ stack, times }) => {
      const site = siteOf(stack);
      return `  ${times === 1 ? 'once' : `${times.toLocaleString('en-US')} times`}  ${site === null ? '-' : printable(frameLabel(site))}`;
    }),
    ...troubles.map((sentence) => yellow(`! ${printable(sentence)}`)),
    ...remedies.map((sentence) => dim(`> ${printable(sentence)}`)),
  ];
  const within =
    earlier === null
      ? []
      : [
          comparisonBlock(
            'From the first list in it to the last',
            compare({ sections: earlier, pid }, recording),
            sites,
            colours,
          ),
        ];
  return [lines.join('\n'), ...within].join('\n');
}

function comparisonBlock(
  title: string,
  { came, went, stayed, groups, doubt }: Comparison,
  sites: Sites,
  { bold, yellow }: Colours,
): string {
  return [
    bold(`${title}:`),
    `  + ${sumInWords(came)}`,
    `  - ${sumInWords(went)}`,
    `  = ${sumInWords(stayed)}`,
    ...(groups.length === 0 ? [] : ['New ones made at:', ...groupRows(groups, sites)]),
    ...(doubt === null ? [] : [yellow(`! ${doubt}`)]),
  ].join('\n');
}

function groupRows(groups: readonly RecordedGroup[], sites: Sites): readonly string[] {
  const more = groups.length - MOST_GROUPS;
  return [
    ...groups.slice(0, MOST_GROUPS).map((group) => {
      const lint = group.sites.length === 1 ? lintInWords(siteOfStack(group.stack, sites)) : '';
      return `  ${sumRow(group)}  ${printable(group.label)}${lint === '' ? '' : `  ${lint}`}`;
    }),
    ...(more > 0 ? [`  and ${more.toLocaleString('en-US')} more: --format json lists all.`] : []),
  ];
}

function sumRow({ sections, bytes, unsized }: Sum): string {
  const length = unsized === sections ? '-' : `${unsized === 0 ? '' : '>= '}${formatBytes(bytes)}`;
  return `${sections.toLocaleString('en-US').padStart(7)}  ${length.padStart(12)}`;
}

/** Another program's sum is of all sections, those of files too. */
function statedLines(stated: number | null, all: number): readonly string[] {
  if (stated === null) {
    return [];
  }
  return [
    stated === all
      ? `The sum that the log states itself is the same: 0n${stated} of all sections.`
      : `The log states another sum itself: 0n${stated} (0x${stated.toString(16)}); all sections in it are 0n${all} (0x${all.toString(16)}).`,
  ];
}

function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '?');
}
