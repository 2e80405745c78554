/**
 * The sections that the watched processes hold, and who else holds them, kept from look to look so that a look asks only
 * what is new. Nothing is kept open between two looks.
 */
import type { SectionHandles } from './handle-tables.ts';
import { HeldHandles } from './held-handles.ts';
import { type HandleChanges, KnownHandles } from './known-handles.ts';
import { bucketOf, type KnownHandle, type KnownSection, unseenHandles } from './known-section.ts';
import type { HandleAsker } from './section-reader.ts';
import { SectionRegistry } from './section-registry.ts';

/** A process whose handles are looked at. */
export interface HandleOwner {
  readonly pid: number;
  /** Tells it from a later process with the same number. */
  readonly created: bigint;
  readonly columns: SectionHandles;
  /** A handle of the process that may duplicate from it; 0 where it is refused. */
  open(): number;
}

/** Processes of fewer handles are asked again as a whole at every look, others bit by bit. */
const ASKED_WHOLE = 1024;
const ASKED_OF_MANY = 128;
const ASKED_ELSEWHERE = 32;

export class SectionTable {
  readonly #reader: HandleAsker;
  readonly #registry: SectionRegistry;
  readonly #processes = new Map<number, { readonly created: bigint; readonly known: KnownHandles }>();
  /** Sections that seemed to have more handles than the system counts, at the look before. */
  #suspects: readonly KnownSection[] = [];

  /** @param main the process whose handles' numbers are ids by themselves; null where all need the process's number */
  constructor(reader: HandleAsker, main: number | null) {
    this.#reader = reader;
    this.#registry = new SectionRegistry(reader, main);
  }

  get sections(): Iterable<KnownSection> {
    return this.#registry.sections;
  }

  /** Whether a section has more handles than were found. */
  get incomplete(): boolean {
    return [...this.#registry.sections].some((section) => unseenHandles(section) > 0);
  }

  /** @param isRunning processes that are gone hold nothing */
  beginLook(watched: ReadonlySet<number>, isRunning: (pid: number, created: bigint) => boolean): void {
    for (const [pid, { created, known }] of this.#processes) {
      if (!isRunning(pid, created)) {
        this.#registry.loseAll(known);
        this.#processes.delete(pid);
        for (const { everHeld } of this.#registry.sections) {
          everHeld.delete(pid);
        }
      } else if (watched.has(pid) && !this.#registry.isWatched(pid)) {
        // What was of no interest is now.
        this.#registry.loseAll(known);
        this.#processes.delete(pid);
      }
    }
    this.#registry.beginLook(watched);
  }

  /** Takes in the handles of the given processes; of those that are not given nothing changes. */
  update(owners: readonly HandleOwner[]): void {
    const held = new HeldHandles(this.#reader);
    try {
      // What is gone goes first: the counts of what stays are compared with what is left.
      const changes = owners.map((owner) => [owner, this.#compare(owner)] as const);
      for (const [owner, change] of changes) {
        this.#read(owner, change, held);
      }
      for (const bucket of this.#bucketsOfInterest(held)) {
        this.#holdKnown(bucket, owners, held);
        for (const handles of held.groups(bucket)) {
          this.#registry.take(handles);
        }
      }
    } finally {
      held.close();
    }
    this.#suspects = [...this.#registry.sections].filter((section) => unseenHandles(section) < 0);
    this.#registry.reconsidered();
  }

  #compare(owner: HandleOwner): HandleChanges {
    const changes = this.#knownOf(owner).compare(owner.columns, this.#registry.look);
    for (const handle of changes.gone) {
      this.#registry.lose(handle);
    }
    return changes;
  }

  /** Asks what is new in one process; what has several handles waits for the others of its bucket. */
  #read(owner: HandleOwner, { fresh, counted }: HandleChanges, held: HeldHandles): void {
    const known = this.#knownOf(owner);
    const { columns } = owner;
    const wrong = this.#compareCounts(counted);
    this.#askAgain(owner, known, wrong);
    const again = this.#forgetWrong(wrong, owner.pid, known);
    const replaced =
      again.size === 0 ? [] : [...columns.handles.keys()].filter((at) => again.has(columns.handles[at] ?? 0));
    const process = fresh.length + replaced.length === 0 ? 0 : owner.open();
    for (const position of process === 0 ? [] : [...fresh, ...replaced]) {
      held.ask(process, columns.handles[position] ?? 0, ({ duplicate, basics, alone }) => {
        const handle: KnownHandle = {
          pid: owner.pid,
          handle: columns.handles[position] ?? 0,
          access: columns.access[position] ?? 0,
          attributes: columns.attributes[position] ?? 0,
          object: columns.objects[position] ?? 0,
          basics,
          section: null,
          look: this.#registry.look,
        };
        known.add(handle);
        if (alone && this.#registry.isWatched(owner.pid)) {
          this.#registry.begin(handle, duplicate, 1);
        }
        return handle;
      });
    }
  }

  #knownOf({ pid, created }: HandleOwner): KnownHandles {
    const process = this.#processes.get(pid);
    if (process?.created === created) {
      return process.known;
    }
    if (process !== undefined) {
      this.#registry.loseAll(process.known);
    }
    const known = new KnownHandles();
    this.#processes.set(pid, { created, known });
    return known;
  }

  /**
   * By the counts of the table itself. All handles of a section have the same one.
   * @returns handles that may be of another section by now
   */
  #compareCounts(counted: HandleChanges['counted']): Set<KnownHandle> {
    const wrong = new Set<KnownHandle>();
    const counts = new Map<KnownSection, number>();
    for (const [handle, count] of counted) {
      const { section } = handle;
      if (section === null) {
        continue;
      }
      const before = counts.get(section);
      if (before === undefined) {
        counts.set(section, count);
        this.#compareCount(handle, section, count, wrong);
      } else if (before !== count) {
        addAll(wrong, section.handles);
      }
    }
    return wrong;
  }

  /** Asks a part of the handles again, and adds those that are or may be of another section by now. */
  #askAgain(owner: HandleOwner, known: KnownHandles, wrong: Set<KnownHandle>): void {
    const most = known.count <= ASKED_WHOLE ? ASKED_WHOLE : ASKED_OF_MANY;
    const due = new Set([
      ...this.#suspects.flatMap(({ handles }) => [...handles].filter(({ pid }) => pid === owner.pid)),
      ...known.rotate(this.#registry.isWatched(owner.pid) ? most : ASKED_ELSEWHERE),
    ]);
    const process = due.size === 0 ? 0 : owner.open();
    for (const handle of process === 0 ? [] : due) {
      const now = this.#reader.ask(process, handle.handle);
      if (now !== null && bucketOf(now) !== bucketOf(handle.basics)) {
        wrong.add(handle);
      } else if (now !== null && handle.section !== null) {
        this.#compareCount(handle, handle.section, now.handleCount, wrong);
      }
    }
  }

  #compareCount(handle: KnownHandle, section: KnownSection, count: number, wrong: Set<KnownHandle>): void {
    if (count < section.handles.size) {
      // One of them is of another section of the same bytes.
      addAll(wrong, section.handles);
    } else if (count > section.handles.size && count !== section.handleCount) {
      // It may be of another section itself, or others came, of this process or another.
      wrong.add(handle);
    }
    section.handleCount = count;
  }

  /** @returns handles of the process that are to be read anew */
  #forgetWrong(wrong: ReadonlySet<KnownHandle>, pid: number, known: KnownHandles): ReadonlySet<number> {
    const own = [...wrong].filter((handle) => handle.pid === pid);
    for (const handle of own) {
      known.forget(handle);
      this.#registry.reconsider(handle);
    }
    return new Set(own.map(({ handle }) => handle));
  }

  /** Handles of processes that are not watched matter where a watched one may hold the same section. */
  #bucketsOfInterest({ pending }: HeldHandles): readonly string[] {
    if (pending.size === 0) {
      return [];
    }
    const known = new Set([...this.#registry.sections].map(bucketOf));
    return [...pending]
      .filter(([bucket, handles]) => known.has(bucket) || handles.some(({ pid }) => this.#registry.isWatched(pid)))
      .map(([bucket]) => bucket);
  }

  /** One handle of each section of the bucket that is known, and those that were of no interest yet. */
  #holdKnown(bucket: string, owners: readonly HandleOwner[], held: HeldHandles): void {
    const pending = new Set(held.pending.get(bucket));
    const met = new Set<KnownSection>();
    for (const owner of owners) {
      const { pid } = owner;
      for (const known of this.#processes.get(pid)?.known.values() ?? []) {
        const { section } = known;
        if ((section !== null && met.has(section)) || pending.has(known) || bucketOf(known.basics) !== bucket) {
          continue;
        }
        if (held.hold(owner.open(), known) && section !== null) {
          met.add(section);
        }
      }
    }
  }
}

function addAll<Item>(set: Set<Item>, items: Iterable<Item>): void {
  for (const item of items) {
    set.add(item);
  }
}
