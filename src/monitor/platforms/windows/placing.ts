/**
 * Windows does not tell which section a view is of. A view of b bytes can only be of a section of b bytes or more, one
 * with pages that are merely reserved only of a section that was reserved: what is left open after that is a range, and
 * the truth lies in it. Which view is shown with which section is a guess by length, and is called one. Pure.
 */
import { groupsOf } from './groups.ts';
import type { MappedRegion } from './regions.ts';

export interface PlacedSection {
  readonly id: string;
  /** In whole pages. */
  readonly bytes: number;
  /** Whether its pages are committed later, if ever (SEC_RESERVE). */
  readonly reserve: boolean;
  /** Whether it is the program's: the runtime's own takes no view by its length. */
  readonly own: boolean;
  /** The processes that may have views of it. */
  readonly viewers: ReadonlySet<number>;
}

export type ViewsByProcess = ReadonlyMap<number, readonly MappedRegion[]>;

export interface Placement {
  /** Together the most bytes that views which may be of it cover. */
  readonly possibleViewBytes: number;
  /** By length: the view that is most likely of it, and whose. */
  readonly guess: { readonly pid: number; readonly bytes: number } | null;
}

export interface Placements {
  readonly sections: ReadonlyMap<string, Placement>;
  /** Views that are, or by their length are likely to be, of sections without a handle. */
  readonly withoutHandle: readonly ViewWithoutHandle[];
}

export interface ViewWithoutHandle {
  readonly pid: number;
  readonly region: MappedRegion;
  /** Whether no section that has a handle can be behind it. */
  readonly certain: boolean;
}

/**
 * @param sections newest last: of several of one length the newest is likeliest to be in a view
 * @param views by process, those first whose views are to be guessed first
 */
export function placeViews(sections: readonly PlacedSection[], views: ViewsByProcess): Placements {
  const fits = new Map([...views].map(([pid, regions]) => [pid, new Fits(regions)]));
  const guesses = new Map<string, Placement['guess']>();
  const withoutHandle: ViewWithoutHandle[] = [];
  for (const [pid, regions] of views) {
    const viewable = sections.filter(({ viewers }) => viewers.has(pid));
    withoutHandle.push(...viewsWithoutHandle(pid, viewable, guessByLength(viewable, pid, regions, guesses)));
  }
  const placed = sections.map((section): [string, Placement] => {
    const possible = [...section.viewers].reduce((sum, pid) => sum + (fits.get(pid)?.within(section) ?? 0), 0);
    return [section.id, { possibleViewBytes: possible, guess: guesses.get(section.id) ?? null }];
  });
  return { sections: new Map(placed), withoutHandle };
}

/** How many bytes of regions fit in a section of a length: regions by rising length, with the sums of all before. */
class Fits {
  readonly #committed: LengthSums;
  readonly #reserving: LengthSums;

  constructor(regions: readonly MappedRegion[]) {
    this.#committed = new LengthSums(regions.filter(({ reserves }) => !reserves));
    this.#reserving = new LengthSums(regions.filter(({ reserves }) => reserves));
  }

  within({ bytes, reserve }: Pick<PlacedSection, 'bytes' | 'reserve'>): number {
    return this.#committed.upTo(bytes) + (reserve ? this.#reserving.upTo(bytes) : 0);
  }
}

class LengthSums {
  readonly #lengths: readonly number[];
  readonly #sums: readonly number[];

  constructor(regions: readonly MappedRegion[]) {
    this.#lengths = regions.map(({ bytes }) => bytes).sort((a, b) => a - b);
    let sum = 0;
    this.#sums = this.#lengths.map((bytes) => (sum += bytes));
  }

  upTo(bytes: number): number {
    let low = 0;
    let high = this.#lengths.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#lengths[middle] ?? 0) <= bytes) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return this.#sums[low - 1] ?? 0;
  }
}

/** Views as long as a section go to it, one each. @returns those that are left */
function guessByLength(
  sections: readonly PlacedSection[],
  pid: number,
  regions: readonly MappedRegion[],
  guesses: Map<string, Placement['guess']>,
): readonly MappedRegion[] {
  const free = sections.filter(({ id, own }) => own && !guesses.has(id));
  const byLength = groupsOf(free, ({ bytes }) => bytes);
  return regions.filter((region) => {
    const candidates = byLength.get(region.bytes);
    const section = candidates?.at(-1);
    if (section === undefined || (region.reserves && !section.reserve)) {
      return true;
    }
    candidates?.pop();
    guesses.set(section.id, { pid, bytes: region.bytes });
    return false;
  });
}

/**
 * Read-only views that are left are the system's: it shows each process a few of its own sections. Where a runtime
 * keeps code in a section of its own, executable ones and such with reserved pages are the runtime's.
 */
function viewsWithoutHandle(
  pid: number,
  sections: readonly PlacedSection[],
  unplaced: readonly MappedRegion[],
): readonly ViewWithoutHandle[] {
  const runtime = sections.some(({ own }) => !own);
  return unplaced
    .filter(({ writable, executable, reserves }) => writable && !(runtime && (executable || reserves)))
    .map((region) => ({
      pid,
      region,
      certain: !sections.some(({ bytes, reserve }) => region.bytes <= bytes && (reserve || !region.reserves)),
    }));
}
