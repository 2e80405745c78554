/**
 * What a file says of sections after the fact: one shape for dumps, logs, traces and listings, whoever wrote them. What a
 * file does not tell is null, and never a zero.
 */
import type { SectionKind } from '../monitor/section.ts';

/** `unknown`: the file does not tell what backs the section. */
export type RecordedKind = SectionKind | 'unknown';

export interface Frame {
  /** As the file writes it: `KERNELBASE!CreateFileMappingW+0x14`, `Cache.Fill(Int64)`, `app.exe+0x1a2b`. */
  readonly text: string;
  /** Where the file tells the source: its path and line, from 1. */
  readonly source: { readonly file: string; readonly line: number } | null;
}

/** The innermost frame first. */
export type Stack = readonly Frame[];

export interface RecordedSection {
  /** `0x1a4`, without leading zeros; null where a listing has none. */
  readonly handle: string | null;
  /** As the file tells it: `PageFileAllocator.exe (4711)`; null where the file is of one process only. */
  readonly process: string | null;
  readonly kind: RecordedKind;
  readonly name: string | null;
  /** The length it was made with. */
  readonly bytes: number | null;
  /** Bytes that views cover, where the file tells which views are of which section. */
  readonly mappedBytes: number | null;
  /** Empty where it is not known; several where it was one of these. */
  readonly created: readonly Stack[];
  /** Where in the file it stands: `line 12`, `offset 0x1a40`. */
  readonly place: string;
}

/** A stack that was seen several times. */
export interface SeenStack {
  readonly stack: Stack;
  readonly times: number;
}

export interface Recording {
  /** What kind of file it was taken for: `minidump`, `WinDbg log`. */
  readonly format: string;
  /** The number of the process, where the file is of one and tells it. */
  readonly pid: number | null;
  /** What else the file tells, in words: system, modules, threads. */
  readonly facts: readonly string[];
  /** Whether the file lists sections at all: if it does not, none in it is no zero. */
  readonly lists: boolean;
  readonly sections: readonly RecordedSection[];
  /** Where the file only counts sections: how many. */
  readonly counted: number | null;
  /** The most bytes of sections that views of the process can cover; null where the file does not list views. */
  readonly viewBytes: number | null;
  /** Stacks that unmapped views. */
  readonly unmapped: readonly SeenStack[];
  /** The sum that another program wrote into the file (mex's `!sum`). */
  readonly statedBytes: number | null;
  /** Where the file lists the process several times: what was in the first list. */
  readonly earlier: readonly RecordedSection[] | null;
  /** What could not be read, each with its place in the file. */
  readonly troubles: readonly string[];
  /** What to do to learn more than this file tells. */
  readonly remedies: readonly string[];
}

/** A recording that tells nothing yet: a reader says what it knows. */
export const NOTHING_TOLD = {
  pid: null,
  facts: [],
  lists: true,
  sections: [],
  counted: null,
  viewBytes: null,
  unmapped: [],
  statedBytes: null,
  earlier: null,
  troubles: [],
  remedies: [],
} satisfies Omit<Recording, 'format'>;

/** Allocation attributes of a section object, by winnt.h: which kind it is. */
export function kindOfAttributes(attributes: number, name: string | null): RecordedKind {
  if ((attributes & 0x100_0000) !== 0) {
    return 'image';
  }
  if ((attributes & 0x80_0000) !== 0) {
    return 'file';
  }
  if ((attributes & 0x8000_0000) !== 0) {
    return 'large-pages';
  }
  if ((attributes & 0x400_0000) !== 0) {
    return 'reserve';
  }
  return (attributes & 0x800_0000) === 0 ? 'unknown' : name === null ? 'page-file' : 'named';
}

const LEADING = /^(?:0x)?0*(.*)$/iu;

/** `0x1a4` of what a file writes as `00000000000001A4`, `0x1A4` or 0000`000001a4. */
export function handleText(digits: string): string {
  const whole = digits.includes('`') ? digits.replaceAll('`', '') : digits;
  const plain = LEADING.exec(whole)?.[1] ?? whole;
  return `0x${plain === '' ? '0' : plain.toLowerCase()}`;
}

/** A length of 64 bits. None is longer than the address space of a process, 2 to the 47th. */
export function lengthOf(bytes: bigint): number | null {
  return bytes >= 0n && bytes <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(bytes) : null;
}

/** `1 thread`, `1,024 threads`. */
export function countedWords(count: number, one: string, several = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : several}`;
}

/** Gathers sentences; of those that are many of a kind the first, and how many more there were. */
export class Troubles {
  readonly #kinds = new Map<string, { readonly first: string; times: number }>();

  /** @param kind what the sentences of one kind have in common */
  add(kind: string, sentence: string): void {
    const known = this.#kinds.get(kind);
    if (known === undefined) {
      this.#kinds.set(kind, { first: sentence, times: 1 });
    } else {
      known.times += 1;
    }
  }

  sentences(): readonly string[] {
    return [...this.#kinds.values()].map(({ first, times }) =>
      times === 1 ? first : `${first} (and ${(times - 1).toLocaleString('en-US')} more of this kind)`,
    );
  }
}
