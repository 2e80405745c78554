/**
 * The section handles of one process as of the last look: which are new, which are gone, and a part of the others that is
 * to be asked again, because a handle that was closed may have its number given to another section. Pure.
 */
import type { SectionHandles } from './handle-tables.ts';
import type { SectionBasics } from './section-reader.ts';

/** What is known of one handle. */
export interface KnownHandle<Section> {
  readonly pid: number;
  readonly handle: number;
  readonly access: number;
  readonly attributes: number;
  readonly object: number;
  readonly basics: SectionBasics;
  /** Null for a section that the watched process does not hold. */
  section: Section | null;
  look: number;
}

export interface HandleChanges<Section> {
  /** Positions in the columns. */
  readonly fresh: readonly number[];
  readonly gone: readonly KnownHandle<Section>[];
  /** Known ones, with the count of handles that the table shows for their object. */
  readonly counted: readonly (readonly [KnownHandle<Section>, number])[];
}

export class KnownHandles<Section> {
  readonly #handles = new Map<number, KnownHandle<Section>>();
  #rotation: Iterator<KnownHandle<Section>> | null = null;

  values(): Iterable<KnownHandle<Section>> {
    return this.#handles.values();
  }

  add(known: KnownHandle<Section>): void {
    this.#handles.set(known.handle, known);
  }

  forget({ handle }: KnownHandle<Section>): void {
    this.#handles.delete(handle);
  }

  /** Compares with what the table shows now; what is gone, or is another one by what the table shows, is forgotten. */
  compare(columns: SectionHandles, look: number): HandleChanges<Section> {
    const { handles, access, attributes, objects, handleCounts } = columns;
    const fresh: number[] = [];
    const gone: KnownHandle<Section>[] = [];
    const counted: (readonly [KnownHandle<Section>, number])[] = [];
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
    if (handles.length - fresh.length < this.#handles.size) {
      for (const known of this.#handles.values()) {
        if (known.look !== look) {
          gone.push(known);
          this.#handles.delete(known.handle);
        }
      }
    }
    return { fresh, gone, counted };
  }

  /** The next so many, so that after some looks all were given. */
  *rotate(most: number): Iterable<KnownHandle<Section>> {
    for (let count = Math.min(most, this.#handles.size); count > 0; count -= 1) {
      this.#rotation ??= this.#handles.values();
      const next = this.#rotation.next();
      if (next.done ?? false) {
        this.#rotation = null;
      } else {
        yield next.value;
      }
    }
  }
}
