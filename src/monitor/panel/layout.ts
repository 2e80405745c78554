/** How the user has arranged the panel: what is remembered between two showings, and how an old memory is read. Pure. */

export const COLUMN_IDS = ['section', 'kind', 'state', 'maximum', 'allocated', 'unowned', 'holders', 'since'] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

export const GROUPINGS = ['site', 'kind', 'state', 'none'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export const SERIES_IDS = ['unowned', 'allocated', 'system'] as const;
export type SeriesId = (typeof SERIES_IDS)[number];

export interface Sorting {
  readonly column: ColumnId;
  readonly descending: boolean;
}

export interface PanelLayout {
  readonly sorting: Sorting;
  readonly filter: string;
  readonly grouping: Grouping;
  readonly hiddenColumns: readonly ColumnId[];
  readonly hiddenSeries: readonly SeriesId[];
  /** Keys of groups that are not as they are by default: the runtime's is closed, every other is open. */
  readonly toggledGroups: readonly string[];
}

export const DEFAULT_LAYOUT: PanelLayout = {
  sorting: { column: 'unowned', descending: true },
  filter: '',
  grouping: 'site',
  hiddenColumns: [],
  hiddenSeries: [],
  toggledGroups: [],
};

/** What was stored may come from another version: whatever does not read as expected is as by default. */
export function readLayout(stored: unknown): PanelLayout {
  const layout = fieldsOf(stored);
  const sorting = fieldsOf(layout.sorting);
  return {
    sorting: {
      column: oneOf(COLUMN_IDS, sorting.column) ?? DEFAULT_LAYOUT.sorting.column,
      descending: typeof sorting.descending === 'boolean' ? sorting.descending : DEFAULT_LAYOUT.sorting.descending,
    },
    filter: typeof layout.filter === 'string' ? layout.filter : DEFAULT_LAYOUT.filter,
    grouping: oneOf(GROUPINGS, layout.grouping) ?? DEFAULT_LAYOUT.grouping,
    hiddenColumns: someOf(COLUMN_IDS, layout.hiddenColumns).filter((column) => column !== 'section'),
    hiddenSeries: someOf(SERIES_IDS, layout.hiddenSeries),
    toggledGroups: listOf(layout.toggledGroups).filter((key) => typeof key === 'string'),
  };
}

/** The list with the entry, or without it where it was there. */
export function toggled<Entry>(list: readonly Entry[], entry: Entry): readonly Entry[] {
  return list.includes(entry) ? list.filter((other) => other !== entry) : [...list, entry];
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function oneOf<Word extends string>(words: readonly Word[], value: unknown): Word | undefined {
  return words.find((word) => word === value);
}

function someOf<Word extends string>(words: readonly Word[], value: unknown): readonly Word[] {
  const list = listOf(value);
  return words.filter((word) => list.includes(word));
}
