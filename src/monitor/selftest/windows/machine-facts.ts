/** Figures of the whole machine: lists of memory, performance counters, page files, disks. */
import {
  type Layout,
  PERFORMANCE_INFORMATION,
  SYSTEM_MEMORY_LIST_INFORMATION,
  SYSTEM_PAGEFILE_INFORMATION,
  SYSTEM_PROCESS_INFORMATION,
} from '../../../../native/layouts.ts';
import {
  SystemMemoryListInformation,
  SystemPageFileInformation,
  SystemProcessInformation,
} from '../../../../native/ntdll.ts';
import type { FactSheet, Finding } from '../fact.ts';
import { hexadecimal, type KnownProcess } from './known-process.ts';

/** Told by their English names on every Windows. */
const COUNTERS: readonly (readonly [id: string, path: string])[] = [
  ['modified', String.raw`\Memory\Modified Page List Bytes`],
  ['standby-core', String.raw`\Memory\Standby Cache Core Bytes`],
  ['standby-normal', String.raw`\Memory\Standby Cache Normal Priority Bytes`],
  ['standby-reserve', String.raw`\Memory\Standby Cache Reserve Bytes`],
  ['free', String.raw`\Memory\Free & Zero Page List Bytes`],
  ['pages-output', String.raw`\Memory\Pages Output/sec`],
  ['page-writes', String.raw`\Memory\Page Writes/sec`],
  ['committed', String.raw`\Memory\Committed Bytes`],
  ['page-file', String.raw`\Paging File(_Total)\% Usage`],
  ['disk-write', String.raw`\PhysicalDisk(_Total)\Disk Write Bytes/sec`],
  ['disk-latency', String.raw`\PhysicalDisk(_Total)\Avg. Disk sec/Write`],
  ['gpu-shared', String.raw`\GPU Adapter Memory(*)\Shared Usage`],
  ['gpu-dedicated', String.raw`\GPU Adapter Memory(*)\Dedicated Usage`],
];

const PROCESSES_BYTES = 4 << 20;
const PAGE_FILES_BYTES = 4096;
const COMPRESSION_NAMES: readonly string[] = ['Memory Compression', 'MemCompression'];

export function checkMachine(sheet: FactSheet, known: KnownProcess): void {
  const { ntdll, kernel32 } = known.api;
  const system = (informationClass: number, bytes: number): Buffer | Finding => {
    const buffer = Buffer.alloc(bytes);
    const needed = Buffer.alloc(4);
    const status = ntdll.querySystem(informationClass, buffer, bytes, needed);
    return status === 0 ? buffer : { missing: `status ${hexadecimal(status)}` };
  };
  sheet.check('memory.lists', 'class 80 tells the lists of pages', () => {
    const answer = system(SystemMemoryListInformation, SYSTEM_MEMORY_LIST_INFORMATION.bytes);
    return Buffer.isBuffer(answer)
      ? pages(sheet, 'NtQuerySystemInformation(80)', answer, SYSTEM_MEMORY_LIST_INFORMATION, 'ModifiedPageCount')
      : answer;
  });
  sheet.check('memory.commit', 'GetPerformanceInfo tells commit and its limit', () => {
    const buffer = Buffer.alloc(PERFORMANCE_INFORMATION.bytes);
    return kernel32.performanceInformation(buffer)
      ? pages(sheet, 'GetPerformanceInfo', buffer, PERFORMANCE_INFORMATION, 'CommitTotal')
      : { missing: `error ${kernel32.lastError()}` };
  });
  sheet.check('memory.page-files', 'class 18 tells the page files', () => {
    const answer = system(SystemPageFileInformation, PAGE_FILES_BYTES);
    if (!Buffer.isBuffer(answer)) {
      return answer;
    }
    // Behind the first entry stand their paths.
    const entry = answer.subarray(0, SYSTEM_PAGEFILE_INFORMATION.bytes);
    sheet.record('NtQuerySystemInformation(18)', {}, entry);
    return { holds: `the first one has ${entry.readUInt32LE(SYSTEM_PAGEFILE_INFORMATION.offsets.TotalSize)} pages` };
  });
  checkProcesses(sheet, known, system(SystemProcessInformation, PROCESSES_BYTES));
  checkCounters(sheet, known);
}

function pages(sheet: FactSheet, call: string, answer: Buffer, { offsets }: Layout, name: string): Finding {
  sheet.record(call, {}, answer);
  return { holds: `${name} ${answer.readBigUInt64LE(offsets[name])}` };
}

function checkProcesses(sheet: FactSheet, { pid }: KnownProcess, answer: Buffer | Finding): void {
  const names = Buffer.isBuffer(answer) ? processNames(answer) : new Map<number, string>();
  sheet.check('processes', 'class 5 lists the processes', () => {
    if (!Buffer.isBuffer(answer)) {
      return answer;
    }
    const seen = `${names.size} processes`;
    return names.has(pid) ? { holds: seen } : { differs: `${seen}, without the one that we have started` };
  });
  sheet.check('memory.compression', 'the compressed store is a process', () => {
    const name = [...names.values()].find((text) => COMPRESSION_NAMES.includes(text));
    return name === undefined ? { missing: 'there is none (memory compression is off)' } : { holds: name };
  });
}

/** The names lie in the same buffer, behind each entry's threads. */
function processNames(answer: Buffer): ReadonlyMap<number, string> {
  const { NextEntryOffset, UniqueProcessId } = SYSTEM_PROCESS_INFORMATION.offsets;
  const names = new Map<number, string>();
  for (let entry = 0, next = -1; next !== 0; entry += next) {
    next = answer.readUInt32LE(entry + NextEntryOffset);
    const end = next === 0 ? answer.length : entry + next;
    names.set(Number(answer.readBigUInt64LE(entry + UniqueProcessId)), nameIn(answer.subarray(entry, end)));
  }
  return names;
}

function nameIn(entry: Buffer): string {
  const { ImageName } = SYSTEM_PROCESS_INFORMATION.offsets;
  const bytes = entry.readUInt16LE(ImageName);
  const text = entry.toString('utf16le', SYSTEM_PROCESS_INFORMATION.bytes);
  // Windows puts it last; it is found by its length and what stands before its closing zero.
  const parts = text.split('\0').filter((part) => part.length * 2 === bytes);
  return parts.at(-1) ?? '';
}

function checkCounters(sheet: FactSheet, { api }: KnownProcess): void {
  const query = api.pdh?.openQuery();
  for (const [id, path] of COUNTERS) {
    sheet.check(`counters.${id}`, `the counter ${path} is there`, () => {
      if (query === undefined || 'status' in query) {
        return { missing: query === undefined ? 'pdh.dll does not load' : `status ${hexadecimal(query.status)}` };
      }
      const counter = query.add(path);
      if (typeof counter !== 'number') {
        return { missing: `status ${hexadecimal(counter.status)}` };
      }
      query.collect();
      query.collect();
      const value = path.includes('*') ? query.sum(counter) : query.value(counter);
      if (typeof value !== 'number') {
        return { missing: `no value, status ${hexadecimal(value.status)}` };
      }
      sheet.record(`PDH ${path}`, { value }, Buffer.alloc(0));
      return { holds: String(value) };
    });
  }
}
