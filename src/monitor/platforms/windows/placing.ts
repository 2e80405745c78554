/**
 * Windows does not tell which section a view is of. A view of b bytes can only be of a section of b bytes or more, one
 * with pages that are merely reserved only of a section that was reserved: what is left open after that is a range, and
 * the truth lies in it. Which view is shown with which section is a guess by length, and is called one. Pure.
 */
import type { MappedRegion } from './regions.ts';

export interface PlacedSection {
  readonly id: string;
  /** In whole pages. */
  readonly bytes: number;
  /** Whether its pages are committed later, if ever (SEC_RESERVE). */
  readonly reserve: boolean;
  /** Whether it is the program's: the runtime's own takes no view by its length. */
  readonly own: boolean;
  /** Other processes that hold handles of it. */
  readonly holders: readonly number[];
}

export interface ProcessViews {
  readonly pid: number;
  readonly regions: readonly MappedRegion[];
}

export interface Placement {
  /** Together the most bytes that views which may be of it cover. */
  readonly possibleViewBytes: number;
  /** By length: the view that is most likely of it, and whose. */
  readonly guess: { readonly pid: number; readonly bytes: number } | null;
}

export interface Placements {
  readonly sections: ReadonlyMap<string, Placement>;
  /** All views together that may be of some section of the program. */
  readonly possibleViewBytes: number;
  /** Views of the watched process that are, or by their length are likely to be, of sections without a handle. */
  readonly withoutHandle: readonly ViewWithoutHandle[];
}

export interface ViewWithoutHandle {
  readonly region: MappedRegion;
  /** Whether no section that has a handle can be behind it. */
  readonly certain: boolean;
}

/**
 * @param sections newest last: of several of one length the newest is likeliest to be in a view
 * @param target of the watched process
 * @param others of those that may have views of its sections: by a handle, or because it has started them
 * @param heirs which of the others may have views without any handle that is left
 */
export function placeViews(
  sections: readonly PlacedSection[],
  target: ProcessViews,
  others: readonly ProcessViews[],
  heirs: ReadonlySet<number>,
): Placements {
  const targetFits = new Fits(target.regions);
  const otherFits = new Map(others.map(({ pid, regions }) => [pid, new Fits(regions)]));
  const heirFits = others.filter(({ pid }) => heirs.has(pid)).map(({ regions }) => new Fits(regions));
  const guesses = new Map<string, Placement['guess']>();
  const unplaced = guessByLength(sections, target, () => true, guesses);
  for (const other of others) {
    const mayBe = ({ holders }: PlacedSection) => heirs.has(other.pid) || holders.includes(other.pid);
    guessByLength(sections, other, mayBe, guesses);
  }
  const placed = new Map<string, Placement>();
  for (const section of sections) {
    const possible = section.holders
      .filter((pid) => !heirs.has(pid))
      .reduce((sum, pid) => sum + (otherFits.get(pid)?.within(section) ?? 0), targetFits.within(section));
    const inherited = heirFits.reduce((sum, fits) => sum + fits.within(section), 0);
    placed.set(section.id, { possibleViewBytes: possible + inherited, guess: guesses.get(section.id) ?? null });
  }
  return {
    sections: placed,
    possibleViewBytes: poolBytes(sections, targetFits, otherFits, heirs),
    withoutHandle: viewsWithoutHandle(sections, unplaced),
  };
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

function poolBytes(
  sections: readonly PlacedSection[],
  target: Fits,
  others: ReadonlyMap<number, Fits>,
  heirs: ReadonlySet<number>,
): number {
  const own = sections.filter((section) => section.own);
  let sum = target.within(longest(own));
  for (const [pid, fits] of others) {
    sum += fits.within(longest(heirs.has(pid) ? own : own.filter(({ holders }) => holders.includes(pid))));
  }
  return sum;
}

/** The one in which everything fits that fits in any. */
function longest(sections: readonly PlacedSection[]): { readonly bytes: number; readonly reserve: boolean } {
  return {
    bytes: sections.reduce((most, { bytes }) => Math.max(most, bytes), 0),
    reserve: sections.some(({ reserve }) => reserve),
  };
}

/** Views as long as a section go to it, one each. @returns those that are left */
function guessByLength(
  sections: readonly PlacedSection[],
  { pid, regions }: ProcessViews,
  mayBe: (section: PlacedSection) => boolean,
  guesses: Map<string, Placement['guess']>,
): readonly MappedRegion[] {
  const byLength = new Map<number, PlacedSection[]>();
  for (const section of sections) {
    if (section.own && !guesses.has(section.id) && mayBe(section)) {
      const ofLength = byLength.get(section.bytes);
      if (ofLength === undefined) {
        byLength.set(section.bytes, [section]);
      } else {
        ofLength.push(section);
      }
    }
  }
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
 * Read-only views that are left are the system's: it shows each process a few of its own sections. So are, where a
 * runtime keeps code in a section, executable ones.
 */
function viewsWithoutHandle(
  sections: readonly PlacedSection[],
  unplaced: readonly MappedRegion[],
): readonly ViewWithoutHandle[] {
  const runtime = sections.some(({ own }) => !own);
  return unplaced
    .filter(({ writable, executable }) => writable && !(runtime && executable))
    .map((region) => ({
      region,
      certain: !sections.some(({ bytes, reserve }) => region.bytes <= bytes && (reserve || !region.reserves)),
    }));
}
