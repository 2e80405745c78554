/**
 * Makes samples of snapshots: the first is full, each later one says what is different from the one before. Pure: the
 * caller brings the snapshot and the time.
 */
import { History } from './history.ts';
import type { SectionObservation, Snapshot, UnseenViews } from './platforms/platform.ts';
import {
  type Bounds,
  type DifferenceSample,
  type FullSample,
  KINDS_APART,
  type SectionRecord,
  type Totals,
} from './section.ts';
import { machineFigures } from './verdicts/machine-figures.ts';

/** All of a sample but its list of sections. */
type Summary = Omit<FullSample, 'sections'>;

export class Sampler {
  readonly #pid: number;
  readonly #history = new History();
  #records: ReadonlyMap<string, SectionRecord> = new Map();
  /** What the records of the last look were made of. */
  #seen: ReadonlyMap<string, SectionObservation> = new Map();
  #unseen: UnseenViews | null = null;
  #summary: Summary | null = null;
  #firstUnowned: Bounds | null;
  /** Of sections that went with the last process that held them. */
  #abandonedBytes = 0;

  /** @param started whether the process was started to be watched: then all that it holds has come since */
  constructor(pid: number, started = false) {
    this.#pid = pid;
    this.#firstUnowned = started ? { min: 0, max: 0 } : null;
  }

  /** The figures over time, for a chart. */
  get history(): History {
    return this.#history;
  }

  /**
   * By how many bytes what no view holds has surely grown since the first sample, or the start of the process. What processes held when they ended
   * counts: they did not give it back, the system did.
   */
  get leastGrowth(): number {
    const now = (this.#summary?.totals.unownedBytes.min ?? 0) + this.#abandonedBytes;
    return now - (this.#firstUnowned?.max ?? now);
  }

  /** As of the last sample; null before the first. */
  get totals(): Totals | null {
    return this.#summary?.totals ?? null;
  }

  take(snapshot: Snapshot, time: Date): FullSample | DifferenceSample {
    const first = this.#summary === null;
    const since = first ? null : time.toISOString();
    const before = this.#records;
    const after = new Map<string, SectionRecord>();
    const changed: SectionRecord[] = [];
    const seen = new Map<string, SectionObservation>();
    for (const observation of snapshot.sections) {
      const known = before.get(observation.id);
      seen.set(observation.id, observation);
      // A platform that knows that nothing has changed gives the very same objects.
      if (
        known !== undefined &&
        this.#seen.get(observation.id) === observation &&
        (!observation.unseenViews || this.#unseen === snapshot.unseen)
      ) {
        after.set(known.id, known);
        continue;
      }
      const made = record(observation, snapshot.unseen, known === undefined ? since : known.since);
      if (known !== undefined && isSame(known, made)) {
        after.set(known.id, known);
      } else {
        after.set(made.id, made);
        changed.push(made);
      }
    }
    const gone = [...before.values()].filter(({ id }) => !after.has(id));
    const removed = gone.map(({ id }) => id);
    this.#abandonedBytes += sum(
      gone
        .filter(({ holders }) => holders.every(({ pid }) => !snapshot.watched.has(pid)))
        .map(({ kind, unownedBytes }) => (kind === 'runtime' ? 0 : unownedBytes.min)),
    );
    this.#records = after;
    this.#seen = seen;
    this.#unseen = snapshot.unseen;
    this.#summary = this.#summarize(snapshot, time);
    this.#firstUnowned ??= this.#summary.totals.unownedBytes;
    return first
      ? { ...this.#summary, sections: sortedById(changed) }
      : {
          ...this.#summary,
          changed: sortedById(changed),
          removed: sortedById(removed.map((id) => ({ id }))).map(idOf),
        };
  }

  /** Everything as of the last sample; null before the first. */
  full(): FullSample | null {
    return this.#summary === null ? null : { ...this.#summary, sections: sortedById([...this.#records.values()]) };
  }

  #summarize(snapshot: Snapshot, time: Date): Summary {
    const { process, sections, unseen, memory, unreadable } = snapshot;
    const totals = totalsOf(sections, unseen);
    this.#history.add({
      time: time.getTime(),
      sections: totals.sections,
      mappedBytes: totals.mappedBytes,
      unownedBytes: totals.unownedBytes,
      allocatedBytes: totals.allocatedBytes,
      machine: machineFigures(memory),
    });
    return {
      schema: 1,
      time: time.toISOString(),
      pid: this.#pid,
      sequence: this.#summary === null ? 0 : this.#summary.sequence + 1,
      process,
      totals,
      growth: this.#history.growth(),
      memory,
      unreadable,
    };
  }
}

function record(
  { unseenViews, possibleViewBytes = 0, ...seen }: SectionObservation,
  unseen: UnseenViews,
  since: string | null,
): SectionRecord {
  if (!unseenViews && possibleViewBytes === 0) {
    return { ...seen, since };
  }
  const { min, max } = seen.unownedBytes;
  const coverable = possibleViewBytes + (unseenViews ? unseen.bytes : 0);
  return {
    ...seen,
    unownedBytes: { min: Math.max(0, min - coverable), max },
    how: unseenViews ? `${seen.how}; ${unseen.reason}, so it is at most this much` : seen.how,
    since,
  };
}

/** Over the program's own sections. What views may cover that are of no certain section is taken off once. */
export function totalsOf(sections: readonly SectionObservation[], unseen: UnseenViews): Totals {
  const own = sections.filter(({ kind }) => !KINDS_APART.has(kind));
  const allocated = own.map(({ allocatedBytes }) => allocatedBytes);
  const certain = own.filter((section) => !isBounded(section));
  const bounded = own.filter(isBounded);
  const anyUnseen = bounded.some(({ unseenViews }) => unseenViews);
  const left = leftOver(
    bounded.map(({ unownedBytes }) => unownedBytes.min),
    possibleViewBytes(bounded) + (anyUnseen ? unseen.bytes : 0),
  );
  return {
    sections: own.length,
    maximumBytes: sum(own.map(({ maximumBytes }) => maximumBytes)),
    allocatedBytes: allocated.every((bytes) => bytes !== null) ? sum(allocated) : null,
    mappedBytes: sum(own.map(({ mappedBytes }) => mappedBytes)),
    unownedSections: {
      min: certain.filter(({ unownedBytes }) => unownedBytes.min > 0).length + left.sections,
      max: own.filter(({ unownedBytes }) => unownedBytes.max > 0).length,
    },
    unownedBytes: {
      min: sum(certain.map(({ unownedBytes }) => unownedBytes.min)) + left.bytes,
      max: sum(own.map(({ unownedBytes }) => unownedBytes.max)),
    },
    runtimeSections: sections.filter(({ kind }) => kind === 'runtime').length,
  };
}

/** Whether views that are of no certain section may be of this one. */
function isBounded({ unseenViews, possibleViewBytes = 0 }: SectionObservation): boolean {
  return unseenViews || possibleViewBytes > 0;
}

/**
 * What views may cover of all these together. Sections with the same holders may be in the same views, and a view that
 * fits in one of them fits in each longer one, unless their pages are committed one by one.
 */
function possibleViewBytes(sections: readonly SectionObservation[]): number {
  const most = new Map<string, number>();
  for (const { kind, holders, possibleViewBytes: bytes = 0 } of sections) {
    const viewers = `${kind === 'reserve' ? 'reserve' : ''}:${holders.map(({ pid }) => pid).join()}`;
    most.set(viewers, Math.max(bytes, most.get(viewers) ?? 0));
  }
  return sum([...most.values()]);
}

/** What is left unowned at least when views that are not seen cover as many sections as they can: the smallest first. */
function leftOver(unowned: readonly number[], unseenBytes: number): { bytes: number; sections: number } {
  const held = unowned.filter((bytes) => bytes > 0);
  let coverable = unseenBytes;
  let covered = 0;
  for (const bytes of held.toSorted((a, b) => a - b)) {
    coverable -= bytes;
    if (coverable < 0) {
      break;
    }
    covered += 1;
  }
  return { bytes: Math.max(0, sum(held) - unseenBytes), sections: held.length - covered };
}

function isSame(a: SectionRecord, b: SectionRecord): boolean {
  return (
    a.state === b.state &&
    a.kind === b.kind &&
    a.name === b.name &&
    a.maker === b.maker &&
    a.maximumBytes === b.maximumBytes &&
    a.allocatedBytes === b.allocatedBytes &&
    a.mappedBytes === b.mappedBytes &&
    sameBounds(a.unownedBytes, b.unownedBytes) &&
    a.how === b.how &&
    a.holders.length === b.holders.length &&
    a.holders.every(({ pid, name, handles, mappedBytes }, index) => {
      const other = b.holders[index];
      return (
        other?.pid === pid && other.name === name && other.handles === handles && other.mappedBytes === mappedBytes
      );
    })
  );
}

function sameBounds(a: Bounds, b: Bounds): boolean {
  return a.min === b.min && a.max === b.max;
}

/** Ids are numbers with colons between them; on Linux later objects have higher ones. */
function sortedById<Identified extends { readonly id: string }>(items: readonly Identified[]): readonly Identified[] {
  return items
    .map((item) => ({ item, parts: item.id.split(':') }))
    .sort((a, b) => compareParts(a.parts, b.parts))
    .map(({ item }) => item);
}

function compareParts(a: readonly string[], b: readonly string[]): number {
  for (const [index, part] of a.entries()) {
    const other = b[index] ?? '';
    // Numbers of equal length stand in the order of their digits.
    const order = part.length - other.length || (part < other ? -1 : part > other ? 1 : 0);
    if (order !== 0) {
      return order;
    }
  }
  return a.length - b.length;
}

function idOf({ id }: { readonly id: string }): string {
  return id;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
