/** The system's table of processes (class 5): names, parents, and what each shows of its memory. Pure: takes bytes. */
import { SYSTEM_PROCESS_INFORMATION, UNICODE_STRING } from '../../../../native/layouts.ts';

export interface ProcessRow {
  readonly pid: number;
  readonly parentPid: number;
  /** The file's name, such as `notepad.exe`; empty for the idle process. */
  readonly name: string;
  /** In units of 100 ns since 1601: with the pid it names a process for good. */
  readonly created: bigint;
  readonly workingSetBytes: number;
  /** 0 where the system does not tell. */
  readonly privateWorkingSetBytes: number;
  readonly privateBytes: number;
}

/** @param address where the buffer lay when the system filled it: names are pointers into it */
export function parseProcesses(buffer: Buffer, address: bigint): ReadonlyMap<number, ProcessRow> {
  const { bytes, offsets } = SYSTEM_PROCESS_INFORMATION;
  const rows = new Map<number, ProcessRow>();
  for (let start = 0; start + bytes <= buffer.length;) {
    const pid = buffer.readUInt32LE(start + offsets.UniqueProcessId);
    rows.set(pid, {
      pid,
      parentPid: buffer.readUInt32LE(start + offsets.InheritedFromUniqueProcessId),
      name: unicodeString(buffer, start + offsets.ImageName, address),
      created: buffer.readBigInt64LE(start + offsets.CreateTime),
      workingSetBytes: whole(buffer, start + offsets.WorkingSetSize),
      privateWorkingSetBytes: whole(buffer, start + offsets.WorkingSetPrivateSize),
      privateBytes: whole(buffer, start + offsets.PrivatePageCount),
    });
    const next = buffer.readUInt32LE(start + offsets.NextEntryOffset);
    if (next === 0) {
      break;
    }
    start += next;
  }
  return rows;
}

/** A UNICODE_STRING whose characters lie in the same buffer. Names may hold anything: what is no character is replaced. */
export function unicodeString(buffer: Buffer, start: number, address: bigint): string {
  const { Length, Buffer: pointer } = UNICODE_STRING.offsets;
  const length = buffer.readUInt16LE(start + Length);
  const begin = Number(BigInt.asIntN(64, buffer.readBigUInt64LE(start + pointer) - address));
  return length === 0 || begin < 0 || begin + length > buffer.length
    ? ''
    : buffer.toString('utf16le', begin, begin + length).toWellFormed();
}

/** All processes that this one has started, and those that these have. */
export function descendants(pid: number, rows: ReadonlyMap<number, ProcessRow>): readonly number[] {
  const found = new Set<number>();
  const waiting = [pid];
  for (let parent = waiting.pop(); parent !== undefined; parent = waiting.pop()) {
    const { created } = rows.get(parent) ?? {};
    for (const row of rows.values()) {
      // A parent's number may belong to another process by now, which is younger.
      if (row.parentPid === parent && created !== undefined && row.created >= created && !found.has(row.pid)) {
        if (row.pid !== pid) {
          found.add(row.pid);
          waiting.push(row.pid);
        }
      }
    }
  }
  return [...found];
}

function whole(buffer: Buffer, offset: number): number {
  return Number(buffer.readBigUInt64LE(offset));
}
