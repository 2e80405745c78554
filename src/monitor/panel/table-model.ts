/**
 * From all sections to the lines of the table: filtered, sorted, grouped, the runtime's own set apart at the end.
 * Written for 100,000 rows once a second: one pass each, and one sort over keys that were taken before. Pure.
 */
import type { SiteWithFinding } from '../../lint/protocol.ts';
import { COLUMNS, compareKeys, type Figures, type SortKey } from './columns.ts';
import type { Grouping, PanelLayout, Sorting } from './layout.ts';
import { filterOf, type Row } from './row.ts';
import { siteKey, sitesExplanation, sitesTitle } from './site-words.ts';
import { KIND_WORDS, STATE_WORDS } from './words.ts';

export interface SectionLine {
  readonly type: 'section';
  readonly key: string;
  readonly level: 1 | 2;
  readonly row: Row;
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

export const RUNTIME_GROUP = 'runtime';

export function tableOf(rows: Iterable<Row>, layout: PanelLayout): Table {
  const all = [...rows];
  const passing = layout.filter.trim() === '' ? all : all.filter(filterOf(layout.filter));
  const groups = [...grouped(passing, layout.grouping)].map(([name, members]) => groupOf(name, members, layout));
  const lines = groups.toSorted((a, b) => compareGroups(a, b, layout.sorting)).flatMap((group) => group.lines);
  return { lines, passing: passing.length, all: all.length };
}

/** The sites of a line, whichever it is of. */
export function sitesOf(line: TableLine): readonly SiteWithFinding[] {
  return line.type === 'group' ? line.sites : line.row.sites;
}

interface GroupName {
  readonly key: string;
  readonly title: string;
  readonly explanation: string;
  readonly sites: readonly SiteWithFinding[];
}

/** Under null the rows that stand by themselves. */
function grouped(rows: readonly Row[], grouping: Grouping): ReadonlyMap<GroupName | null, readonly Row[]> {
  const groups = new Map<GroupName | null, Row[]>();
  const names = new Map<string, GroupName>();
  // Rows that were joined together share their array of sites: its key is worked out once.
  const siteKeys = new Map<readonly SiteWithFinding[], string>();
  const keyOf = (sites: readonly SiteWithFinding[]): string => {
    const key = siteKeys.get(sites) ?? `site:${sites.map(siteKey).join('|')}`;
    siteKeys.set(sites, key);
    return key;
  };
  const nameOf = (row: Row): GroupName | null => {
    const { section, sites } = row;
    const by = section.kind === 'runtime' ? 'runtime' : grouping;
    if (by === 'none') {
      return null;
    }
    const key = by === 'runtime' ? RUNTIME_GROUP : by === 'site' ? keyOf(sites) : `${by}:${section[by]}`;
    const name = names.get(key) ?? { key, ...wordsOf(by, row) };
    names.set(key, name);
    return name;
  };
  for (const row of rows) {
    const name = nameOf(row);
    const members = groups.get(name);
    if (members === undefined) {
      groups.set(name, [row]);
    } else {
      members.push(row);
    }
  }
  return groups;
}

function wordsOf(by: Exclude<Grouping, 'none'> | 'runtime', { section, sites }: Row): Omit<GroupName, 'key'> {
  switch (by) {
    case 'runtime':
      return { title: "The runtime's own", explanation: KIND_WORDS.runtime.explanation, sites: [] };
    case 'kind': {
      const { label, explanation } = KIND_WORDS[section.kind];
      return { title: label, explanation, sites: [] };
    }
    case 'state': {
      const { label, explanation } = STATE_WORDS[section.state];
      return { title: label, explanation, sites: [] };
    }
    case 'site':
      return { title: sitesTitle(sites) ?? 'Site not known', explanation: sitesExplanation(sites), sites };
  }
}

interface Group {
  readonly key: string | null;
  readonly figures: Figures;
  readonly lines: readonly TableLine[];
}

function groupOf(name: GroupName | null, rows: readonly Row[], { sorting, toggledGroups }: PanelLayout): Group {
  const figures = sumOf(name?.title ?? '', rows);
  if (name === null) {
    return { key: null, figures, lines: sorted(rows, sorting).map((row) => sectionLine(row, 1)) };
  }
  const { key, explanation, sites } = name;
  const open = toggledGroups.includes(key) === (key === RUNTIME_GROUP);
  const line: GroupLine = { type: 'group', key, explanation, open, figures, sections: rows.length, sites };
  return { key, figures, lines: open ? [line, ...sorted(rows, sorting).map((row) => sectionLine(row, 2))] : [line] };
}

function sectionLine(row: Row, level: 1 | 2): SectionLine {
  return { type: 'section', key: row.section.id, level, row };
}

function sorted(rows: readonly Row[], { column, descending }: Sorting): readonly Row[] {
  const { sortKey } = COLUMNS[column];
  const keyed = rows.map((row): { row: Row; key: SortKey } => ({ row, key: sortKey(row.figures) }));
  return keyed.sort((a, b) => compareKeys(a.key, b.key, descending)).map(({ row }) => row);
}

/** The runtime's own come last, whatever the order. */
function compareGroups(a: Group, b: Group, { column, descending }: Sorting): number {
  const apart = Number(a.key === RUNTIME_GROUP) - Number(b.key === RUNTIME_GROUP);
  const { sortKey } = COLUMNS[column];
  return apart === 0 ? compareKeys(sortKey(a.figures), sortKey(b.figures), descending) : apart;
}

/** Null is older than every time. */
function older(a: string | null, b: string | null): string | null {
  return a === null || b === null ? null : a < b ? a : b;
}

function sumOf(label: string, rows: readonly Row[]): Figures {
  let maximumBytes = 0;
  let allocatedBytes: number | null = 0;
  let min = 0;
  let max = 0;
  let since = rows[0]?.figures.since ?? null;
  const holders = new Set<number>();
  for (const { section, figures } of rows) {
    maximumBytes += figures.maximumBytes;
    allocatedBytes =
      allocatedBytes === null || figures.allocatedBytes === null ? null : allocatedBytes + figures.allocatedBytes;
    min += figures.unownedBytes.min;
    max += figures.unownedBytes.max;
    since = older(since, figures.since);
    for (const { pid } of section.holders) {
      holders.add(pid);
    }
  }
  const unownedBytes = { min, max };
  return { label, kind: '', state: '', maximumBytes, allocatedBytes, unownedBytes, holders: holders.size, since };
}
