/**
 * Handles that are being looked at: of each that is not the only one of its object a duplicate stays open until the look
 * is done, so that the counts of their objects tell which are of the same one.
 */
import { groupsOf } from './groups.ts';
import { groupByObject } from './identity.ts';
import { bucketOf, type KnownHandle } from './known-section.ts';
import type { HandleAsker, SectionBasics } from './section-reader.ts';

export interface HeldHandle {
  readonly known: KnownHandle;
  readonly duplicate: number;
  /** How many handles the object had when the duplicate was just made, itself among them. */
  readonly countThen: number;
  countNow: number;
}

/** What a handle answers when it is asked for the first time. */
export interface Answer {
  readonly duplicate: number;
  readonly basics: SectionBasics;
  /** Whether the object has no other handle. */
  readonly alone: boolean;
}

export class HeldHandles {
  readonly #reader: HandleAsker;
  /** By bucket, in the order in which the duplicates were made. */
  readonly #held = new Map<string, HeldHandle[]>();

  constructor(reader: HandleAsker) {
    this.#reader = reader;
  }

  /** What is held, by bucket. */
  get pending(): ReadonlyMap<string, readonly KnownHandle[]> {
    return new Map([...this.#held].map(([bucket, handles]) => [bucket, handles.map(({ known }) => known)]));
  }

  /** Asks a handle, unless it is gone, refused or of no section; one that is alone is closed again at once. */
  ask(process: number, handle: number, use: (answer: Answer) => KnownHandle): void {
    const duplicate = this.#reader.duplicate(process, handle);
    if (duplicate === 0) {
      return;
    }
    let done = true;
    try {
      const basics = this.#reader.basics(duplicate);
      if (basics !== null) {
        const countThen = this.#reader.handleCount(duplicate);
        // The duplicate counts as well.
        const alone = countThen <= 2;
        const known = use({ duplicate, basics, alone });
        if (!alone) {
          this.#add({ known, duplicate, countThen, countNow: countThen });
          done = false;
        }
      }
    } finally {
      if (done) {
        this.#reader.close(duplicate);
      }
    }
  }

  /** Holds a handle that is known already. @returns whether it is still there */
  hold(process: number, known: KnownHandle): boolean {
    const duplicate = this.#reader.duplicate(process, known.handle);
    if (duplicate === 0) {
      return false;
    }
    const countThen = this.#reader.handleCount(duplicate);
    this.#add({ known, duplicate, countThen, countNow: countThen });
    return true;
  }

  /** Those of a bucket, by object. */
  groups(bucket: string): Iterable<readonly HeldHandle[]> {
    const held = this.#held.get(bucket) ?? [];
    for (const handle of held) {
      handle.countNow = this.#reader.handleCount(handle.duplicate);
    }
    const objects = groupByObject(held, (first, second) =>
      this.#reader.same(held[first]?.duplicate ?? 0, held[second]?.duplicate ?? 0),
    );
    return groupsOf(held, (_, index) => objects[index]).values();
  }

  close(): void {
    for (const { duplicate } of [...this.#held.values()].flat()) {
      this.#reader.close(duplicate);
    }
    this.#held.clear();
  }

  #add(handle: HeldHandle): void {
    const bucket = bucketOf(handle.known.basics);
    const held = this.#held.get(bucket);
    if (held === undefined) {
      this.#held.set(bucket, [handle]);
    } else {
      held.push(handle);
    }
  }
}
