/**
 * Runs in Windows Node: one look at a process with what this system answers, and others where the answers that Wine does
 * not give are constructed from the documentation and from what Wine tells in another way. They show that the monitor
 * reads such answers, not that Windows gives them: that tells `section-leaks selftest` on a real Windows.
 */
import { SECTION_QUERY } from '../../../native/kernel32.ts';
import {
  OBJECT_BASIC_INFORMATION,
  PROCESS_HANDLE_SNAPSHOT_INFORMATION,
  PROCESS_HANDLE_TABLE_ENTRY_INFO,
  SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX,
  SYSTEM_MEMORY_LIST_INFORMATION,
  SYSTEM_PAGEFILE_INFORMATION,
} from '../../../native/layouts.ts';
import {
  ObjectBasicInformation,
  ProcessHandleInformation,
  STATUS_INFO_LENGTH_MISMATCH,
  STATUS_SUCCESS,
  SystemMemoryListInformation,
  SystemPageFileInformation,
} from '../../../native/ntdll.ts';
import type { Pdh } from '../../../native/pdh.ts';
import { loadWindows, type WindowsApi } from '../../../native/windows.ts';
import type { SectionObservation } from '../../../src/monitor/platforms/platform.ts';
import { createWindowsPlatform } from '../../../src/monitor/platforms/windows/platform.ts';
import type { MemoryLists } from '../../../src/monitor/section.ts';
import { systemEntries } from '../../../src/monitor/selftest/windows/handle-facts.ts';

export interface Look {
  readonly sections: readonly SectionObservation[];
  readonly memory: MemoryLists;
}

export interface ConstructedLooks {
  readonly plain: Look;
  /** With handles by class 51, and memory lists by class 80. */
  readonly classes: Look;
  /** With memory lists by performance counters alone. */
  readonly counters: Look;
}

/** Pages, in the order of the structure. */
const MEMORY_LISTS = [1, 2, 1000, 3, 0, 0, 0, 0, 0, 0, 500, 100, 50, 0, 0, 0, 0, 0, 0, 0, 0, 700];
const COUNTED_BYTES = 5 * 1024 * 1024;

const [pid = 0] = process.argv.slice(2).map(Number);

void main();

async function main(): Promise<void> {
  const api = await loadWindows();
  if ('reason' in api) {
    throw new Error(api.reason);
  }
  const looks: ConstructedLooks = {
    plain: look(api),
    classes: look(withClasses(api)),
    counters: look({ ...api, pdh: constructedCounters }),
  };
  process.stdout.write(JSON.stringify(looks));
}

function look(api: WindowsApi): Look {
  const platform = createWindowsPlatform(api);
  const target = 'refusal' in platform ? platform : platform.open(pid);
  const snapshot = 'refusal' in target ? target : target.look();
  if ('refusal' in snapshot) {
    throw new Error(snapshot.refusal);
  }
  return { sections: snapshot.sections, memory: snapshot.memory };
}

function withClasses(api: WindowsApi): WindowsApi {
  const { ntdll, kernel32 } = api;
  const pids = new Map<number, number>([[-1, process.pid]]);
  return {
    ...api,
    kernel32: {
      ...kernel32,
      openProcess: (access, id) => {
        const opened = kernel32.openProcess(access, id);
        pids.set(opened, id);
        return opened;
      },
    },
    ntdll: {
      ...ntdll,
      queryProcess: (handle, informationClass, buffer, bytes, needed) =>
        informationClass === ProcessHandleInformation
          ? answer(handlesOf(api, handle, pids.get(handle) ?? 0), buffer, needed)
          : ntdll.queryProcess(handle, informationClass, buffer, bytes, needed),
      querySystem: (informationClass, buffer, bytes, needed) => {
        switch (informationClass) {
          case SystemMemoryListInformation:
            return answer(memoryLists(), buffer, needed);
          case SystemPageFileInformation:
            return answer(pageFile(), buffer, needed);
          default:
            return ntdll.querySystem(informationClass, buffer, bytes, needed);
        }
      },
    },
  };
}

function answer(table: Buffer, buffer: Buffer, needed: Buffer): number {
  needed.writeUInt32LE(table.length);
  if (buffer.length < table.length) {
    return STATUS_INFO_LENGTH_MISMATCH;
  }
  table.copy(buffer);
  return STATUS_SUCCESS;
}

/** Class 51 of a process, from what class 64 and the handles themselves tell. */
function handlesOf(api: WindowsApi, process: number, owner: number): Buffer {
  const all = systemEntries(api.ntdll);
  const { offsets: from } = SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX;
  const entries =
    typeof all === 'string' ? [] : all.filter((entry) => Number(entry.readBigUInt64LE(from.UniqueProcessId)) === owner);
  const header = Buffer.alloc(PROCESS_HANDLE_SNAPSHOT_INFORMATION.offsets.Handles);
  header.writeBigUInt64LE(BigInt(entries.length));
  return Buffer.concat([
    header,
    ...entries.map((entry) => {
      const { bytes, offsets } = PROCESS_HANDLE_TABLE_ENTRY_INFO;
      const made = Buffer.alloc(bytes);
      const handle = entry.readBigUInt64LE(from.HandleValue);
      made.writeBigUInt64LE(handle, offsets.HandleValue);
      made.writeBigUInt64LE(BigInt(countOf(api, process, Number(handle))), offsets.HandleCount);
      made.writeUInt32LE(entry.readUInt32LE(from.GrantedAccess), offsets.GrantedAccess);
      made.writeUInt32LE(entry.readUInt16LE(from.ObjectTypeIndex), offsets.ObjectTypeIndex);
      made.writeUInt32LE(entry.readUInt32LE(from.HandleAttributes), offsets.HandleAttributes);
      return made;
    }),
  ]);
}

/** Without the handle that is made for the question. */
function countOf({ kernel32, ntdll }: WindowsApi, process: number, handle: number): number {
  const copy = kernel32.duplicate(process, handle, SECTION_QUERY);
  if (copy === 0) {
    return 1;
  }
  const basic = Buffer.alloc(OBJECT_BASIC_INFORMATION.bytes);
  ntdll.queryObject(copy, ObjectBasicInformation, basic, basic.length, null);
  kernel32.close(copy);
  return basic.readUInt32LE(OBJECT_BASIC_INFORMATION.offsets.HandleCount) - 1;
}

function memoryLists(): Buffer {
  const table = Buffer.alloc(SYSTEM_MEMORY_LIST_INFORMATION.bytes);
  for (const [index, pages] of MEMORY_LISTS.entries()) {
    table.writeBigUInt64LE(BigInt(pages), index * 8);
  }
  return table;
}

function pageFile(): Buffer {
  const { bytes, offsets } = SYSTEM_PAGEFILE_INFORMATION;
  const table = Buffer.alloc(bytes);
  table.writeUInt32LE(4096, offsets.TotalSize);
  table.writeUInt32LE(256, offsets.TotalInUse);
  return table;
}

const constructedCounters: Pdh = {
  openQuery: () => ({
    add: () => 1,
    collect: () => 0,
    value: () => COUNTED_BYTES,
    sum: () => COUNTED_BYTES,
  }),
};
