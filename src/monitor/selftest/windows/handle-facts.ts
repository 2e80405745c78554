/** The tables of handles: of one process, and of all. */
import {
  type Layout,
  PROCESS_HANDLE_SNAPSHOT_INFORMATION,
  PROCESS_HANDLE_TABLE_ENTRY_INFO,
  SYSTEM_HANDLE_INFORMATION_EX,
  SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX,
} from '../../../../native/layouts.ts';
import {
  type Ntdll,
  ProcessHandleInformation,
  STATUS_BUFFER_TOO_SMALL,
  STATUS_INFO_LENGTH_MISMATCH,
  SystemExtendedHandleInformation,
} from '../../../../native/ntdll.ts';
import { expecting, type FactSheet, type Finding } from '../fact.ts';
import { hexadecimal, type KnownProcess } from './known-process.ts';

const FIRST_BYTES = 1 << 20;
const SPARE_BYTES = 1 << 16;
const ENTRY_BYTES = SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX.bytes;

export function checkHandles(sheet: FactSheet, known: KnownProcess): void {
  const { ntdll } = known.api;
  sheet.check('handles.process', 'class 51 lists the handles of one process', () =>
    processHandles(sheet, known, (buffer, needed) =>
      ntdll.queryProcess(known.process, ProcessHandleInformation, buffer, buffer.length, needed),
    ),
  );
  const entries = systemEntries(ntdll);
  sheet.check('handles.system', 'class 64 lists the handles of all processes', () => {
    if (typeof entries === 'string') {
      return { missing: entries };
    }
    const ours = ownEntries(entries, known);
    const about = { pid: known.pid, handles: JSON.stringify(known.sections) };
    sheet.record('NtQuerySystemInformation(64)', about, tableOf(ours));
    const handles = ours.map((entry) => fieldOf(entry, SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX, 'HandleValue'));
    return allAmong(known, handles, `${entries.length} handles of all processes`);
  });
  if (typeof entries !== 'string') {
    checkEntries(sheet, known, ownEntries(entries, known));
  }
}

function checkEntries(sheet: FactSheet, known: KnownProcess, ours: readonly Buffer[]): void {
  const handles = new Set(known.sections.map(({ handle }) => handle));
  const sections = ours.filter((entry) =>
    handles.has(fieldOf(entry, SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX, 'HandleValue')),
  );
  sheet.check('handles.type', 'all sections have the type number that a section of our own has', () => {
    const types = new Set(
      sections.map((entry) => entry.readUInt16LE(SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX.offsets.ObjectTypeIndex)),
    );
    return expecting('1 type', `${types.size} type${types.size === 1 ? '' : 's'}`);
  });
  sheet.check('handles.object', 'the table names the object of each handle', () => {
    const { Object: offset } = SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX.offsets;
    return sections.some((entry) => entry.readBigUInt64LE(offset) !== 0n)
      ? { holds: 'it does' }
      : { missing: 'all are 0: objects are compared by NtCompareObjects' };
  });
}

type Query = (buffer: Buffer, needed: Buffer) => number;

function processHandles(sheet: FactSheet, known: KnownProcess, query: Query): Finding {
  const answer = growing(query);
  if (typeof answer === 'string') {
    return { missing: answer };
  }
  sheet.record('NtQueryInformationProcess(51)', { handles: JSON.stringify(known.sections) }, answer);
  const { NumberOfHandles, Handles } = PROCESS_HANDLE_SNAPSHOT_INFORMATION.offsets;
  const count = Number(answer.readBigUInt64LE(NumberOfHandles));
  const handles = Array.from({ length: count }, (_, index) =>
    fieldOf(
      answer.subarray(Handles + index * PROCESS_HANDLE_TABLE_ENTRY_INFO.bytes),
      PROCESS_HANDLE_TABLE_ENTRY_INFO,
      'HandleValue',
    ),
  );
  return allAmong(known, handles, `${count} handles of the process`);
}

function allAmong(known: KnownProcess, handles: readonly number[], seen: string): Finding {
  const lost = known.sections.filter(({ handle }) => !handles.includes(handle));
  return lost.length === 0
    ? { holds: seen }
    : { differs: `${seen}, without the ${lost.map(({ kind }) => kind).join(', ')} section` };
}

/** The entries of the table of all handles; a sentence where it is refused. */
export function systemEntries(ntdll: Ntdll): readonly Buffer[] | string {
  const answer = growing((buffer, needed) =>
    ntdll.querySystem(SystemExtendedHandleInformation, buffer, buffer.length, needed),
  );
  if (typeof answer === 'string') {
    return answer;
  }
  const { NumberOfHandles, Handles } = SYSTEM_HANDLE_INFORMATION_EX.offsets;
  const count = Number(answer.readBigUInt64LE(NumberOfHandles));
  return Array.from({ length: count }, (_, index) =>
    answer.subarray(Handles + index * ENTRY_BYTES, Handles + (index + 1) * ENTRY_BYTES),
  );
}

/** As the system would give it, if there were no other handles. */
function tableOf(entries: readonly Buffer[]): Buffer {
  const { NumberOfHandles, Handles } = SYSTEM_HANDLE_INFORMATION_EX.offsets;
  const header = Buffer.alloc(Handles);
  header.writeBigUInt64LE(BigInt(entries.length), NumberOfHandles);
  return Buffer.concat([header, ...entries]);
}

function ownEntries(entries: readonly Buffer[], { pid }: KnownProcess): readonly Buffer[] {
  return entries.filter((entry) => fieldOf(entry, SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX, 'UniqueProcessId') === pid);
}

function growing(query: Query): Buffer | string {
  const needed = Buffer.alloc(8);
  for (let bytes = FIRST_BYTES; ;) {
    const buffer = Buffer.alloc(bytes);
    const status = query(buffer, needed);
    if (status === 0) {
      return buffer.subarray(0, needed.readUInt32LE(0) || bytes);
    }
    if (status !== STATUS_INFO_LENGTH_MISMATCH && status !== STATUS_BUFFER_TOO_SMALL) {
      return `status ${hexadecimal(status)}`;
    }
    bytes = Math.max(bytes * 2, needed.readUInt32LE(0) + SPARE_BYTES);
  }
}

function fieldOf(entry: Buffer, { offsets }: Layout, name: string): number {
  return Number(entry.readBigUInt64LE(offsets[name]));
}
