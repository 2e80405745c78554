/** Minidumps: what a Windows process held when the dump was made. */
import { countedWords, NOTHING_TOLD, type Recording, Troubles } from '../recording.ts';
import type { Reader } from '../reader.ts';
import type { Source } from '../source.ts';
import { type Handles, readHandles } from './handles.ts';
import { Modules } from './modules.ts';
import { openingStacks } from './operations.ts';
import {
  countedTable,
  describedTable,
  type Dump,
  eachEntry,
  openDump,
  SIGNATURE,
  STREAM,
  structure,
} from './streams.ts';
import { Strings } from './strings.ts';

const MEMORY_ENTRY_BYTES = 48;
const MEM_COMMIT = 0x1000;
const MEM_MAPPED = 0x4_0000;
const THREAD_BYTES = 48;
const ARCHITECTURES: Readonly<Record<number, string>> = { 0: 'x86', 5: 'Arm', 9: 'x64', 12: 'Arm64' };
/** The platforms of Breakpad and Crashpad other than Windows begin here. */
const FIRST_FOREIGN_PLATFORM = 0x8000;

const LOG_REMEDY =
  'In WinDbg, attached to the process: `.logopen`, `!handle 0 f Section`, `.logclose`; the log holds what is known of each section, and can be read here.';
const HANDLE_REMEDY =
  'The dump has no handle data: it was made without MiniDumpWithHandleData (4). Make one with it, for example by `procdump -mh`.';

export const minidump: Reader = {
  format: 'minidump',
  recognises: ({ bytes }) =>
    bytes.length >= 4 && new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) === SIGNATURE,
  read: readMinidump,
};

function readMinidump(source: Source): Recording {
  const troubles = new Troubles();
  const dump = openDump(source, troubles);
  const strings = new Strings(dump);
  const modules = new Modules(dump, strings);
  const handles = readHandles(dump, strings);
  const sections = handles?.sections ?? [];
  const opened = openingStacks(dump, modules, new Set(sections.map(({ handle }) => handle ?? '')));
  const system = readSystem(dump);
  const viewBytes = mappedBytes(dump);
  return {
    ...NOTHING_TOLD,
    format: minidump.format,
    pid: processId(dump),
    facts: [
      ...(system === null ? [] : [system.words]),
      countedWords(modules.count, 'module'),
      ...threadFacts(dump),
      ...(handles === null ? [] : [handlesInWords(handles)]),
      ...(viewBytes === null ? [] : [`${viewBytes.toLocaleString('en-US')} bytes mapped`]),
    ],
    lists: handles !== null,
    sections: sections.map((section) => ({ ...section, created: opened.get(section.handle ?? '') ?? [] })),
    viewBytes,
    troubles: troubles.sentences(),
    remedies: remedies(
      dump,
      sections.some(({ bytes }) => bytes === null),
      system?.foreign === true,
    ),
  };
}

function remedies(dump: Dump, sizesMissing: boolean, foreign: boolean): readonly string[] {
  if (foreign) {
    return [
      'This dump is not of a Windows process: such dumps hold nothing of shared memory. Watch the process with `section-leaks watch --pid N`, or list it with `lsof -p N`.',
    ];
  }
  if (!dump.streams.has(STREAM.handles)) {
    return [HANDLE_REMEDY, LOG_REMEDY];
  }
  return sizesMissing ? [`The dump does not tell how long every section is. ${LOG_REMEDY}`] : [];
}

function readSystem(dump: Dump): { readonly words: string; readonly foreign: boolean } | null {
  const stream = dump.streams.get(STREAM.system);
  const system = stream === undefined ? null : structure(dump.source, stream.offset, 24);
  if (system === null) {
    return null;
  }
  const architecture = ARCHITECTURES[system.getUint16(0, true)] ?? `architecture ${system.getUint16(0, true)}`;
  const version = [8, 12, 16].map((offset) => system.getUint32(offset, true)).join('.');
  const platform = system.getUint32(20, true);
  const foreign = platform >= FIRST_FOREIGN_PLATFORM;
  return {
    foreign,
    words: `${foreign ? `platform 0x${platform.toString(16)}` : 'Windows'} ${version} ${architecture}`,
  };
}

function handlesInWords({ all, untyped }: Handles): string {
  const words = countedWords(all, 'handle');
  return untyped === 0 ? words : `${words} (${untyped.toLocaleString('en-US')} of them of a type that is not named)`;
}

function threadFacts(dump: Dump): readonly string[] {
  const stream = dump.streams.get(STREAM.threads);
  const table = stream === undefined ? null : countedTable(dump, 'threads', stream, THREAD_BYTES);
  return table === null ? [] : [countedWords(table.count, 'thread')];
}

function processId(dump: Dump): number | null {
  const stream = dump.streams.get(STREAM.miscellaneous);
  const information = stream === undefined ? null : structure(dump.source, stream.offset, 12);
  return information === null || (information.getUint32(4, true) & 1) === 0 ? null : information.getUint32(8, true);
}

/**
 * All that is mapped and committed, files too: which view is of the page file a dump does not tell. Reserved ranges of
 * terabytes hold nothing of a section whose pages are committed at once. The count of regions has 64 bits, of
 * which the lower half stands where that of the other tables does.
 */
function mappedBytes(dump: Dump): number | null {
  const stream = dump.streams.get(STREAM.memory);
  const table = stream === undefined ? null : describedTable(dump, 'regions of memory', stream, MEMORY_ENTRY_BYTES);
  if (table === null) {
    return null;
  }
  let bytes = 0;
  eachEntry(dump, table, (entry) => {
    if (entry.getUint32(40, true) === MEM_MAPPED && entry.getUint32(32, true) === MEM_COMMIT) {
      bytes += Number(entry.getBigUint64(24, true));
    }
  });
  return bytes;
}
