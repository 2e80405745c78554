/**
 * From all sections to the lines of the table: filtered, sorted, grouped, the runtime's own set apart at the end.
 * Written for 100,000 rows once a second: one pass each, and one sort over keys that were taken before. Pure.
 */
import type { SiteWithFinding } from '../../lint/protocol.ts';
import type { Bounds, SectionRecord } from '../section.ts';
import { COLUMNS, compareKeys, type Figures, type SortKey } from './columns.ts';
import type { PanelLayout, Sorting } from './layout.ts';
import { siteKey, sitesExplanation, sitesTitle, siteTitle } from './site-words.ts';
import { KIND_WORDS, STATE_WORDS } from './words.ts';

export interface Row {
  readonly section: SectionRecord;
  /** The allocation sites that may have made it: none, the one, or several of which one is it. */
  readonly sites: readonly SiteWithFinding[];
}

export interface SectionLine extends Row {
  readonly type: 'section';
  readonly key: string;
  readonly level: 1 | 2;
  readonly figures: Figures;
}

export interface GroupLine {
  readonly type: 'group';
  readonly key: string;
  readonly explanation: string;
  readonly open: boolean;
  /** Those of all its sections; `label` is the group's title. */
  readonly figures: Figures;
  readonly sections: number;
  /** For a group by site. */
  readonly sites: readonly SiteWithFinding[];
}

export type TableLine = SectionLine | GroupLine;

export interface Table {
  readonly lines: readonly TableLine[];
  /** How many sections pass the filter, those in closed groups included. */
  readonly passing: number;
  readonly all: number;
}

interface GroupName {
  readonly key: string;
  readonly title: string;
  readonly explanation: string;
}

interface KeyedRow {
  readonly row: Row;
  readonly figures: Figures;
  readonly sortKey: SortKey;
}

export function tableOf(rows: Iterable<Row>, layout: PanelLayout): Table {
  const { sorting, grouping, toggledGroups } = layout;
  const passes = filterOf(layout.filter);
  const buckets = new Map<string, { readonly name: GroupName | null; readonly rows: KeyedRow[] }>();
  let all = 0;
  let passing = 0;
  for (const row of rows) {
    all += 1;
    if (!passes(row)) {
      continue;
    }
    passing += 1;
    const name = groupNameOf(row, grouping);
    const figures = rowFigures(row);
    const keyed = { row, figures, sortKey: COLUMNS[sorting.column].sortKey(figures) };
    const bucket = buckets.get(name?.key ?? '');
    if (bucket === undefined) {
      buckets.set(name?.key ?? '', { name, rows: [keyed] });
    } else {
      bucket.rows.push(keyed);
    }
  }

  const groups = [...buckets.values()].map(({ name, rows: members }) => groupOf(name, members, sorting, toggledGroups));
  const lines = groups.toSorted((a, b) => compareGroups(a, b, sorting)).flatMap(({ lines }) => lines);
  return { lines, passing, all };
}

export const RUNTIME_GROUP = 'runtime';

/** Null for rows that stand by themselves. */
function groupNameOf({ section, sites }: Row, grouping: PanelLayout['grouping']): GroupName | null {
  if (section.kind === 'runtime') {
    return { key: RUNTIME_GROUP, title: "The runtime's own", explanation: KIND_WORDS.runtime.explanation };
  }
  switch (grouping) {
    case 'none':
      return null;
    case 'kind': {
      const { label, explanation } = KIND_WORDS[section.kind];
      return { key: `kind:${section.kind}`, title: label, explanation };
    }
    case 'state': {
      const { label, explanation } = STATE_WORDS[section.state];
      return { key: `state:${section.state}`, title: label, explanation };
    }
    case 'site':
      return {
        key: `site:${sites.map(siteKey).join('|')}`,
        title: sitesTitle(sites) ?? 'Site not known',
        explanation: sitesExplanation(sites),
      };
  }
}

interface Group {
  readonly key: string | null;
  readonly figures: Figures;
  readonly lines: readonly TableLine[];
}

function groupOf(
  name: GroupName | null,
  rows: readonly KeyedRow[],
  { descending }: Sorting,
  toggledGroups: readonly string[],
): Group {
  const figures = sumOf(name?.title ?? '', rows);
  const open = name === null || toggledGroups.includes(name.key) === (name.key === RUNTIME_GROUP);
  const level = name === null ? 1 : 2;
  const lines: TableLine[] = open
    ? rows
        .toSorted((a, b) => compareKeys(a.sortKey, b.sortKey, descending))
        .map(({ row, figures }) => ({ type: 'section', key: row.section.id, level, figures, ...row }))
    : [];
  if (name !== null) {
    const { key, explanation } = name;
    const sites = key.startsWith('site:') ? (rows[0]?.row.sites ?? []) : [];
    lines.unshift({ type: 'group', key, explanation, open, figures, sections: rows.length, sites });
  }
  return { key: name?.key ?? null, figures, lines };
}

/** The runtime's own come last, whatever the order. */
function compareGroups(a: Group, b: Group, { column, descending }: Sorting): number {
  const apart = Number(a.key === RUNTIME_GROUP) - Number(b.key === RUNTIME_GROUP);
  const { sortKey } = COLUMNS[column];
  return apart === 0 ? compareKeys(sortKey(a.figures), sortKey(b.figures), descending) : apart;
}

function rowFigures({ section, sites }: Row): Figures {
  return {
    label: section.name ?? sitesTitle(sites) ?? '',
    kind: KIND_WORDS[section.kind].label,
    state: STATE_WORDS[section.state].label,
    maximumBytes: section.maximumBytes,
    allocatedBytes: section.allocatedBytes,
    unownedBytes: section.unownedBytes,
    holders: section.holders.length,
    since: section.since,
  };
}

function sumOf(label: string, rows: readonly KeyedRow[]): Figures {
  let maximumBytes = 0;
  let allocatedBytes: number | null = 0;
  let unownedBytes: Bounds = { min: 0, max: 0 };
  let oldest: string | null | undefined;
  const holders = new Set<number>();
  for (const { row, figures } of rows) {
    maximumBytes += figures.maximumBytes;
    allocatedBytes =
      allocatedBytes === null || figures.allocatedBytes === null ? null : allocatedBytes + figures.allocatedBytes;
    unownedBytes = {
      min: unownedBytes.min + figures.unownedBytes.min,
      max: unownedBytes.max + figures.unownedBytes.max,
    };
    if (oldest === undefined || (oldest ?? '') > (figures.since ?? '')) {
      oldest = figures.since;
    }
    for (const { pid } of row.section.holders) {
      holders.add(pid);
    }
  }
  return {
    label,
    kind: '',
    state: '',
    maximumBytes,
    allocatedBytes,
    unownedBytes,
    holders: holders.size,
    since: oldest ?? null,
  };
}

/** Every word of the filter has to be somewhere in the row. */
function filterOf(filter: string): (row: Row) => boolean {
  const words = filter
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');
  if (words.length === 0) {
    return () => true;
  }
  return (row) => {
    const text = searchedText(row);
    return words.every((word) => text.includes(word));
  };
}

const searchedTexts = new WeakMap<Row, string>();

function searchedText(row: Row): string {
  const known = searchedTexts.get(row);
  if (known !== undefined) {
    return known;
  }
  const { section, sites } = row;
  const text = [
    section.name ?? 'unnamed',
    section.id,
    KIND_WORDS[section.kind].label,
    STATE_WORDS[section.state].label,
    ...section.holders.map(({ name, pid }) => `${name} ${pid}`),
    ...sites.flatMap((site) => [siteTitle(site), site.finding?.summary ?? '']),
  ]
    .join('\n')
    .toLowerCase();
  searchedTexts.set(row, text);
  return text;
}
