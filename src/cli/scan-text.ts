/** The report of a scan for people: a row a process, what nobody holds, and what could not be read. */
import { createColors } from 'picocolors';
import type { ProcessRow, ScanReport } from '../monitor/scan/report.ts';
import { formatBounds, formatBytes } from '../sites/format-bytes.ts';
import { durationInWords } from '../sites/format-duration.ts';
import type { Output } from './output.ts';

/** Refused processes that are named; of the others the number is told. */
const MOST_REFUSED = 5;
/** Of a command line. */
const MOST_CHARACTERS = 100;

/** @param all rows too of processes that hold nothing unowned */
export function scanText(
  report: ScanReport,
  all: boolean,
  { colour, columns }: Pick<Output, 'colour' | 'columns'>,
): string {
  const { bold, dim } = createColors(colour);
  const shown = report.processes.filter(({ totals }) => all || totals.unownedBytes.max > 0);
  const quiet = report.processes.length - shown.length;
  const rows: readonly Row[] = [
    { figures: ['Held by no view', 'Sections', `In ${durationInWords(report.seconds)}`], process: 'Process' },
    ...shown.map(rowOf),
  ];
  const width = (column: number) => Math.max(...rows.map(({ figures }) => figures[column]?.length ?? 0));
  const table = rows.map(({ figures, process }, index) => {
    const padded = figures.map((figure, column) => figure.padStart(width(column)));
    const line = cut([...padded, process].join('  '), columns);
    return index === 0 ? bold(line) : line;
  });
  const lines = [
    ...(shown.length === 0 ? ['No process that may be read holds allocated memory of sections in no view.'] : table),
    ...(quiet === 0
      ? []
      : [
          dim(
            `${counted(quiet, 'process holds', 'processes hold')} sections and nothing unowned${all ? '' : ': --all lists them'}.`,
          ),
        ]),
    ...leftOverLines(report).map((line) => cut(line, columns)),
    ...refusedLines(report).map((line) => dim(line)),
    ...(shown.length === 0
      ? []
      : [dim(`section-leaks watch --pid ${shown[0]?.pid ?? 'N'} shows the sections of the first one.`)]),
  ];
  return `${lines.join('\n')}\n`;
}

interface Row {
  readonly figures: readonly string[];
  readonly process: string;
}

function rowOf({ pid, name, commandLine, totals, growth, sharedSections }: ProcessRow): Row {
  const shared = sharedSections === 0 ? '' : ` (+${sharedSections} shared)`;
  const change =
    growth.sections === 0 && growth.unownedBytes === 0
      ? '-'
      : `${signed(growth.sections, String)}, ${signed(growth.unownedBytes, formatBytes)}`;
  return {
    figures: [formatBounds(totals.unownedBytes), `${totals.sections}${shared}`, change],
    process: `${name} (${pid})  ${shortened(commandLine)}`,
  };
}

/** Some programs are started with pages of arguments. */
function shortened(commandLine: string): string {
  const characters = Array.from(commandLine);
  return characters.length <= MOST_CHARACTERS ? commandLine : `${characters.slice(0, MOST_CHARACTERS - 1).join('')}…`;
}

function leftOverLines({ leftOver }: ScanReport): readonly string[] {
  return leftOver.length === 0
    ? []
    : [
        '',
        'Held by no process; the command would remove it, if nobody wants it any more:',
        ...leftOver.map(({ name, allocatedBytes, changed, removal }) => {
          const since = changed.slice(0, 16).replace('T', ' ');
          return `  ${formatBytes(allocatedBytes).padStart(9)}  ${name}  last changed ${since} UTC  ${removal}`;
        }),
      ];
}

function refusedLines({ refused, unreadable }: ScanReport): readonly string[] {
  const more = refused.length - MOST_REFUSED;
  return [
    ...(refused.length === 0 ? [] : ['', `${counted(refused.length, 'process', 'processes')} may not be read:`]),
    ...refused.slice(0, MOST_REFUSED).map(({ refusal }) => `  ${refusal}`),
    ...(more > 0 ? [`  and ${more} more: --format json names all.`] : []),
    ...(refused.length === 0 ? unreadable : []),
  ];
}

function counted(number: number, one: string, several: string): string {
  return `${number} ${number === 1 ? one : several}`;
}

function signed(number: number, format: (number: number) => string): string {
  return number < 0 ? format(number) : `+${format(number)}`;
}

/** Names come from other programs and may hold anything, sequences that drive a terminal too. */
function cut(line: string, columns: number | null): string {
  return Array.from(line.replace(/\p{Cc}/gu, '?'))
    .slice(0, columns ?? undefined)
    .join('');
}
