/**
 * Asks one section handle of another process what it is of: through a duplicate that may be asked and nothing else, and
 * that the caller closes. A duplicate keeps the section alive, so that none is kept beyond a look.
 */
import { SECTION_QUERY } from '../../../../native/kernel32.ts';
import { OBJECT_BASIC_INFORMATION, SECTION_BASIC_INFORMATION, UNICODE_STRING } from '../../../../native/layouts.ts';
import {
  ObjectBasicInformation,
  ObjectNameInformation,
  SectionBasicInformation,
  STATUS_SUCCESS,
} from '../../../../native/ntdll.ts';
import type { WindowsApi } from '../../../../native/windows.ts';
import { GrowingQuery, isFailure } from './query.ts';

export interface SectionBasics {
  readonly bytes: number;
  readonly attributes: number;
}

/** What asks handles, of the system or of a model of it. */
export type HandleAsker = Pick<
  SectionReader,
  'duplicate' | 'close' | 'ask' | 'basics' | 'handleCount' | 'name' | 'same'
>;

const NAME_BYTES = 1024;
/** Behind the UNICODE_STRING. */
const NAME_START = UNICODE_STRING.bytes;

export class SectionReader {
  readonly #api: WindowsApi;
  readonly #section = Buffer.alloc(SECTION_BASIC_INFORMATION.bytes);
  readonly #object = Buffer.alloc(OBJECT_BASIC_INFORMATION.bytes);
  readonly #names = new GrowingQuery(NAME_BYTES);

  constructor(api: WindowsApi) {
    this.#api = api;
  }

  /** @returns a handle of ours for the caller to close; 0 where it is gone or refused */
  duplicate(process: number, handle: number): number {
    return this.#api.kernel32.duplicate(process, handle, SECTION_QUERY);
  }

  close(duplicate: number): void {
    this.#api.kernel32.close(duplicate);
  }

  /** What a handle is of now; null where it is gone, refused or of something else. */
  ask(process: number, handle: number): (SectionBasics & { readonly handleCount: number }) | null {
    const duplicate = this.duplicate(process, handle);
    if (duplicate === 0) {
      return null;
    }
    try {
      const basics = this.basics(duplicate);
      return basics === null ? null : { ...basics, handleCount: this.handleCount(duplicate) - 1 };
    } finally {
      this.close(duplicate);
    }
  }

  /** Null for what is no section (any more). */
  basics(duplicate: number): SectionBasics | null {
    const { bytes, offsets } = SECTION_BASIC_INFORMATION;
    const status = this.#api.ntdll.querySection(duplicate, SectionBasicInformation, this.#section, bytes, null);
    return status === STATUS_SUCCESS
      ? {
          bytes:
            this.#section.readUInt32LE(offsets.MaximumSize) +
            this.#section.readUInt32LE(offsets.MaximumSize + 4) * 2 ** 32,
          attributes: this.#section.readUInt32LE(offsets.AllocationAttributes),
        }
      : null;
  }

  /** How many handles the object has in all processes, the duplicate among them. */
  handleCount(duplicate: number): number {
    const { bytes, offsets } = OBJECT_BASIC_INFORMATION;
    const status = this.#api.ntdll.queryObject(duplicate, ObjectBasicInformation, this.#object, bytes, null);
    return status === STATUS_SUCCESS ? this.#object.readUInt32LE(offsets.HandleCount) : 0;
  }

  /** The path in the object namespace; empty where it has none. */
  name(duplicate: number): string {
    const buffer = this.#names.object(this.#api.ntdll, duplicate, ObjectNameInformation);
    return isFailure(buffer) ? '' : parseObjectName(buffer);
  }

  same(first: number, second: number): boolean {
    return this.#api.ntdll.compareObjects(first, second) === STATUS_SUCCESS;
  }
}

/** OBJECT_NAME_INFORMATION: the characters follow the string's header. */
export function parseObjectName(buffer: Buffer): string {
  const length = buffer.length < NAME_START ? 0 : buffer.readUInt16LE(UNICODE_STRING.offsets.Length);
  const end = Math.min(buffer.length, NAME_START + length);
  return end <= NAME_START ? '' : buffer.toString('utf16le', NAME_START, end).toWellFormed();
}
