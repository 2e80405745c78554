/**
 * A file that is read by parts. Dumps have many gigabytes, and what they say of sections is a few kilobytes of that: small
 * reads are served from the pages that were read last, so that a reader can follow addresses as it likes.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

export interface Source {
  readonly bytes: number;
  /** Fewer bytes than asked for where the file ends; the bytes are valid until the next read. */
  read(offset: number, length: number): Uint8Array;
}

export interface OpenSource extends Source, Disposable {}

const PAGE_BYTES = 16 * 1024;
const MOST_PAGES = 256;

/** @returns why it cannot be read, as a sentence that says what to do, where it cannot */
export function openSource(path: string): OpenSource | { readonly refusal: string } {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (error) {
    return { refusal: refusalOf(path, error) };
  }
  try {
    const status = fstatSync(descriptor);
    if (status.isFile()) {
      return fileSource(descriptor, status.size);
    }
    closeSync(descriptor);
    return { refusal: `${path} is ${status.isDirectory() ? 'a folder' : 'no file'}: name a dump, a log or a listing.` };
  } catch (error) {
    closeSync(descriptor);
    return { refusal: refusalOf(path, error) };
  }
}

/** Bytes that are in memory already. */
export function memorySource(content: Uint8Array): Source {
  return { bytes: content.length, read: (offset, length) => content.subarray(offset, offset + length) };
}

function fileSource(descriptor: number, bytes: number): OpenSource {
  const pages = new Map<number, Uint8Array>();
  let large = new Uint8Array(0);

  function fill(buffer: Uint8Array, offset: number, length: number): Uint8Array {
    const wanted = Math.max(0, Math.min(length, bytes - offset));
    let filled = 0;
    while (filled < wanted) {
      const got = readSync(descriptor, buffer, filled, wanted - filled, offset + filled);
      if (got === 0) {
        break;
      }
      filled += got;
    }
    return buffer.subarray(0, filled);
  }

  function page(number: number): Uint8Array {
    const content = pages.get(number) ?? fill(new Uint8Array(PAGE_BYTES), number * PAGE_BYTES, PAGE_BYTES);
    // The page that was used last stands last.
    pages.delete(number);
    pages.set(number, content);
    if (pages.size > MOST_PAGES) {
      const [oldest] = pages.keys();
      pages.delete(oldest ?? number);
    }
    return content;
  }

  return {
    bytes,
    read(offset, length) {
      const number = Math.floor(offset / PAGE_BYTES);
      const start = offset - number * PAGE_BYTES;
      if (start + length <= PAGE_BYTES) {
        return page(number).subarray(start, start + length);
      }
      // One buffer for all large reads: a new one for each would be gigabytes before any of them is collected.
      large = large.length < length ? new Uint8Array(length) : large;
      return fill(large, offset, length);
    },
    [Symbol.dispose]: () => {
      closeSync(descriptor);
    },
  };
}

function refusalOf(path: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  switch (code) {
    case 'ENOENT':
      return `${path} does not exist: check the path.`;
    case 'EACCES':
    case 'EPERM':
      return `${path} may not be read: ask its owner, or copy it.`;
    default:
      return `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
  }
}
