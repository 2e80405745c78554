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
  const cells = [
    ['Held by no view', 'Sections', `In ${durationInWords(report.seconds)}`, 'Process'],
    ...shown.map(cellsOf),
  ] as const;
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const table = cells.map((row, index) => {
    const figures = widths.map((width, column) => (row[column] ?? '').padStart(width)).join('  ');
    const line = cut(`${figures}  ${row[3] ?? ''}`, columns);
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

function cellsOf({ pid, name, commandLine, totals, growth, sharedSections }: ProcessRow): readonly string[] {
  const shared = sharedSections === 0 ? '' : ` (+${sharedSections} shared)`;
  const change =
    growth.sections === 0 && growth.unownedBytes === 0
      ? '-'
      : `${signed(growth.sections, String)}, ${signed(growth.unownedBytes, formatBytes)}`;
  return [
    formatBounds(totals.unownedBytes),
    `${totals.sections}${shared}`,
    change,
    `${name} (${pid})  ${shortened(commandLine)}`,
  ];
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
