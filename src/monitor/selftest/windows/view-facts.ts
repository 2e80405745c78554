/** The address space of a process: its views, and which of them are of files. */
import { MEMORY_BASIC_INFORMATION } from '../../../../native/layouts.ts';
import { expecting, type FactSheet } from '../fact.ts';
import { type KnownProcess, sectionOf } from './known-process.ts';

const MEM_MAPPED = 0x4_0000;
const NAME_CHARACTERS = 1024;
/** Windows ends the address space of a program below it. */
const LAST_ADDRESS = 0x7fff_ffff_0000;
const PAGE_BYTES = 4096;

interface View {
  readonly base: number;
  readonly bytes: number;
}

export function checkViews(sheet: FactSheet, known: KnownProcess): void {
  const views = mappedRegions(known);
  const { kernel32 } = known.api;
  const nameOf = ({ base }: View): string => {
    const buffer = Buffer.alloc(2 * NAME_CHARACTERS);
    return buffer.toString('utf16le', 0, 2 * kernel32.mappedFileName(known.process, base, buffer, NAME_CHARACTERS));
  };
  const pageFile = sectionOf(known, 'page-file', true);
  const file = sectionOf(known, 'file', true);
  sheet.check('views.regions', 'VirtualQueryEx tells the views of a process with their bytes', () => {
    const found = views.filter(({ bytes }) => bytes === pageFile?.mappedBytes);
    return expecting('1 view of the bytes that were mapped', `${found.length} view of the bytes that were mapped`);
  });
  sheet.check('views.page-file', 'a view of the page file has no file name', () => {
    const view = views.find(({ bytes }) => bytes === pageFile?.mappedBytes);
    return expecting('""', JSON.stringify(view === undefined ? 'no view' : nameOf(view)));
  });
  sheet.check('views.file', 'a view of a file has the name of the file', () => {
    const bytes = Math.ceil((file?.mappedBytes ?? 0) / PAGE_BYTES) * PAGE_BYTES;
    const names = views.filter((view) => view.bytes === bytes).map(nameOf);
    const name = names.find((text) => text.endsWith(`section-leaks-selftest-${known.pid}.tmp`));
    return name === undefined
      ? { differs: `the views of these bytes are ${names.join(', ') || 'none'}` }
      : { holds: 'it does' };
  });
}

function mappedRegions({ api, process }: KnownProcess): readonly View[] {
  const { bytes: length, offsets } = MEMORY_BASIC_INFORMATION;
  const buffer = Buffer.alloc(length);
  const views: View[] = [];
  for (let address = 0; address < LAST_ADDRESS;) {
    if (api.kernel32.virtualQuery(process, address, buffer, length) === 0) {
      break;
    }
    const base = Number(buffer.readBigUInt64LE(offsets.BaseAddress));
    const bytes = Number(buffer.readBigUInt64LE(offsets.RegionSize));
    if (buffer.readUInt32LE(offsets.Type) === MEM_MAPPED) {
      views.push({ base, bytes });
    }
    address = base + bytes;
  }
  return views;
}
