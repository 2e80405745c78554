/**
 * The handles of a minidump (HandleDataStream, both versions of the descriptor): how many of each type, and the sections.
 * The stride is what the header says. Object information is a chain of records; type 7 is of sections, and its content is
 * not documented: it is read where it has the length of a SECTION_BASIC_INFORMATION.
 */
import { handleText, kindOfAttributes, lengthOf, type RecordedSection } from '../recording.ts';
import { describedTable, type Dump, eachEntry, hex, STREAM, structure } from './streams.ts';
import type { Strings } from './strings.ts';

export interface Handles {
  readonly all: number;
  /** Those whose type the dump does not name: sections may be among them. */
  readonly untyped: number;
  readonly sections: readonly Omit<RecordedSection, 'created'>[];
}

interface SectionInformation {
  readonly attributes: number;
  readonly bytes: number | null;
}

/** Of version 1; version 2 adds the information chain. */
const LEAST_STRIDE = 32;
const STRIDE_WITH_INFORMATION = 40;
const INFORMATION_HEADER_BYTES = 12;
const SECTION_INFORMATION = 7;
const MOST_LINKS = 64;
const MOST_SECTIONS = 2_000_000;

/** @returns null where the dump has none */
export function readHandles(dump: Dump, strings: Strings): Handles | null {
  const stream = dump.streams.get(STREAM.handles);
  const table = stream === undefined ? null : describedTable(dump, 'handles', stream, LEAST_STRIDE);
  if (table === null) {
    return null;
  }
  const sections: Omit<RecordedSection, 'created'>[] = [];
  let all = 0;
  let untyped = 0;
  eachEntry(dump, table, (entry, offset) => {
    all += 1;
    const type = strings.typeAt(entry.getUint32(8, true));
    if (type !== 'Section') {
      untyped += type === '' ? 1 : 0;
      return;
    }
    if (sections.length === MOST_SECTIONS) {
      dump.troubles.add('sections', `Only the first ${MOST_SECTIONS.toLocaleString('en-US')} sections are shown.`);
      return;
    }
    const name = strings.at(entry.getUint32(12, true));
    const information =
      table.stride < STRIDE_WITH_INFORMATION ? null : sectionInformation(dump, entry.getUint32(32, true));
    sections.push({
      handle: handleText(entry.getBigUint64(0, true).toString(16)),
      process: null,
      kind: information === null ? 'unknown' : kindOfAttributes(information.attributes, name),
      name,
      bytes: information?.bytes ?? null,
      mappedBytes: null,
      place: `offset ${hex(offset)}`,
    });
  });
  return { all, untyped, sections };
}

/** Follows the chain: some writers put other records before the one of sections. */
function sectionInformation({ source, troubles }: Dump, first: number): SectionInformation | null {
  let rva = first;
  for (let link = 0; rva !== 0; link += 1) {
    const header = structure(source, rva, INFORMATION_HEADER_BYTES);
    if (header === null) {
      troubles.add('information', `Object information should stand at offset ${hex(rva)}, outside of the file.`);
      return null;
    }
    const next = header.getUint32(0, true);
    const bytes = header.getUint32(8, true);
    if (header.getUint32(4, true) === SECTION_INFORMATION) {
      return basicInformation(structure(source, rva + INFORMATION_HEADER_BYTES, Math.min(bytes, 24)));
    }
    if (link === MOST_LINKS || next === rva) {
      troubles.add('chain', `The chain of object information at offset ${hex(first)} does not end.`);
      return null;
    }
    rva = next;
  }
  return null;
}

/** SECTION_BASIC_INFORMATION: base address, attributes, maximum size; 24 bytes, 16 in a process of 32 bits. */
function basicInformation(payload: DataView | null): SectionInformation | null {
  switch (payload?.byteLength) {
    case 24:
      return { attributes: payload.getUint32(8, true), bytes: lengthOf(payload.getBigInt64(16, true)) };
    case 16:
      return { attributes: payload.getUint32(4, true), bytes: lengthOf(payload.getBigInt64(8, true)) };
    default:
      return null;
  }
}
