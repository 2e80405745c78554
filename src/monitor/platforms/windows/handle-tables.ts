/**
 * The section handles in a handle table, as the system gives it: class 64 for the whole system, class 51 for one process.
 * Pure: takes bytes. Tables of 100,000 entries are read once a second, so that columns are filled instead of objects made.
 */
import {
  PROCESS_HANDLE_SNAPSHOT_INFORMATION,
  PROCESS_HANDLE_TABLE_ENTRY_INFO,
  SYSTEM_HANDLE_INFORMATION_EX,
  SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX,
} from '../../../../native/layouts.ts';

/** One process's section handles, in columns. */
export interface SectionHandles {
  readonly handles: number[];
  readonly access: number[];
  readonly attributes: number[];
  /** The object's address, as far as it differs between objects; 0 where the system hides it. */
  readonly objects: number[];
  /** How many handles the object has in all processes; 0 where the table does not tell. */
  readonly handleCounts: number[];
}

export function emptySectionHandles(): SectionHandles {
  return { handles: [], access: [], attributes: [], objects: [], handleCounts: [] };
}

const WORD = 4;

class EntryTable {
  readonly words: Uint32Array;
  /** Of an entry. */
  readonly stride: number;
  readonly first: number;
  readonly end: number;

  /** @param bytes from the beginning of its memory, whole words: buffers of the reader's own are */
  constructor(buffer: Buffer, countAt: number, entriesAt: number, entryBytes: number) {
    const aligned = buffer.byteOffset % WORD === 0 ? buffer : Buffer.from(new Uint8Array(buffer).buffer);
    this.words = new Uint32Array(aligned.buffer, aligned.byteOffset, Math.floor(aligned.length / WORD));
    this.stride = entryBytes / WORD;
    this.first = entriesAt / WORD;
    const held = Math.max(0, Math.floor((this.words.length - this.first) / this.stride));
    const count = (this.words[countAt / WORD + 1] ?? 0) === 0 ? (this.words[countAt / WORD] ?? 0) : held;
    this.end = this.first + Math.min(count, held) * this.stride;
  }
}

/** A part of the table of class 64 that is of one process, in bytes. */
export interface HandleRun {
  readonly pid: number;
  readonly start: number;
  readonly end: number;
}

/** Class 64: by process, in the table's order. */
export function handleRuns(buffer: Buffer): readonly HandleRun[] {
  const { offsets } = SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX;
  const { words, stride, first, end } = systemTable(buffer);
  const runs: HandleRun[] = [];
  let begun = first;
  for (let entry = first; entry < end; entry += stride) {
    const pid = at(words, entry, offsets.UniqueProcessId);
    if (entry + stride >= end || at(words, entry + stride, offsets.UniqueProcessId) !== pid) {
      runs.push({ pid, start: begun * WORD, end: (entry + stride) * WORD });
      begun = entry + stride;
    }
  }
  return runs;
}

/** The section handles in a part of the table of class 64. */
export function sectionHandlesIn(buffer: Buffer, start: number, end: number, typeIndex: number): SectionHandles {
  const { offsets } = SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX;
  const { words, stride } = systemTable(buffer);
  const columns = emptySectionHandles();
  for (let entry = start / WORD; entry < end / WORD; entry += stride) {
    if (at(words, entry, offsets.ObjectTypeIndex) >>> 16 === typeIndex) {
      columns.handles.push(at(words, entry, offsets.HandleValue));
      columns.access.push(at(words, entry, offsets.GrantedAccess));
      columns.attributes.push(at(words, entry, offsets.HandleAttributes));
      // Addresses of the kernel begin with 16 bits of ones: the rest is a whole number that is exact.
      const high = at(words, entry, offsets.Object + WORD) & 0xffff;
      columns.objects.push(high * 2 ** 32 + at(words, entry, offsets.Object));
      columns.handleCounts.push(0);
    }
  }
  return columns;
}

/** Class 51. */
export function processSectionHandles(buffer: Buffer, typeIndex: number): SectionHandles {
  const { offsets } = PROCESS_HANDLE_TABLE_ENTRY_INFO;
  const { words, stride, first, end } = processTable(buffer);
  const columns = emptySectionHandles();
  for (let entry = first; entry < end; entry += stride) {
    if (at(words, entry, offsets.ObjectTypeIndex) === typeIndex) {
      columns.handles.push(at(words, entry, offsets.HandleValue));
      columns.access.push(at(words, entry, offsets.GrantedAccess));
      columns.attributes.push(at(words, entry, offsets.HandleAttributes));
      columns.objects.push(0);
      columns.handleCounts.push(at(words, entry, offsets.HandleCount));
    }
  }
  return columns;
}

/** The type of a handle in class 64, to learn what number sections have by one of our own; null where it is not there. */
export function typeIndexInSystem(buffer: Buffer, pid: number, handle: number): number | null {
  const { offsets } = SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX;
  const { words, stride, first, end } = systemTable(buffer);
  for (let entry = first; entry < end; entry += stride) {
    if (at(words, entry, offsets.HandleValue) === handle && at(words, entry, offsets.UniqueProcessId) === pid) {
      return at(words, entry, offsets.ObjectTypeIndex) >>> 16;
    }
  }
  return null;
}

/** The same in class 51. */
export function typeIndexInProcess(buffer: Buffer, handle: number): number | null {
  const { offsets } = PROCESS_HANDLE_TABLE_ENTRY_INFO;
  const { words, stride, first, end } = processTable(buffer);
  for (let entry = first; entry < end; entry += stride) {
    if (at(words, entry, offsets.HandleValue) === handle) {
      return at(words, entry, offsets.ObjectTypeIndex);
    }
  }
  return null;
}

function systemTable(buffer: Buffer): EntryTable {
  const { NumberOfHandles, Handles } = SYSTEM_HANDLE_INFORMATION_EX.offsets;
  return new EntryTable(buffer, NumberOfHandles, Handles, SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX.bytes);
}

function processTable(buffer: Buffer): EntryTable {
  const { NumberOfHandles, Handles } = PROCESS_HANDLE_SNAPSHOT_INFORMATION.offsets;
  return new EntryTable(buffer, NumberOfHandles, Handles, PROCESS_HANDLE_TABLE_ENTRY_INFO.bytes);
}

/** The word in which a field begins; handles, pids and counts of 8 bytes never need the upper half. */
function at(words: Uint32Array, entry: number, offset: number): number {
  return words[entry + (offset >>> 2)] ?? 0;
}
