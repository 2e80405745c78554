/**
 * The totals: what the program's sections hold, and the figures that everybody else sees, side by side, because the
 * leak shows in the first and not in the latter.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { formatBytes } from '../../../sites/format-bytes.ts';
import type { SampleSummary } from '../../session/samples.ts';
import { boundsFigure, bytesOrUnknown, formatCount, memoryFigure, unknownFigure } from './figures.ts';

export function tiles(summary: SampleSummary): TemplateResult {
  const { totals, process, memory } = summary;
  return html`<dl class="tiles" aria-label="Totals">
    ${tile({
      title: 'Held by no view',
      explanation:
        'Allocated memory of sections that no view of any process covers. It belongs to no process: no column of a ' +
        'task manager contains it.',
      series: 'unowned',
      value: boundsFigure(totals.unownedBytes, ''),
      note: `in ${formatCount(totals.unownedSections)} ${totals.unownedSections.max === 1 ? 'section' : 'sections'}`,
    })}
    ${tile({
      title: 'Allocated',
      explanation: 'Pages of all sections that exist, in memory or swapped out, of what the sections may hold at most.',
      series: 'allocated',
      value: bytesOrUnknown(totals.allocatedBytes, 'the system does not tell how many pages of every section exist'),
      note: `of ${formatBytes(totals.maximumBytes)}`,
    })}
    ${tile({
      title: 'Sections',
      explanation: "Sections that the program made. The runtime's own are set apart.",
      value: html`${totals.sections.toLocaleString('en-US')}`,
      note: totals.runtimeSections === 0 ? '' : `and ${totals.runtimeSections} of the runtime`,
    })}
    ${systemTile(summary)}
    ${tile({
      title: 'Working set',
      explanation: 'What a task manager shows for this process (resident set). It does not contain what no view holds.',
      value: bytesOrUnknown(process.residentBytes, 'the system does not tell what of the process is resident'),
      note: 'task manager',
    })}
    ${tile({
      title: 'Commit',
      explanation: 'Memory that the whole system has promised, and how much it can promise.',
      value: memoryFigure(memory.commit, 'commit'),
      note: html`of ${memoryFigure(memory.commitLimit, 'the commit limit')}`,
    })}
  </dl>`;
}

/** The list on which pages without an owner lie: modified on Windows, shared memory on Linux. */
function systemTile({ memory, totals }: SampleSummary): TemplateResult {
  const windows = memory.modified !== undefined;
  const figure = memory.modified ?? memory.shmem;
  const share =
    !windows && figure !== undefined && 'bytes' in figure && figure.bytes > 0 && totals.allocatedBytes !== null
      ? `${Math.min(100, Math.round((100 * totals.allocatedBytes) / figure.bytes))} % its own`
      : 'whole system';
  return tile({
    title: systemListTitle(windows),
    explanation: windows
      ? 'The modified page list of the whole system: pages of unmapped sections wait there for the page file.'
      : 'Shared memory of the whole system (Shmem in /proc/meminfo), and how much of it this process may have allocated: ' +
        'pages of unmapped sections are counted there.',
    series: 'system',
    value:
      figure === undefined
        ? unknownFigure('the monitor does not read this list on this system')
        : memoryFigure(figure, 'this list'),
    note: share,
  });
}

export function systemListTitle(windows: boolean): string {
  return windows ? 'Modified' : 'Shmem';
}

interface Tile {
  readonly title: string;
  readonly explanation: string;
  /** The line of the chart that shows it over time. */
  readonly series?: string;
  readonly value: TemplateResult;
  readonly note: string | TemplateResult;
}

function tile({ title, explanation, series, value, note }: Tile): TemplateResult {
  return html`<div class="tile ${series ?? ''}" title=${explanation}>
    <dt>${title}</dt>
    <dd>
      <span class="value">${value}</span>
      ${note === '' ? nothing : html`<span class="note" title=${typeof note === 'string' ? note : nothing}>${note}</span>`}
    </dd>
  </div>`;
}
