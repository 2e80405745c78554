/** From the sections, handles and views that one look has met to the records of the watched process's sections. Pure. */
import { type Holder, KINDS_APART, type SectionKind, type SectionState } from '../../section.ts';
import type { SectionObservation } from '../platform.ts';
import {
  type PlacedSection,
  type Placements,
  placeViews,
  type ProcessViews,
  type ViewWithoutHandle,
} from './placing.ts';
import { type KnownSection, unseenHandles } from './section-table.ts';

export interface Observer {
  readonly pid: number;
  readonly nameOf: (pid: number) => string;
  readonly target: ProcessViews;
  /** Processes that may have views, as far as they could be walked. */
  readonly others: readonly ProcessViews[];
  /** Those of them that the watched process has started: they may keep views without a handle. */
  readonly heirs: ReadonlySet<number>;
  /** Processes among the heirs that could not be walked. */
  readonly unwalkedHeirs: boolean;
}

export interface Observed {
  readonly sections: readonly SectionObservation[];
  readonly possibleViewBytes: number;
}

const PAGE_BYTES = 4096;

export function observeSections(known: Iterable<KnownSection>, observer: Observer): Observed {
  const sections = [...known];
  const inPageFile = sections.filter(({ kind }) => isInPageFile(kind));
  const placements = placeViews(inPageFile.map(placed), observer.target, observer.others, observer.heirs);
  return {
    sections: [
      ...sections.map((section) => observation(section, placements, observer)),
      ...placements.withoutHandle.map((view) => viewOnly(view, observer)),
    ],
    possibleViewBytes: placements.possibleViewBytes,
  };
}

function isInPageFile(kind: SectionKind): boolean {
  return kind === 'runtime' || !KINDS_APART.has(kind);
}

function placed({ id, kind, bytes, others }: KnownSection): PlacedSection {
  return {
    id,
    bytes: Math.ceil(bytes / PAGE_BYTES) * PAGE_BYTES,
    reserve: kind === 'reserve' || kind === 'runtime',
    own: kind !== 'runtime',
    holders: [...others.keys()],
  };
}

function observation(section: KnownSection, placements: Placements, observer: Observer): SectionObservation {
  const { id, kind, name, bytes, handles, others } = section;
  const { possibleViewBytes, guess } = placements.sections.get(id) ?? { possibleViewBytes: 0, guess: null };
  const inPageFile = isInPageFile(kind);
  const delayed = kind === 'reserve' || kind === 'runtime';
  const holders: readonly (readonly [number, number])[] = [[observer.pid, handles.size], ...others];
  return {
    id,
    kind,
    state: stateOf(guess?.pid ?? null, observer.pid),
    name,
    maker: kind === 'runtime' ? null : 'win32',
    maximumBytes: bytes,
    allocatedBytes: delayed ? null : kind === 'file' || kind === 'image' ? 0 : bytes,
    mappedBytes: guess?.bytes ?? 0,
    unownedBytes: { min: delayed || !inPageFile ? 0 : bytes, max: inPageFile ? bytes : 0 },
    how: howOf(kind, possibleViewBytes > 0, guess !== null),
    holders: holders.map(([pid, count]): Holder => ({
      pid,
      name: observer.nameOf(pid),
      handles: count,
      mappedBytes: guess?.pid === pid ? guess.bytes : 0,
    })),
    unseenViews: inPageFile && (unseenHandles(section) > 0 || observer.unwalkedHeirs || kind === 'named'),
    possibleViewBytes,
  };
}

function stateOf(viewer: number | null, pid: number): SectionState {
  if (viewer === null) {
    return 'unowned';
  }
  return viewer === pid ? 'mapped' : 'mapped-elsewhere';
}

function howOf(kind: SectionKind, possibleViews: boolean, guessed: boolean): string {
  if (!isInPageFile(kind)) {
    return kind === 'large-pages'
      ? 'large pages stay in memory until the section ends, and are never written to the page file'
      : 'its pages go back to their file: none of them is in the page file';
  }
  const charged =
    kind === 'reserve' || kind === 'runtime'
      ? 'its pages are committed one by one (SEC_RESERVE), and how many are Windows does not tell'
      : 'all of it is committed since it was made';
  if (!possibleViews) {
    return `${charged}; no view that is mapped can be of it`;
  }
  const guess = guessed ? ', and one is as long as it' : '';
  return `${charged}; Windows does not tell which section a view is of: some may be of it${guess}`;
}

/** The section of a view without any handle is at least as long as the view. */
function viewOnly({ region, certain }: ViewWithoutHandle, { pid, nameOf }: Observer): SectionObservation {
  return {
    id: `view:0x${region.base.toString(16)}`,
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
