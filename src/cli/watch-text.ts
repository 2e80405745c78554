/** `section-leaks watch` for people: a line a sample, or the same place of a terminal drawn anew; the rows at the end. */
import { createColors } from 'picocolors';
import type { SiteWithFinding } from '../lint/protocol.ts';
import type { HistoryPoint } from '../monitor/verdicts/history-point.ts';
import type { FullSample } from '../monitor/section.ts';
import { formatBounds, formatBytes } from '../sites/format-bytes.ts';
import { durationInWords } from '../sites/format-duration.ts';
import { sectionRows } from './watch-rows.ts';

/** A piece of a line, and how a terminal shows it. */
interface Piece {
  readonly text: string;
  readonly style?: 'bold' | 'dim' | 'yellow';
}
type Line = readonly Piece[];

const MOST_ROWS = 10;
const SPARKS = '▁▂▃▄▅▆▇█';
const MOST_SPARKS = 30;

export class WatchText {
  readonly #sites: readonly SiteWithFinding[];
  readonly #colour: boolean;
  #drawnLines = 0;

  constructor(sites: readonly SiteWithFinding[], colour: boolean) {
    this.#sites = sites;
    this.#colour = colour;
  }

  /** One line, for a pipe. */
  line(sample: FullSample, points: readonly HistoryPoint[]): string {
    return this.#render([headline(sample, points)], null);
  }

  /** The whole, over what was drawn before. Lines are cut, because one that wraps would be two. */
  redraw(sample: FullSample, points: readonly HistoryPoint[], columns: number): string {
    const lines = [headline(sample, points), ...this.#rows(sample)];
    const up = this.#drawnLines === 0 ? '' : `\u001b[${this.#drawnLines}A\u001b[0J`;
    this.#drawnLines = lines.length;
    return up + this.#render(lines, columns);
  }

  /** What stands below the headline. */
  details(sample: FullSample): string {
    return this.#render(this.#rows(sample), null);
  }

  /** What could not be read. */
  notes({ unreadable }: FullSample): string {
    const lines = unreadable.map((sentence): Line => [{ text: `note: ${sentence}`, style: 'dim' }]);
    return this.#render(lines, null);
  }

  #rows(sample: FullSample): readonly Line[] {
    const rows = sectionRows(sample, this.#sites);
    const { growth, totals } = sample;
    const left = rows.slice(MOST_ROWS);
    return [
      ...rows
        .slice(0, MOST_ROWS)
        .map(({ sections, unownedBytes, label, note }): Line => [
          { text: `  ${String(sections).padStart(4)}  ` },
          { text: formatBounds(unownedBytes).padStart(9), style: 'bold' },
          { text: `  ${label}` },
          { text: note === '' ? '' : `     ${note}`, style: 'dim' },
        ]),
      ...(left.length === 0
        ? []
        : [
            [
              {
                text: `        and ${left.reduce((sum, { sections }) => sum + sections, 0)} sections of ${left.length} other names`,
              },
            ],
          ]),
      ...(totals.runtimeSections === 0
        ? []
        : [
            [
              {
                text: `  ${String(totals.runtimeSections).padStart(4)}  of the runtime's own, not counted`,
                style: 'dim',
              } as const,
            ],
          ]),
      [{ text: growth.verdict, ...(growth.trend === 'steady' ? { style: 'yellow' } : {}) }],
      ...growth.notes.map((note): Line => [{ text: note }]),
    ];
  }

  #render(lines: readonly Line[], columns: number | null): string {
    const colours = createColors(this.#colour);
    return lines
      .map((line) => {
        const shown = cut(line, columns).map(({ text, style }) => (style === undefined ? text : colours[style](text)));
        return `${shown.join('')}\n`;
      })
      .join('');
  }
}

function headline({ process, pid, totals, growth, memory }: FullSample, points: readonly HistoryPoint[]): Line {
  const count = `${totals.sections} ${totals.sections === 1 ? 'section' : 'sections'}`;
  const change =
    growth.trend === 'unknown'
      ? ''
      : `  ${growth.sections < 0 ? '' : '+'}${growth.sections} in ${durationInWords(growth.seconds)}`;
  return [
    { text: process.name, style: 'bold' },
    { text: ` (${pid})  ${count}  ` },
    { text: formatBounds(totals.unownedBytes), style: 'bold' },
    { text: ` held by no view  ${sparkline(points)}${change}` },
    { text: machineInWords(memory, totals.allocatedBytes), style: 'dim' },
  ];
}

/** What of the whole machine contains the sections: Shmem on Linux, committed memory on Windows. */
function machineInWords({ shmem, commit, commitLimit }: FullSample['memory'], allocatedBytes: number | null): string {
  const [name, figure, limit] = shmem === undefined ? ['Commit', commit, commitLimit] : ['Shmem', shmem];
  if (figure === undefined || !('bytes' in figure)) {
    return '';
  }
  const most = limit !== undefined && 'bytes' in limit ? ` of ${formatBytes(limit.bytes)}` : '';
  return `     ${name} ${formatBytes(figure.bytes)}${most}${share(allocatedBytes, figure.bytes)}`;
}

/** What is swapped is no longer in Shmem: the share is never shown as more than all. */
function share(allocatedBytes: number | null, machineBytes: number): string {
  return allocatedBytes === null || machineBytes === 0
    ? ''
    : ` (${Math.min(100, Math.round((allocatedBytes / machineBytes) * 100))} % this process)`;
}

/** The bytes held by no view over time, from nothing to the most that was seen. */
export function sparkline(points: readonly HistoryPoint[]): string {
  const values = points.slice(-MOST_SPARKS).map(({ unownedBytes }) => unownedBytes.max);
  const most = Math.max(...values);
  return values
    .map((value) => SPARKS[most === 0 ? 0 : Math.round((value / most) * (SPARKS.length - 1))] ?? '')
    .join('');
}

function cut(line: Line, columns: number | null): Line {
  let room = columns ?? Number.POSITIVE_INFINITY;
  return line.map((piece) => {
    // Names come from other programs and may hold anything, sequences that drive a terminal too.
    const characters = Array.from(piece.text.replace(/\p{Cc}/gu, '?'));
    const kept = characters.slice(0, Math.max(0, room));
    room -= kept.length;
    return { ...piece, text: kept.join('') };
  });
}
