/**
 * The lists that `!handle` prints in WinDbg: a block a handle, of lines `  Key  value`. Letter case and the length of
 * handles vary with the version. A log may hold the list several times, and blocks that are cut off.
 */
import { handleText, kindOfAttributes, type RecordedSection } from '../recording.ts';
import { kept } from '../text.ts';
import { hexAt, indentOf, isBlank, isLetter, wordEnd } from './characters.ts';

/** A block as far as it has been read. */
interface Block {
  readonly handle: string;
  readonly line: number;
  type: string | null;
  name: string | null;
  attributes: number | null;
  bytes: number | null;
  /** The key of the last line, whose value may go on in the next one. */
  open: 'name' | 'attributes' | 'bytes' | null;
}

export interface HandleList {
  readonly line: number;
  /** By handle, in the order of the log. */
  readonly sections: Map<string, Omit<RecordedSection, 'created'>>;
  /** What the list itself says at its end: so many sections. */
  stated: number | null;
  /** How many handles of any type have been listed. */
  handles: number;
}

const HANDLE_LINE = /^handle:?\s+(?:0x)?([0-9a-f`]+)\s*$/iu;
const END_OF_LIST = /^\s*(\d+) handles? of type section/iu;
const TABLE_LINE = /^\s*section\s+(\d+)\s*$/iu;
/** Where a long name was wrapped, the rest of it: not a sentence of another command. */
const WRAPPED_NAME = /^[^\s!>]+$/u;
const LEAST_WRAPPED = 30;
/** Names of rights; they begin with any letter. */
const RIGHTS = /^\s+[A-Za-z,]+\s*$/u;
/** The value of a key, alone on its line. */
const VALUE = /^(?:0x)?[0-9a-f`]+$/iu;
/** Lines of a block that say nothing of the section's length or name, where the indent is lost. */
const OTHER_KEY = /^(?:attributes|grantedaccess|handlecount|pointercount|object specific|no object specific)/iu;

export class HandleLists {
  readonly #lists: HandleList[] = [];
  #block: Block | null = null;
  #current: HandleList | null = null;
  /** The handle of the last block. */
  #last = '';
  /** Sections whose block breaks off: for each the line of its handle. */
  readonly cut: number[] = [];

  /** `!handle` was typed: what follows is a list of its own. */
  begin(): void {
    this.end();
    this.#current = null;
  }

  /** @returns whether the line belongs to a list */
  accept(line: string, number: number): boolean {
    const first = line.charCodeAt(0) | 0x20;
    // `Handle` begins a block, and is the only key that stands at the beginning of a line.
    if (first === 0x68) {
      const handle = HANDLE_LINE.exec(line)?.[1];
      if (handle !== undefined) {
        this.#open(handleText(handle), number);
        return true;
      }
    }
    if (this.#block !== null && this.#acceptKey(this.#block, line)) {
      return true;
    }
    return this.#acceptEnd(line, number);
  }

  /** Something else follows. */
  end(): void {
    const block = this.#block;
    this.#block = null;
    if (block?.type?.toLowerCase() !== 'section') {
      return;
    }
    if (block.attributes !== null && block.bytes === null) {
      this.cut.push(block.line);
    }
    const { handle, name, bytes, attributes } = block;
    this.#current?.sections.set(handle, {
      handle,
      process: null,
      kind: attributes === null ? 'unknown' : kindOfAttributes(attributes, name),
      name: name === null ? null : kept(name),
      bytes,
      mappedBytes: null,
      place: `line ${block.line}`,
    });
  }

  /** In the order of the log. */
  lists(): readonly HandleList[] {
    this.end();
    return this.#lists.filter(({ sections, stated }) => sections.size > 0 || stated !== null);
  }

  #open(handle: string, line: number): void {
    this.end();
    // Lists are sorted: what is greater than the handle before cannot have been in the list.
    if (!isGreater(handle, this.#last) && this.#current?.sections.has(handle) === true) {
      this.#current = null;
    }
    this.#last = handle;
    this.#list(line).handles += 1;
    this.#block = { handle, line, type: null, name: null, attributes: null, bytes: null, open: null };
  }

  #list(line: number): HandleList {
    if (this.#current === null) {
      this.#current = { line, sections: new Map(), stated: null, handles: 0 };
      this.#lists.push(this.#current);
    }
    return this.#current;
  }

  /** Logs have a dozen lines for each of thousands of handles: which line it is, its first letters tell. */
  #acceptKey(block: Block, line: string): boolean {
    const at = indentOf(line);
    switch (line.charCodeAt(at) | 0x20) {
      case 0x74: // Type
        if (isBlank(line, at + 4)) {
          block.type = line.slice(at + 4).trim();
          return keyed(block, null);
        }
        break;
      case 0x6e: // Name
        if (isBlank(line, at + 4)) {
          block.name = nameOf(line.slice(at + 4).trim());
          return keyed(block, 'name');
        }
        break;
      case 0x73: // Section base address, Section attributes, Section max size
        if (isBlank(line, at + 7)) {
          return this.#acceptSection(block, line, at + 8);
        }
        break;
      default:
        if ((at > 0 && isLetter(line, at)) || OTHER_KEY.test(line)) {
          return keyed(block, null);
        }
    }
    return acceptRest(block, line);
  }

  #acceptSection(block: Block, line: string, at: number): boolean {
    switch (line.charCodeAt(at) | 0x20) {
      case 0x61: // attributes
        block.attributes = hexAt(line, at + 'attributes'.length);
        return keyed(block, 'attributes');
      case 0x6d: // max size
        block.bytes = hexAt(line, wordEnd(line, indentOf(line, wordEnd(line, at))));
        return keyed(block, 'bytes');
      default:
        return keyed(block, null);
    }
  }

  #acceptEnd(line: string, number: number): boolean {
    const stated = END_OF_LIST.exec(line)?.[1] ?? TABLE_LINE.exec(line)?.[1];
    if (stated === undefined) {
      return false;
    }
    this.end();
    this.#list(number).stated = Number(stated);
    return true;
  }
}

/** Of handles without leading zeros. */
function isGreater(handle: string, other: string): boolean {
  return handle.length > other.length || (handle.length === other.length && handle > other);
}

function keyed(block: Block, open: Block['open']): true {
  block.open = open;
  return true;
}

/** The value of the last key goes on: logs are wrapped where they were pasted into a mail. */
function acceptRest(block: Block, line: string): boolean {
  const text = line.trim();
  if (block.open === 'attributes' && block.attributes === null && VALUE.test(text)) {
    block.attributes = hexAt(text, 0);
    return true;
  }
  if (block.open === 'bytes' && block.bytes === null && VALUE.test(text)) {
    block.bytes = hexAt(text, 0);
    return true;
  }
  if (block.open === 'name' && block.name !== null && block.name.length >= LEAST_WRAPPED && WRAPPED_NAME.test(text)) {
    block.name += text;
    return true;
  }
  return RIGHTS.test(line);
}

function nameOf(value: string): string | null {
  return value === '' || /^<none>$/iu.test(value) ? null : value;
}
