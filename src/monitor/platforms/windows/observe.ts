/** From the sections, handles and views that one look has met to the records of the watched processes' sections. Pure. */
import { type Holder, KINDS_APART, type SectionKind, type SectionState } from '../../section.ts';
import type { SectionObservation } from '../platform.ts';
import { type KnownSection, unseenHandles } from './known-section.ts';
import {
  type PlacedSection,
  type Placement,
  placeViews,
  type ViewsByProcess,
  type ViewWithoutHandle,
} from './placing.ts';

export interface Observer {
  /** The process whose views of its own need no process number in their ids; null where all do. */
  readonly main: number | null;
  readonly watched: ReadonlySet<number>;
  readonly nameOf: (pid: number) => string;
  /** Of the watched processes first, then of others that may have views of their sections. */
  readonly views: ViewsByProcess;
  /** The processes that one has started, and those that these have: they may keep views without a handle. */
  readonly heirsOf: (pid: number) => readonly number[];
}

const PAGE_BYTES = 4096;
const NO_PLACEMENT: Placement = { possibleViewBytes: 0, guess: null };

/** Observes look after look: of a section of which nothing has changed it gives the very same observation. */
export class SectionObserver {
  readonly #observed = new WeakMap<KnownSection, Observed>();

  observe(known: Iterable<KnownSection>, observer: Observer): readonly SectionObservation[] {
    const viewersOf = viewerSets(observer);
    const sections = [...known].map((section) => ({ section, viewers: viewersOf(section) }));
    // Where nothing is mapped nothing is to be placed: the common case of a leak, and of many sections.
    const mapped = [...observer.views.values()].some((regions) => regions.length > 0);
    const inPageFile = mapped ? sections.filter(({ section }) => isInPageFile(section.kind)) : [];
    const placements = placeViews(inPageFile.map(placed), observer.views);
    return [
      ...sections.map((viewed) =>
        this.#observe(viewed, placements.sections.get(viewed.section.id) ?? NO_PLACEMENT, observer),
      ),
      ...placements.withoutHandle
        .filter(({ pid }) => observer.watched.has(pid))
        .map((view) => viewOnly(view, observer)),
    ];
  }

  #observe({ section, viewers }: ViewedSection, placement: Placement, observer: Observer): SectionObservation {
    const { revision } = section;
    const { possibleViewBytes, guess } = placement;
    const unseen = hasUnseenViews(section, viewers, observer.views);
    const before = this.#observed.get(section);
    if (
      before?.revision === revision &&
      before.observation.unseenViews === unseen &&
      before.placement.possibleViewBytes === possibleViewBytes &&
      before.placement.guess?.pid === guess?.pid &&
      before.placement.guess?.bytes === guess?.bytes
    ) {
      return before.observation;
    }
    const made = observation(section, placement, unseen, observer);
    this.#observed.set(section, { revision, placement, observation: made });
    return made;
  }
}

interface Observed {
  readonly revision: number;
  readonly placement: Placement;
  readonly observation: SectionObservation;
}

interface ViewedSection {
  readonly section: KnownSection;
  readonly viewers: ReadonlySet<number>;
}

/** Most sections are one process's: their viewers are put together once. */
function viewerSets({ watched, heirsOf }: Observer): (section: KnownSection) => ReadonlySet<number> {
  const sets = new Map<number, ReadonlySet<number>>();
  const withHeirs = (pids: Iterable<number>): ReadonlySet<number> => {
    const viewers = new Set(pids);
    for (const pid of [...viewers].filter((holder) => watched.has(holder))) {
      for (const heir of heirsOf(pid)) {
        viewers.add(heir);
      }
    }
    return viewers;
  };
  return ({ everHeld }) => {
    const [only] = everHeld;
    if (only === undefined || everHeld.size > 1) {
      return withHeirs(everHeld);
    }
    const viewers = sets.get(only) ?? withHeirs(everHeld);
    sets.set(only, viewers);
    return viewers;
  };
}

function hasUnseenViews(section: KnownSection, viewers: ReadonlySet<number>, views: ViewsByProcess): boolean {
  if (!isInPageFile(section.kind)) {
    return false;
  }
  if (section.kind === 'named' || unseenHandles(section) > 0) {
    return true;
  }
  for (const pid of viewers) {
    if (!views.has(pid)) {
      return true;
    }
  }
  return false;
}

function isInPageFile(kind: SectionKind): boolean {
  return kind === 'runtime' || !KINDS_APART.has(kind);
}

function isReserve(kind: SectionKind): boolean {
  return kind === 'reserve' || kind === 'runtime';
}

function placed({ section: { id, kind, bytes }, viewers }: ViewedSection): PlacedSection {
  return {
    id,
    bytes: Math.ceil(bytes / PAGE_BYTES) * PAGE_BYTES,
    reserve: isReserve(kind),
    own: kind !== 'runtime',
    viewers,
  };
}

function observation(
  section: KnownSection,
  { possibleViewBytes, guess }: Placement,
  unseenViews: boolean,
  { watched, nameOf }: Observer,
): SectionObservation {
  const { id, kind, name, bytes, holders } = section;
  const inPageFile = isInPageFile(kind);
  const delayed = isReserve(kind);
  const pids = new Set(guess === null ? holders.keys() : [...holders.keys(), guess.pid]);
  return {
    id,
    kind,
    state: stateOf(guess?.pid, watched),
    name,
    maker: kind === 'runtime' ? null : 'win32',
    maximumBytes: bytes,
    allocatedBytes: delayed ? null : kind === 'file' || kind === 'image' ? 0 : bytes,
    mappedBytes: guess?.bytes ?? 0,
    unownedBytes: { min: delayed || !inPageFile ? 0 : bytes, max: inPageFile ? bytes : 0 },
    how: howOf(kind, possibleViewBytes > 0, guess !== null),
    holders: [...pids].map((pid): Holder => ({
      pid,
      name: nameOf(pid),
      handles: holders.get(pid) ?? 0,
      mappedBytes: guess?.pid === pid ? guess.bytes : 0,
    })),
    unseenViews,
    possibleViewBytes,
  };
}

function stateOf(viewer: number | undefined, watched: ReadonlySet<number>): SectionState {
  if (viewer === undefined) {
    return 'unowned';
  }
  return watched.has(viewer) ? 'mapped' : 'mapped-elsewhere';
}

function howOf(kind: SectionKind, possibleViews: boolean, guessed: boolean): string {
  if (kind === 'large-pages') {
    return 'large pages stay in memory until the section ends, and are never written to the page file';
  }
  if (!isInPageFile(kind)) {
    return 'its pages go back to their file: none of them is in the page file';
  }
  const charged = isReserve(kind)
    ? 'its pages are committed one by one (SEC_RESERVE), and how many are Windows does not tell'
    : 'all of it is committed since it was made';
  if (!possibleViews) {
    return `${charged}; no view that is mapped can be of it`;
  }
  const guess = guessed ? ', and one is as long as it' : '';
  return `${charged}; Windows does not tell which section a view is of: some may be of it${guess}`;
}

/** The section of a view without any handle is at least as long as the view. */
function viewOnly({ pid, region, certain }: ViewWithoutHandle, { main, nameOf }: Observer): SectionObservation {
  return {
    id: `${pid === main ? '' : `${pid}:`}view:0x${region.base.toString(16)}`,
    kind: region.reserves ? 'reserve' : 'page-file',
    state: 'view-only',
    name: null,
    maker: 'win32',
    maximumBytes: region.bytes,
    allocatedBytes: region.reserves ? null : region.bytes,
    mappedBytes: region.bytes,
    unownedBytes: { min: 0, max: 0 },
    how: certain
      ? 'no handle of it is left, and its length is taken from the view: it may be longer'
      : 'taken for a view whose section has no handle left: it may as well be a part of a longer section, or another view of one as long',
    holders: [{ pid, name: nameOf(pid), handles: 0, mappedBytes: region.bytes }],
    unseenViews: false,
  };
}
