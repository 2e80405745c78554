/** From what one look has met to the records of the watched process's sections, and to what is unmapped in all. */
import type { Libc } from '../../../../native/libc.ts';
import type { Figure, Holder, SectionState } from '../../section.ts';
import type { SectionObservation } from '../platform.ts';
import { type ByteRange, lengthOf, union } from '../ranges.ts';
import { type AllocatedRanges, type Unowned, unownedBytes } from '../unowned.ts';
import { allocatedRanges } from './allocated-ranges.ts';
import { PAGE_BYTES } from './memory-lists.ts';
import type { Holding, SectionEntry } from './section-table.ts';

export interface Observer {
  /** The watched processes; null where all are looked at. */
  readonly pids: ReadonlySet<number> | null;
  /** Names for holders. */
  readonly nameOf: (pid: number) => string;
  /** Whether a process that may not be read could have a view. */
  readonly mayBeViewedUnseen: (entry: SectionEntry) => boolean;
  readonly libc: Libc | { readonly reason: string };
}

export interface Observed {
  readonly sections: readonly SectionObservation[];
  /** Allocated bytes of all sections of all readable processes that none of them has in a view. */
  readonly unmapped: Figure;
}

export function observeSections(entries: Iterable<SectionEntry>, observer: Observer): Observed {
  const sections: SectionObservation[] = [];
  let min = 0;
  let max = 0;
  for (const entry of entries) {
    const extent = extentOf(entry);
    const unowned = unownedOf(entry, extent, observer.libc);
    min += unowned.bytes.min;
    max += unowned.bytes.max;
    if (entry.holdings.some(({ pid }) => isWatched(pid, observer))) {
      sections.push(observation(entry, extent, unowned, observer));
    }
  }
  const unmapped =
    min === max
      ? { bytes: min }
      : { reason: `between ${min} and ${max} bytes: of some sections it is not known where their data lies` };
  return { sections, unmapped };
}

function observation(entry: SectionEntry, extent: Extent, unowned: Unowned, observer: Observer): SectionObservation {
  const { id, name, measures, holdings } = entry;
  return {
    id,
    kind: name.kind,
    state: stateOf(holdings, observer),
    name: name.name,
    maker: name.maker,
    maximumBytes: measures?.maximumBytes ?? extent.bytes,
    allocatedBytes: measures?.allocatedBytes ?? null,
    mappedBytes: lengthOf(extent.mapped),
    unownedBytes: unowned.bytes,
    how: unowned.how,
    holders: holdings.map(({ pid, handles, views }): Holder => ({
      pid,
      name: observer.nameOf(pid),
      handles,
      mappedBytes: lengthOf(union(views, extent.bytes)),
    })),
    unseenViews: unowned.bytes.max > 0 && observer.mayBeViewedUnseen(entry),
  };
}

interface Extent {
  /** The section's length in whole pages; where no descriptor tells it, up to the end of its last view. */
  readonly bytes: number;
  /** By all processes. */
  readonly mapped: readonly ByteRange[];
}

function extentOf({ measures, holdings }: SectionEntry): Extent {
  const views = holdings.flatMap((holding) => holding.views);
  const bytes =
    measures === null
      ? views.reduce((end, view) => Math.max(end, view.end), 0)
      : Math.ceil(measures.maximumBytes / PAGE_BYTES) * PAGE_BYTES;
  return { bytes, mapped: union(views, bytes) };
}

function unownedOf({ id, measures, path }: SectionEntry, { bytes, mapped }: Extent, libc: Observer['libc']): Unowned {
  if (measures === null) {
    return {
      bytes: { min: 0, max: bytes - lengthOf(mapped) },
      how: 'no descriptor of it is left, and only root may reach it through its views: its length is taken from them',
    };
  }
  return unownedBytes({ bytes, allocatedBytes: measures.allocatedBytes, mapped }, () => locate(path, id, libc));
}

function locate(path: string | null, id: string, libc: Observer['libc']): AllocatedRanges {
  if ('reason' in libc) {
    return libc;
  }
  return path === null ? { reason: 'nothing leads to it' } : allocatedRanges(path, id, libc);
}

function isWatched(pid: number, { pids }: Observer): boolean {
  return pids === null || pids.has(pid);
}

function stateOf(holdings: readonly Holding[], observer: Observer): SectionState {
  const own = holdings.filter(({ pid }) => isWatched(pid, observer));
  if (own.some(({ views }) => views.length > 0)) {
    return own.some(({ handles }) => handles > 0) ? 'mapped' : 'view-only';
  }
  return holdings.some(({ views }) => views.length > 0) ? 'mapped-elsewhere' : 'unowned';
}
