/**
 * Makes samples of snapshots: the first is full, each later one says what is different from the one before. Pure: the
 * caller brings the snapshot and the time.
 */
import { History } from './history.ts';
import type { SectionObservation, Snapshot, UnseenViews } from './platforms/platform.ts';
import type { Bounds, DifferenceSample, FullSample, SectionRecord, Totals } from './section.ts';

/** All of a sample but its list of sections. */
type Summary = Omit<FullSample, 'sections'>;

export class Sampler {
  readonly #pid: number;
  readonly #history = new History();
  #records: ReadonlyMap<string, SectionRecord> = new Map();
  #summary: Summary | null = null;
  #firstUnowned: Bounds | null = null;
  /** Of sections that went with the last process that held them. */
  #abandonedBytes = 0;

  constructor(pid: number) {
    this.#pid = pid;
  }

  /** The figures over time, for a chart. */
  get history(): History {
    return this.#history;
  }

  /**
   * By how many bytes what no view holds has surely grown since the first sample. What processes held when they ended
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
    for (const observation of snapshot.sections) {
      const known = before.get(observation.id);
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

  #summarize({ process, sections, unseen, memory, unreadable }: Snapshot, time: Date): Summary {
    const totals = totalsOf(sections, unseen);
    this.#history.add({
      time: time.getTime(),
      sections: totals.sections,
      mappedBytes: totals.mappedBytes,
      unownedBytes: totals.unownedBytes,
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
  { unseenViews, ...seen }: SectionObservation,
  unseen: UnseenViews,
  since: string | null,
): SectionRecord {
  if (!unseenViews) {
    return { ...seen, since };
  }
  return {
    ...seen,
    unownedBytes: { min: Math.max(0, seen.unownedBytes.min - unseen.bytes), max: seen.unownedBytes.max },
    how: `${seen.how}; ${unseen.reason}, so it is at most this much`,
    since,
  };
}

/** Over the program's own sections. What may be seen by others only is taken off once, not once a section. */
export function totalsOf(sections: readonly SectionObservation[], unseen: UnseenViews): Totals {
  const own = sections.filter(({ kind }) => kind !== 'runtime');
  const allocated = own.map(({ allocatedBytes }) => allocatedBytes);
  const bounded = own.filter(({ unseenViews }) => unseenViews).map(({ unownedBytes }) => unownedBytes.min);
  const certain = own.filter(({ unseenViews }) => !unseenViews);
  const left = leftOver(bounded, unseen.bytes);
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
    runtimeSections: sections.length - own.length,
  };
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
