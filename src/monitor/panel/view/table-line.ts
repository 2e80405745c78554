/** One line of the table: a section, or a group with the figures of all its sections. */
import { html, nothing, type TemplateResult } from 'lit';
import { COLUMNS } from '../columns.ts';
import type { SectionRecord } from '../../section.ts';
import type { ColumnId, Grouping } from '../layout.ts';
import { sitesExplanation, sitesTitle } from '../site-words.ts';
import type { GroupLine, SectionLine, TableLine } from '../table-model.ts';
import { KIND_WORDS, STATE_WORDS } from '../words.ts';
import { boundsFigure, bytesFigure, bytesOrUnknown, clockTime } from './figures.ts';

export interface LinePlace {
  readonly columns: readonly ColumnId[];
  readonly grouping: Grouping;
  readonly index: number;
  /** Pixels below the header. */
  readonly top: number;
  readonly current: boolean;
  readonly choose: () => void;
  readonly reveal: () => void;
}

export function tableLine(line: TableLine, place: LinePlace): TemplateResult {
  const { index, top, current, choose } = place;
  const isGroup = line.type === 'group';
  return html`<div
    role="row"
    class="line cells ${line.type}"
    tabindex=${current ? 0 : -1}
    aria-rowindex=${index + 2}
    aria-level=${isGroup ? 1 : line.level}
    aria-expanded=${isGroup ? String(line.open) : nothing}
    .style=${`transform: translateY(${top}px)`}
    @click=${choose}
  >
    ${isGroup ? groupCells(line, place) : sectionCells(line, place)}
  </div>`;
}

/** A group's title reaches over the columns that say nothing of a group. */
function groupCells(line: GroupLine, place: LinePlace): readonly TemplateResult[] {
  const shown = place.columns.filter((column) => column !== 'kind' && column !== 'state');
  const span = 1 + place.columns.length - shown.length;
  return shown.map((column) => cell(column, groupCell(column, line, place), column === 'section' ? span : 1));
}

function sectionCells(line: SectionLine, place: LinePlace): readonly TemplateResult[] {
  return place.columns.map((column) => cell(column, sectionCell(column, line, place), 1));
}

function cell(column: ColumnId, content: TemplateResult | string, span: number): TemplateResult {
  return html`<div
    role="gridcell"
    class=${COLUMNS[column].numeric ? 'number' : ''}
    aria-colspan=${span === 1 ? nothing : span}
    .style=${`grid-column: span ${span}`}
  >
    ${content}
  </div>`;
}

function groupCell(
  column: Exclude<ColumnId, 'kind' | 'state'>,
  line: GroupLine,
  { reveal }: LinePlace,
): TemplateResult | string {
  const { figures, sections, open, explanation, sites } = line;
  switch (column) {
    case 'section':
      return html`<span class="twistie ${open ? 'open' : ''}" aria-hidden="true"></span>${
          sites.length === 0
            ? html`<span class="title" title=${explanation}>${figures.label}</span>`
            : siteLink(figures.label, explanation, reveal)
        }
        <span class="count" title=${sections === 1 ? '1 section' : `${sections} sections`}>${sections}</span>${finding(
          line,
        )}`;
    case 'maximum':
      return bytesFigure(figures.maximumBytes);
    case 'allocated':
      return bytesOrUnknown(figures.allocatedBytes, 'the system does not tell it of every section of the group');
    case 'unowned':
      return boundsFigure(figures.unownedBytes, 'The sum over the group; each section says how it was found.');
    case 'holders':
      return figures.holders === 1 ? '1 process' : `${figures.holders} processes`;
    case 'since':
      return firstSeen(figures.since);
  }
}

function sectionCell(
  column: ColumnId,
  { row: { section, sites } }: SectionLine,
  { grouping, reveal }: LinePlace,
): TemplateResult | string {
  switch (column) {
    case 'section': {
      const site = sitesTitle(sites);
      return html`<span class="name" title=${`${section.name ?? 'Section without a name'}\n${section.id}`}
          >${section.name ?? html`<i>nameless</i>`}</span
        >${site === null || grouping === 'site' ? nothing : siteLink(site, sitesExplanation(sites), reveal)}`;
    }
    case 'kind':
      return word(KIND_WORDS[section.kind]);
    case 'state':
      return word(STATE_WORDS[section.state]);
    case 'maximum':
      return bytesFigure(section.maximumBytes);
    case 'allocated':
      return bytesOrUnknown(section.allocatedBytes, 'the system does not tell how many of its pages exist');
    case 'unowned':
      return boundsFigure(section.unownedBytes, section.how);
    case 'holders':
      return holders(section);
    case 'since':
      return firstSeen(section.since);
  }
}

/** The row has the tab stop, and Enter there does the same. */
function siteLink(title: string, explanation: string, reveal: () => void): TemplateResult {
  return html`<button
    class="link"
    tabindex="-1"
    title=${explanation}
    @click=${(event: Event) => {
      event.stopPropagation();
      reveal();
    }}
  >
    ${title}
  </button>`;
}

function finding({ sites: [site, ...others] }: GroupLine): TemplateResult | typeof nothing {
  return site?.finding === undefined || others.length > 0
    ? nothing
    : html`<span class="finding" title=${site.finding.message}>lint: ${site.finding.summary}</span>`;
}

function word({ label, explanation }: { readonly label: string; readonly explanation: string }): TemplateResult {
  return html`<span title=${explanation}>${label}</span>`;
}

function holders({ holders: [first, ...others], holders: all }: SectionRecord): TemplateResult {
  if (first === undefined) {
    return html`<span title="No process that could be read holds a handle or a view">none</span>`;
  }
  const explanation = all.map(({ name, pid, handles }) => `${name} (${pid}): handles: ${handles}`).join('\n');
  return html`<span title=${explanation}
    >${first.name} (${first.pid})${others.length === 0 ? '' : ` +${others.length}`}</span
  >`;
}

function firstSeen(since: string | null): TemplateResult {
  return since === null
    ? html`<span title="It was there when the monitor took its first sample">before</span>`
    : html`<span title=${new Date(since).toLocaleString('en-GB')}>${clockTime(since)}</span>`;
}
