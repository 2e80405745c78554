/** The columns of the section table: their words, what they are sorted by, and which fit into a given width. Pure. */
import type { Bounds } from '../section.ts';
import { COLUMN_IDS, type ColumnId } from './layout.ts';

/** What a column shows of a section or of a group of sections. */
export interface Figures {
  readonly label: string;
  readonly kind: string;
  readonly state: string;
  readonly maximumBytes: number;
  readonly allocatedBytes: number | null;
  readonly unownedBytes: Bounds;
  readonly holders: number;
  /** Null where it was there before the monitor. */
  readonly since: string | null;
}

export type SortKey = number | string | null;

export interface Column {
  readonly title: string;
  readonly explanation: string;
  /** Numbers stand at the right, and the largest comes first when the user sorts by them. */
  readonly numeric: boolean;
  /** In pixels; of the first column the least, it takes what is left. */
  readonly width: number;
  /** 1 stays longest when the panel becomes narrow. */
  readonly rank: number;
  readonly sortKey: (figures: Figures) => SortKey;
}

export const COLUMNS: Readonly<Record<ColumnId, Column>> = {
  section: {
    title: 'Section',
    explanation: 'The allocation site where it is known, and the name that the system has for the section.',
    numeric: false,
    width: 106,
    rank: 1,
    sortKey: ({ label }) => label.toLowerCase(),
  },
  kind: {
    title: 'Kind',
    explanation: 'What the section is backed by and whether other processes can open it.',
    numeric: false,
    width: 96,
    rank: 7,
    sortKey: ({ kind }) => kind,
  },
  state: {
    title: 'State',
    explanation: 'Whether a view covers it.',
    numeric: false,
    width: 118,
    rank: 4,
    sortKey: ({ state }) => state,
  },
  maximum: {
    title: 'Maximum',
    explanation: 'The length that the section was made with.',
    numeric: true,
    width: 96,
    rank: 5,
    sortKey: ({ maximumBytes }) => maximumBytes,
  },
  allocated: {
    title: 'Allocated',
    explanation: 'Pages of the section that exist, in memory or swapped out.',
    numeric: true,
    width: 96,
    rank: 3,
    sortKey: ({ allocatedBytes }) => allocatedBytes,
  },
  unowned: {
    title: 'Held by no view',
    explanation: 'Allocated bytes that no view of any process covers: memory that belongs to no process.',
    numeric: true,
    width: 142,
    rank: 2,
    sortKey: ({ unownedBytes }) => unownedBytes.max,
  },
  holders: {
    title: 'Holders',
    explanation: 'Processes that hold a handle or a view of the section.',
    numeric: false,
    width: 160,
    rank: 8,
    sortKey: ({ holders }) => holders,
  },
  since: {
    title: 'First seen',
    explanation: 'When the monitor first saw the section.',
    numeric: false,
    width: 92,
    rank: 6,
    // What was there before the monitor is older than everything that it saw come.
    sortKey: ({ since }) => since ?? '',
  },
};

/** Of the width, so that names and sites can be read where there is room for more columns. */
const FIRST_COLUMN_SHARE = 0.3;

/** The columns that the user wants and that fit, in their order; the first column is always there. */
export function fittingColumns(hidden: readonly ColumnId[], width: number): readonly ColumnId[] {
  const wanted = COLUMN_IDS.filter((id) => !hidden.includes(id)).toSorted((a, b) => COLUMNS[a].rank - COLUMNS[b].rank);
  let left = width;
  const fitting = wanted.filter((id) => {
    left -= id === 'section' ? Math.max(COLUMNS[id].width, width * FIRST_COLUMN_SHARE) : COLUMNS[id].width;
    return left >= 0 || id === 'section';
  });
  return COLUMN_IDS.filter((id) => fitting.includes(id));
}

/** For `toSorted`; what is not known comes last in both directions. */
export function compareKeys(a: SortKey, b: SortKey, descending: boolean): number {
  if (a === b) {
    return 0;
  }
  if (a === null) {
    return 1;
  }
  if (b === null) {
    return -1;
  }
  return a < b === descending ? 1 : -1;
}
