/**
 * The sections that the watched process holds, and who else holds them, kept from look to look so that a look asks only
 * what is new. Handles of the same section are found by groupByObject; nothing is kept open between two looks.
 */
import type { SectionKind } from '../../section.ts';
import type { SectionHandles } from './handle-tables.ts';
import { groupByObject } from './identity.ts';
import { type KnownHandle, KnownHandles } from './known-handles.ts';
import { kindOf, shownName } from './section-kinds.ts';
import type { SectionBasics, SectionReader } from './section-reader.ts';

export interface KnownSection {
  readonly id: string;
  readonly kind: SectionKind;
  readonly bytes: number;
  readonly attributes: number;
  readonly name: string | null;
  /** Of the watched process. */
  readonly handles: Set<number>;
  /** Handles of other processes that could be opened, by process. */
  readonly others: Map<number, number>;
  /** In all processes. */
  handleCount: number;
}

/** A process whose handles are looked at. */
export interface HandleOwner {
  readonly pid: number;
  /** Tells it from a later process with the same number. */
  readonly created: bigint;
  readonly columns: SectionHandles;
  /** A handle of the process that may duplicate from it; 0 where it is refused. */
  open(): number;
}

/** So many known handles are asked again at every look: a few milliseconds. */
const ASKED_AGAIN = 1024;
const ASKED_AGAIN_ELSEWHERE = 32;

type Known = KnownHandle<KnownSection>;

/** A handle that is being looked at: a duplicate of it is open. */
interface Held {
  readonly known: Known;
  readonly duplicate: number;
  readonly countThen: number;
  countNow: number;
}

export class SectionTable {
  readonly #pid: number;
  readonly #reader: SectionReader;
  readonly #processes = new Map<number, { readonly created: bigint; readonly known: KnownHandles<KnownSection> }>();
  readonly #sections = new Map<string, KnownSection>();
  #look = -1;

  constructor(pid: number, reader: SectionReader) {
    this.#pid = pid;
    this.#reader = reader;
  }

  get sections(): ReadonlyMap<string, KnownSection> {
    return this.#sections;
  }

  /** Whether a section has more handles than were found. */
  get incomplete(): boolean {
    return [...this.#sections.values()].some((section) => unseenHandles(section) > 0);
  }

  beginLook(): void {
    this.#look += 1;
  }

  /** Takes in the handles of the given processes; of those that are not given nothing changes. */
  update(owners: readonly HandleOwner[]): void {
    const held: Held[] = [];
    try {
      const pending = new Map<string, Held[]>();
      for (const owner of owners) {
        this.#read(owner, held, pending);
      }
      for (const [bucket, fresh] of pending) {
        this.#group(bucket, fresh, owners, held);
      }
    } finally {
      for (const { duplicate } of held) {
        this.#reader.close(duplicate);
      }
    }
    this.#forgetContradictions();
  }

  /** Processes that are gone hold nothing. */
  keepOnly(isRunning: (pid: number, created: bigint) => boolean): void {
    for (const [pid, { created, known }] of this.#processes) {
      if (!isRunning(pid, created)) {
        for (const handle of known.values()) {
          this.#lose(handle);
        }
        this.#processes.delete(pid);
      }
    }
  }

  /** Asks what is new in one process; what has several handles waits for the others of its bucket. */
  #read(owner: HandleOwner, held: Held[], pending: Map<string, Held[]>): void {
    const known = this.#knownOf(owner);
    const { fresh, gone, counted } = known.compare(owner.columns, this.#look);
    for (const handle of gone) {
      this.#lose(handle);
    }
    for (const [{ section }, count] of counted) {
      if (section !== null) {
        section.handleCount = count;
      }
    }
    const replaced = this.#askAgain(owner, known);
    if (fresh.length === 0 && replaced.length === 0) {
      return;
    }
    const process = owner.open();
    if (process === 0) {
      return;
    }
    const { handles, access, attributes, objects } = owner.columns;
    const positions = replaced.length === 0 ? fresh : [...fresh, ...replaced.map((handle) => handles.indexOf(handle))];
    for (const position of positions) {
      const handle = handles[position] ?? 0;
      const duplicate = this.#reader.duplicate(process, handle);
      if (duplicate === 0) {
        continue;
      }
      let kept = false;
      try {
        const basics = this.#reader.basics(duplicate);
        if (basics === null) {
          continue;
        }
        const countThen = this.#reader.handleCount(duplicate);
        const seen: Known = {
          pid: owner.pid,
          handle,
          access: access[position] ?? 0,
          attributes: attributes[position] ?? 0,
          object: objects[position] ?? 0,
          basics,
          section: null,
          look: this.#look,
        };
        known.add(seen);
        // The duplicate counts as well.
        if (countThen > 2) {
          kept = true;
          const item = { known: seen, duplicate, countThen, countNow: countThen };
          held.push(item);
          const bucket = bucketOf(basics);
          const waiting = pending.get(bucket);
          if (waiting === undefined) {
            pending.set(bucket, [item]);
          } else {
            waiting.push(item);
          }
        } else if (owner.pid === this.#pid) {
          this.#begin(seen, duplicate, 1);
        }
      } finally {
        if (!kept) {
          this.#reader.close(duplicate);
        }
      }
    }
  }

  #knownOf({ pid, created }: HandleOwner): KnownHandles<KnownSection> {
    const process = this.#processes.get(pid);
    if (process?.created === created) {
      return process.known;
    }
    for (const handle of process?.known.values() ?? []) {
      this.#lose(handle);
    }
    const known = new KnownHandles<KnownSection>();
    this.#processes.set(pid, { created, known });
    return known;
  }

  /** @returns handles whose number belongs to another section by now */
  #askAgain(owner: HandleOwner, known: KnownHandles<KnownSection>): readonly number[] {
    const most = owner.pid === this.#pid ? ASKED_AGAIN : ASKED_AGAIN_ELSEWHERE;
    // What was asked in this look is not asked again.
    const due = [...known.rotate(most)];
    const process = due.length === 0 ? 0 : owner.open();
    const replaced: number[] = [];
    for (const handle of process === 0 ? [] : due) {
      const duplicate = this.#reader.duplicate(process, handle.handle);
      if (duplicate === 0) {
        continue;
      }
      try {
        const basics = this.#reader.basics(duplicate);
        const count = this.#reader.handleCount(duplicate) - 1;
        if (basics === null || bucketOf(basics) !== bucketOf(handle.basics)) {
          replaced.push(handle.handle);
          known.forget(handle);
          this.#lose(handle);
        } else if (handle.section !== null && count > 0) {
          handle.section.handleCount = count;
        }
      } finally {
        this.#reader.close(duplicate);
      }
    }
    return replaced;
  }

  /** Finds which handles of one bucket, known and new, are of the same section. */
  #group(bucket: string, fresh: readonly Held[], owners: readonly HandleOwner[], held: Held[]): void {
    const ofInterest =
      fresh.some((item) => item.known.pid === this.#pid) ||
      [...this.#sections.values()].some((section) => bucketOf(section) === bucket);
    if (!ofInterest) {
      return;
    }
    const known = this.#representatives(bucket, new Set(fresh.map((item) => item.known)), owners);
    held.push(...known);
    const all = [...known, ...fresh];
    for (const item of all) {
      item.countNow = this.#reader.handleCount(item.duplicate);
    }
    const objects = groupByObject(all, (first, second) =>
      this.#reader.same(all[first]?.duplicate ?? 0, all[second]?.duplicate ?? 0),
    );
    const groups = new Map<number, Held[]>();
    for (const [index, object] of objects.entries()) {
      const item = all[index];
      if (item !== undefined) {
        const members = groups.get(object);
        if (members === undefined) {
          groups.set(object, [item]);
        } else {
          members.push(item);
        }
      }
    }
    for (const members of groups.values()) {
      this.#take(members);
    }
  }

  /** One handle of each section of the bucket that is known, and those of other processes that were of no interest yet. */
  #representatives(bucket: string, fresh: ReadonlySet<Known>, owners: readonly HandleOwner[]): Held[] {
    const found: Held[] = [];
    const met = new Set<KnownSection>();
    for (const owner of owners) {
      const own = owner.pid === this.#pid;
      for (const known of this.#processes.get(owner.pid)?.known.values() ?? []) {
        const wanted = known.section === null ? !own : own && !met.has(known.section);
        if (!wanted || fresh.has(known) || bucketOf(known.basics) !== bucket) {
          continue;
        }
        const duplicate = this.#reader.duplicate(owner.open(), known.handle);
        if (duplicate !== 0) {
          const countThen = this.#reader.handleCount(duplicate);
          found.push({ known, duplicate, countThen, countNow: countThen });
          if (known.section !== null) {
            met.add(known.section);
          }
        }
      }
    }
    return found;
  }

  #take(members: readonly Held[]): void {
    const [first] = members;
    const own = members.find(({ known }) => known.pid === this.#pid);
    const before = members.find(({ known }) => known.section !== null)?.known.section ?? null;
    if (first === undefined || (own === undefined && before === null)) {
      return;
    }
    const count = first.countNow - members.length;
    const section = before ?? (own === undefined ? null : this.#begin(own.known, own.duplicate, count));
    if (section === null) {
      return;
    }
    section.handleCount = count;
    for (const { known } of members) {
      if (known.section === null) {
        known.section = section;
        if (known.pid === this.#pid) {
          section.handles.add(known.handle);
        } else {
          section.others.set(known.pid, (section.others.get(known.pid) ?? 0) + 1);
        }
      }
    }
  }

  #begin(known: Known, duplicate: number, handleCount: number): KnownSection {
    const name = shownName(this.#reader.name(duplicate));
    // The number of a handle that was closed is given to another one.
    const number = `0x${known.handle.toString(16)}`;
    const section: KnownSection = {
      id: this.#look === 0 ? number : `${number}:${this.#look}`,
      kind: kindOf({ ...known.basics, name }),
      ...known.basics,
      name,
      handles: new Set([known.handle]),
      others: new Map(),
      handleCount,
    };
    known.section = section;
    this.#sections.set(section.id, section);
    return section;
  }

  #lose({ pid, handle, section }: Known): void {
    if (section === null) {
      return;
    }
    if (pid === this.#pid) {
      section.handles.delete(handle);
    } else {
      const left = (section.others.get(pid) ?? 0) - 1;
      section.others.set(pid, left);
      if (left <= 0) {
        section.others.delete(pid);
      }
    }
    if (section.handles.size === 0) {
      this.#end(section);
    }
  }

  /** The watched process holds it no more; others may. */
  #end(section: KnownSection): void {
    this.#sections.delete(section.id);
    for (const pid of section.others.keys()) {
      for (const known of this.#processes.get(pid)?.known.values() ?? []) {
        if (known.section === section) {
          known.section = null;
        }
      }
    }
  }

  /** Handles came or went while they were counted, or one is of another section by now: all are asked again. */
  #forgetContradictions(): void {
    const own = this.#processes.get(this.#pid)?.known;
    const wrong = new Set([...this.#sections.values()].filter((section) => unseenHandles(section) < 0));
    for (const known of wrong.size === 0 ? [] : [...(own?.values() ?? [])]) {
      if (known.section !== null && wrong.has(known.section)) {
        own?.forget(known);
        this.#lose(known);
      }
    }
  }
}

/** Handles of processes that could not be opened. */
export function unseenHandles({ handleCount, handles, others }: KnownSection): number {
  return handleCount - handles.size - [...others.values()].reduce((sum, count) => sum + count, 0);
}

function bucketOf({ bytes, attributes }: SectionBasics): string {
  return `${bytes}:${attributes}`;
}
