/** The sections that watched processes hold: begun with a first handle, ended with the last, each under an id that stays. */
import type { HeldHandle } from './held-handles.ts';
import type { KnownHandles } from './known-handles.ts';
import { addHandle, bucketOf, type KnownHandle, type KnownSection, removeHandle } from './known-section.ts';
import { kindOf, shownName } from './section-kinds.ts';
import type { HandleAsker } from './section-reader.ts';

export class SectionRegistry {
  readonly #reader: HandleAsker;
  readonly #main: number | null;
  readonly #sections = new Map<string, KnownSection>();
  /** By handle, of sections whose handles are all asked again in this look: they keep their ids. */
  readonly #former = new Map<string, KnownSection>();
  #watched: ReadonlySet<number> = new Set();
  #look = -1;

  /** @param main the process whose handles' numbers are ids by themselves; null where all need the process's number */
  constructor(reader: HandleAsker, main: number | null) {
    this.#reader = reader;
    this.#main = main;
  }

  get sections(): Iterable<KnownSection> {
    return this.#sections.values();
  }

  get look(): number {
    return this.#look;
  }

  beginLook(watched: ReadonlySet<number>): void {
    this.#watched = watched;
    this.#look += 1;
  }

  isWatched(pid: number): boolean {
    return this.#watched.has(pid);
  }

  /** Takes handles that are of one object for a section, if a watched process holds it. */
  take(handles: readonly HeldHandle[]): void {
    const [first] = handles;
    const own =
      handles.find(({ known }) => this.isWatched(known.pid) && this.#formerOf(known) !== null) ??
      handles.find(({ known }) => this.isWatched(known.pid));
    const before = handles.find(({ known }) => known.section !== null)?.known.section ?? null;
    if (first === undefined || (own === undefined && before === null)) {
      return;
    }
    const count = first.countNow - handles.length;
    const section = before ?? (own === undefined ? null : this.begin(own.known, own.duplicate, count));
    if (section === null) {
      return;
    }
    section.handleCount = count;
    for (const { known } of handles) {
      if (known.section !== null && known.section !== section) {
        // They were taken for two.
        this.#sections.delete(known.section.id);
        for (const handle of known.section.handles) {
          addHandle(section, handle);
        }
      }
      addHandle(section, known);
    }
  }

  /** @param duplicate a handle of ours that may be asked for the name */
  begin(known: KnownHandle, duplicate: number, handleCount: number): KnownSection {
    const name = shownName(this.#reader.name(duplicate));
    const former = this.#formerOf(known);
    const section: KnownSection = {
      id: former?.id ?? this.#newId(known),
      kind: kindOf({ ...known.basics, name }),
      ...known.basics,
      name,
      holders: new Map(),
      handles: new Set(),
      everHeld: new Set(former?.everHeld),
      handleCount,
      revision: 0,
    };
    addHandle(section, known);
    this.#sections.set(section.id, section);
    return section;
  }

  /** The handle is to be asked anew: if it turns out to be of the same section, that keeps its id. */
  reconsider(handle: KnownHandle): void {
    if (handle.section !== null) {
      this.#former.set(this.#numberOf(handle), handle.section);
    }
    this.lose(handle);
  }

  reconsidered(): void {
    this.#former.clear();
  }

  /** The section that the handle was of before all its handles were asked again. */
  #formerOf(handle: KnownHandle): KnownSection | null {
    const former = this.#former.get(this.#numberOf(handle));
    return former !== undefined && bucketOf(former) === bucketOf(handle.basics) && !this.#sections.has(former.id)
      ? former
      : null;
  }

  /** The number of a handle that was closed is given to another one. */
  #newId(handle: KnownHandle): string {
    const number = this.#numberOf(handle);
    return this.#look === 0 ? number : `${number}:${this.#look}`;
  }

  #numberOf({ pid, handle }: KnownHandle): string {
    return `${pid === this.#main ? '' : `${pid}:`}0x${handle.toString(16)}`;
  }

  loseAll(known: KnownHandles): void {
    for (const handle of known.values()) {
      this.lose(handle);
    }
  }

  lose(handle: KnownHandle): void {
    const { section } = handle;
    if (section === null) {
      return;
    }
    removeHandle(section, handle);
    if (![...section.holders.keys()].some((pid) => this.isWatched(pid))) {
      // Only processes that are not watched hold it now.
      this.#sections.delete(section.id);
      for (const other of section.handles) {
        other.section = null;
      }
    }
  }
}
