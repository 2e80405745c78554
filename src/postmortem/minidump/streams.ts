/**
 * The frame of a minidump: header and directory (minidumpapiset.h). Addresses in the file are RVAs of 32 bits even where
 * the dump has many gigabytes; only memory is found by 64 bits. Nothing that stands in the file is believed: each
 * length is held against the file's, and a trouble names the offset.
 */
import type { Troubles } from '../recording.ts';
import type { Source } from '../source.ts';

export const STREAM = { threads: 3, modules: 4, system: 7, handles: 12, miscellaneous: 15, memory: 16, operations: 18 };

export interface Stream {
  readonly offset: number;
  /** No longer than the file is. */
  readonly bytes: number;
}

export interface Dump {
  readonly source: Source;
  readonly troubles: Troubles;
  readonly streams: ReadonlyMap<number, Stream>;
}

/** The table of a stream: its entries are `stride` bytes apart. */
export interface Table {
  readonly offset: number;
  readonly stride: number;
  readonly count: number;
}

/** `MDMP` */
export const SIGNATURE = 0x504d_444d;
const HEADER_BYTES = 32;
const ENTRY_BYTES = 12;
const MOST_STREAMS = 4096;
/** A process has at most 16,777,216 handles, and fewer modules, threads and regions. */
const MOST_ENTRIES = 0x100_0000;
const PART_BYTES = 256 * 1024;

export function openDump(source: Source, troubles: Troubles): Dump {
  const streams = new Map<number, Stream>();
  const header = structure(source, 0, HEADER_BYTES);
  if (header === null) {
    troubles.add('header', `The file ends at offset ${hex(source.bytes)}, within the header of the dump.`);
    return { source, troubles, streams };
  }
  const count = header.getUint32(8, true);
  const directory = header.getUint32(12, true);
  for (let index = 0; index < count; index += 1) {
    const offset = directory + index * ENTRY_BYTES;
    const entry = index < MOST_STREAMS ? structure(source, offset, ENTRY_BYTES) : null;
    if (entry === null) {
      troubles.add(
        'directory',
        `The directory at offset ${hex(directory)} says ${count.toLocaleString('en-US')} streams; ${index.toLocaleString('en-US')} of them could be read.`,
      );
      break;
    }
    const type = entry.getUint32(0, true);
    const stream = { bytes: entry.getUint32(4, true), offset: entry.getUint32(8, true) };
    if (type !== 0 && !streams.has(type)) {
      streams.set(type, withinFile(source, type, stream, troubles));
    }
  }
  return { source, troubles, streams };
}

/** The bytes at an offset; null where the file ends before. */
export function structure(source: Source, offset: number, bytes: number): DataView | null {
  const content = source.read(offset, bytes);
  return content.length < bytes ? null : new DataView(content.buffer, content.byteOffset, bytes);
}

/** A table with a header of its own that says how long header and entries are. */
export function describedTable(dump: Dump, name: string, stream: Stream, leastStride: number): Table | null {
  const header = structure(dump.source, stream.offset, 12);
  if (header === null || stream.bytes < 12) {
    dump.troubles.add(name, `The ${name} at offset ${hex(stream.offset)} are cut off.`);
    return null;
  }
  const headerBytes = header.getUint32(0, true);
  const stride = header.getUint32(4, true);
  if (headerBytes < 12 || stride < leastStride || stride > PART_BYTES) {
    dump.troubles.add(
      name,
      `The header of the ${name} at offset ${hex(stream.offset)} says entries of ${stride.toLocaleString('en-US')} bytes after ${headerBytes.toLocaleString('en-US')}; they have ${leastStride} or more. They are left out.`,
    );
    return null;
  }
  return limited(dump, name, stream, headerBytes, stride, header.getUint32(8, true));
}

/** A table that begins with the number of its entries, which have a fixed length. */
export function countedTable(dump: Dump, name: string, stream: Stream, stride: number): Table | null {
  const count = structure(dump.source, stream.offset, 4)?.getUint32(0, true);
  if (count === undefined || stream.bytes < 4) {
    dump.troubles.add(name, `The ${name} at offset ${hex(stream.offset)} are cut off.`);
    return null;
  }
  // Some writers align the first entry to 8 bytes.
  const headerBytes = stream.bytes === 8 + count * stride ? 8 : 4;
  return limited(dump, name, stream, headerBytes, stride, count);
}

/** Reads a table part by part. */
export function eachEntry({ source }: Dump, table: Table, visit: (entry: DataView, offset: number) => void): void {
  const atOnce = Math.max(1, Math.floor(PART_BYTES / table.stride));
  // A copy, for visitors read elsewhere in the file; the same one for all parts.
  const copy = new Uint8Array(Math.min(atOnce, table.count) * table.stride);
  for (let index = 0; index < table.count; index += atOnce) {
    const offset = table.offset + index * table.stride;
    const part = source.read(offset, Math.min(atOnce, table.count - index) * table.stride);
    copy.set(part);
    for (let at = 0; at + table.stride <= part.length; at += table.stride) {
      visit(new DataView(copy.buffer, at, table.stride), offset + at);
    }
  }
}

export function hex(offset: number): string {
  return `0x${offset.toString(16)}`;
}

function limited(
  { source, troubles }: Dump,
  name: string,
  stream: Stream,
  headerBytes: number,
  stride: number,
  count: number,
): Table {
  const offset = stream.offset + headerBytes;
  const room = Math.min(stream.bytes - headerBytes, source.bytes - offset);
  const fitting = Math.min(count, Math.max(0, Math.floor(room / stride)), MOST_ENTRIES);
  if (fitting < count) {
    troubles.add(
      name,
      `The ${name} at offset ${hex(stream.offset)} should be ${count.toLocaleString('en-US')}; ${fitting.toLocaleString('en-US')} of them are in the file.`,
    );
  }
  return { offset, stride, count: fitting };
}

function withinFile(source: Source, type: number, { offset, bytes }: Stream, troubles: Troubles): Stream {
  const left = Math.max(0, source.bytes - offset);
  if (bytes > left) {
    troubles.add(
      'stream',
      `Stream ${type} at offset ${hex(offset)} has ${bytes.toLocaleString('en-US')} bytes, of which ${left.toLocaleString('en-US')} are in the file: the dump is cut off.`,
    );
  }
  return { offset, bytes: Math.min(bytes, left) };
}
