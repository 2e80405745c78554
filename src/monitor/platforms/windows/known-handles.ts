/**
 * The section handles of one process as of the last look: which are new, which are gone, and a part of the others that is
 * to be asked again, because a handle that was closed may have its number given to another section. Pure.
 */
import type { SectionHandles } from './handle-tables.ts';
import type { KnownHandle } from './known-section.ts';

export interface HandleChanges {
  /** Positions in the columns. */
  readonly fresh: readonly number[];
  readonly gone: readonly KnownHandle[];
  /** Known ones, with the count of handles that the table shows for their object. */
  readonly counted: readonly (readonly [KnownHandle, number])[];
}

const UNCHANGED: HandleChanges = { fresh: [], gone: [], counted: [] };

export class KnownHandles {
  readonly #handles = new Map<number, KnownHandle>();
  #rotation: Iterator<KnownHandle> | null = null;
  /** What was compared last. */
  #columns: SectionHandles | null = null;

  get count(): number {
    return this.#handles.size;
  }

  values(): Iterable<KnownHandle> {
    return this.#handles.values();
  }

  add(known: KnownHandle): void {
    this.#handles.set(known.handle, known);
  }

  forget({ handle }: KnownHandle): void {
    this.#handles.delete(handle);
  }

  /** Compares with what the table shows now; what is gone, or is another one by what the table shows, is forgotten. */
  compare(columns: SectionHandles, look: number): HandleChanges {
    if (columns === this.#columns && columns.handles.length === this.#handles.size) {
      return UNCHANGED;
    }
    this.#columns = columns;
    const { handles, access, attributes, objects, handleCounts } = columns;
    const fresh: number[] = [];
    const counted: (readonly [KnownHandle, number])[] = [];
    for (const [index, handle] of handles.entries()) {
      const known = this.#handles.get(handle);
      if (
        known === undefined ||
        known.access !== access[index] ||
        known.attributes !== attributes[index] ||
        known.object !== objects[index]
      ) {
        fresh.push(index);
        continue;
      }
      known.look = look;
      const count = handleCounts[index] ?? 0;
      if (count > 0) {
        counted.push([known, count]);
      }
    }
    return { fresh, gone: handles.length - fresh.length < this.#handles.size ? this.#takeGone(look) : [], counted };
  }

  #takeGone(look: number): readonly KnownHandle[] {
    const gone = [...this.#handles.values()].filter((known) => known.look !== look);
    for (const known of gone) {
      this.#handles.delete(known.handle);
    }
    return gone;
  }

  /** The next so many, so that after some looks all were given. */
  rotate(most: number): readonly KnownHandle[] {
    if (most >= this.#handles.size) {
      return [...this.#handles.values()];
    }
    const due: KnownHandle[] = [];
    while (due.length < most) {
      this.#rotation ??= this.#handles.values();
      const next = this.#rotation.next();
      if (next.done ?? false) {
        this.#rotation = null;
      } else {
        due.push(next.value);
      }
    }
    return due;
  }
}
