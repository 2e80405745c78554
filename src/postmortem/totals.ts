/**
 * Totals of a recording: what the program's sections add up to, by kind, and how much of it no view can hold. Kinds that
 * never reach the page file are counted apart, as for a live process. Pure.
 */
import { type Bounds, KINDS_APART } from '../monitor/section.ts';
import type { RecordedKind, RecordedSection, Recording } from './recording.ts';

export interface Sum {
  readonly sections: number;
  /** Of those whose length is known. */
  readonly bytes: number;
  /** How many have no known length. */
  readonly unsized: number;
}

export interface RecordedTotals extends Sum {
  /** In no view; null where it cannot be bounded, for the length of some is not known. */
  readonly unownedBytes: Bounds | null;
  /** Of the kinds that are counted, the most bytes first. */
  readonly kinds: readonly (Sum & { readonly kind: RecordedKind })[];
  /** Of the kinds that are set apart. */
  readonly apart: readonly (Sum & { readonly kind: RecordedKind })[];
}

/** All of whose bytes are charged since the section was made. Of other kinds pages come one by one, or it is not known. */
const COMMITTED: ReadonlySet<RecordedKind> = new Set(['page-file', 'named']);

export function recordedTotals({ sections, counted, viewBytes }: Recording): RecordedTotals {
  const kinds = byKind(sections);
  const own = sections.filter(isCounted);
  const total = sumOf(own);
  return {
    ...total,
    sections: counted ?? total.sections,
    unsized: counted ?? total.unsized,
    unownedBytes: total.unsized === 0 && own.length > 0 ? unownedBytes(own, viewBytes) : null,
    kinds: kinds.filter(({ kind }) => !isApart(kind)),
    apart: kinds.filter(({ kind }) => isApart(kind)),
  };
}

export function isCounted({ kind }: Pick<RecordedSection, 'kind'>): boolean {
  return !isApart(kind);
}

export function sumOf(sections: readonly RecordedSection[]): Sum {
  return {
    sections: sections.length,
    bytes: sections.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0),
    unsized: sections.filter(({ bytes }) => bytes === null).length,
  };
}

function isApart(kind: RecordedKind): boolean {
  return kind !== 'unknown' && KINDS_APART.has(kind);
}

function byKind(sections: readonly RecordedSection[]): readonly (Sum & { readonly kind: RecordedKind })[] {
  const groups = new Map<RecordedKind, RecordedSection[]>();
  for (const section of sections) {
    const members = groups.get(section.kind);
    if (members === undefined) {
      groups.set(section.kind, [section]);
    } else {
      members.push(section);
    }
  }
  return [...groups].map(([kind, members]) => ({ kind, ...sumOf(members) })).toSorted((a, b) => b.bytes - a.bytes);
}

/** Views may cover any of the sections: what is certain is what is left when they cover as much as they can. */
function unownedBytes(sections: readonly RecordedSection[], viewBytes: number | null): Bounds {
  const windows = sections.filter(({ kind, mappedBytes }) => COMMITTED.has(kind) && mappedBytes === null);
  return {
    min: Math.max(0, sumOf(windows).bytes - (viewBytes ?? Number.POSITIVE_INFINITY)),
    max: sections.reduce((sum, { bytes, mappedBytes }) => sum + Math.max(0, (bytes ?? 0) - (mappedBytes ?? 0)), 0),
  };
}
