/** The table of readers, and how a file finds its own: by what is in it. */
import { etwTable } from './listings/etw-table.ts';
import { handleExe } from './listings/handle-exe.ts';
import { handleTable } from './listings/handle-table.ts';
import { lsof } from './listings/lsof.ts';
import { procListing } from './listings/proc.ts';
import { minidump } from './minidump/reader.ts';
import type { Reader } from './reader.ts';
import type { Recording } from './recording.ts';
import type { Source } from './source.ts';
import { headText } from './text.ts';
import { windbgLog } from './windbg/reader.ts';

/** The first that recognises a file reads it: the stricter signs come first. */
const READERS: readonly Reader[] = [minidump, etwTable, lsof, procListing, windbgLog, handleExe, handleTable];

const HEAD_BYTES = 4096;

/** What other kinds of file begin with, and what to do with them. */
const FOREIGN: readonly (readonly [signature: readonly number[], words: string])[] = [
  [
    [0x7f, 0x45, 0x4c, 0x46],
    'an ELF file (a program or a core dump of Linux); a core dump does not tell which memory objects were open',
  ],
  [
    [0x50, 0x41, 0x47, 0x45, 0x44, 0x55],
    'a dump of the Windows kernel; open it in WinDbg, and give the log of `!handle 0 f Section` to this command',
  ],
  [[0x4d, 0x5a], 'a Windows program'],
  [[0x50, 0x4b, 0x03, 0x04], 'a ZIP archive: take the dump out of it first'],
  [[0x1f, 0x8b], 'a gzip archive: take the dump out of it first'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'a 7-Zip archive: take the dump out of it first'],
];

/** @returns the recording, or why the file is none, as a sentence that says what to do */
export function readRecording(source: Source, name: string): Recording | { readonly refusal: string } {
  const bytes = new Uint8Array(source.read(0, HEAD_BYTES));
  if (bytes.length === 0) {
    return { refusal: `${name} is empty.` };
  }
  const head = { bytes, text: headText(source) };
  const reader = READERS.find((candidate) => candidate.recognises(head));
  if (reader !== undefined) {
    return reader.read(source);
  }
  const foreign = FOREIGN.find(([signature]) => signature.every((byte, index) => bytes[index] === byte));
  return {
    refusal: `${name} is ${foreign === undefined ? 'no file that is known here' : foreign[1]}. These can be read: ${READERS.map(({ format }) => format).join(', ')}.`,
  };
}
