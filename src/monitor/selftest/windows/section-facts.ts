/** What a handle tells of its section: bytes, attributes, handles, name, identity. */
import { SECTION_QUERY } from '../../../../native/kernel32.ts';
import { OBJECT_BASIC_INFORMATION, SECTION_BASIC_INFORMATION, UNICODE_STRING } from '../../../../native/layouts.ts';
import { ObjectBasicInformation, ObjectNameInformation, SectionBasicInformation } from '../../../../native/ntdll.ts';
import { expecting, type FactSheet, type Finding } from '../fact.ts';
import type { HeldSection } from '../held.ts';
import { hexadecimal, type KnownProcess, sectionOf } from './known-process.ts';
import { NAME } from './sections.ts';

const NAME_BYTES = 1024;
const STATUS_NOT_SAME_OBJECT = 0xc000_01ac;

/** Bits of SECTION_BASIC_INFORMATION that a kind has, and those that it has not. */
const ATTRIBUTES: readonly (readonly [kind: string, has: number, hasNot: number])[] = [
  ['page-file', 0x800_0000, 0x8180_0000],
  ['reserve', 0x400_0000, 0x8980_0000],
  ['file', 0x80_0000, 0x8100_0000],
  ['image', 0x100_0000, 0x8000_0000],
  ['large-pages', 0x8800_0000, 0x180_0000],
  ['snapshot', 0x800_0000, 0x8180_0000],
];

export function checkSections(sheet: FactSheet, known: KnownProcess): void {
  sheet.check('sections.duplicate', 'a handle that may only be mapped gives one that may be asked', () =>
    withDuplicate(known, sectionOf(known, 'read-only'), (handle, section) => bytesOf(sheet, known, handle, section)),
  );
  sheet.check('sections.bytes', 'NtQuerySection tells the bytes that a section was made with', () =>
    withDuplicate(known, sectionOf(known, 'page-file'), (handle, section) => bytesOf(sheet, known, handle, section)),
  );
  for (const [kind, has, hasNot] of ATTRIBUTES) {
    sheet.check(`sections.${kind}`, `the attributes of a section tell that it is ${WORDS[kind] ?? kind}`, () =>
      withDuplicate(known, anySection(known, kind), (handle, section) => {
        const attributes = basic(sheet, known, handle, section).readUInt32LE(
          SECTION_BASIC_INFORMATION.offsets.AllocationAttributes,
        );
        const asExpected = (attributes & has) >>> 0 === has && (attributes & hasNot) === 0;
        return asExpected ? { holds: hexadecimal(attributes) } : { differs: hexadecimal(attributes) };
      }),
    );
  }
  checkObjects(sheet, known);
}

const WORDS: Readonly<Record<string, string>> = {
  'page-file': 'of the page file',
  reserve: 'reserved, to be committed as it is used',
  file: 'of a file',
  image: 'a program',
  'large-pages': 'of large pages',
  snapshot: 'of the page file, for a snapshot of processes too',
};

function checkObjects(sheet: FactSheet, known: KnownProcess): void {
  const { ntdll } = known.api;
  sheet.check('objects.handles', 'NtQueryObject counts the handles of a section, with the one that was asked', () =>
    withDuplicate(known, sectionOf(known, 'page-file'), (handle) => {
      const buffer = Buffer.alloc(OBJECT_BASIC_INFORMATION.bytes);
      const status = ntdll.queryObject(handle, ObjectBasicInformation, buffer, buffer.length, null);
      const count = buffer.readUInt32LE(OBJECT_BASIC_INFORMATION.offsets.HandleCount);
      return status === 0 ? expecting('2 handles', `${count} handles`) : { missing: `status ${hexadecimal(status)}` };
    }),
  );
  sheet.check('objects.name', 'NtQueryObject tells the name of a section', () =>
    withDuplicate(known, sectionOf(known, 'named'), (handle) => {
      const buffer = Buffer.alloc(NAME_BYTES);
      const status = ntdll.queryObject(handle, ObjectNameInformation, buffer, buffer.length, null);
      const name = buffer.toString('utf16le', UNICODE_STRING.bytes, UNICODE_STRING.bytes + buffer.readUInt16LE(0));
      if (status !== 0) {
        return { missing: `status ${hexadecimal(status)}` };
      }
      return name.endsWith(`\\${NAME} ${known.pid}`) ? { holds: name } : { differs: name };
    }),
  );
  sheet.check('objects.compare', 'NtCompareObjects tells two handles of one section from two sections', () =>
    withDuplicate(known, sectionOf(known, 'page-file'), (handle) =>
      withDuplicate(known, sectionOf(known, 'page-file'), (same) =>
        withDuplicate(known, sectionOf(known, 'named'), (other) => {
          const statuses = [ntdll.compareObjects(handle, same), ntdll.compareObjects(handle, other)];
          return expecting(
            [0, STATUS_NOT_SAME_OBJECT].map(hexadecimal).join(' and '),
            statuses.map(hexadecimal).join(' and '),
          );
        }),
      ),
    ),
  );
}

function bytesOf(sheet: FactSheet, known: KnownProcess, handle: number, section: HeldSection): Finding {
  const { MaximumSize } = SECTION_BASIC_INFORMATION.offsets;
  const seen = basic(sheet, known, handle, section).readBigUInt64LE(MaximumSize);
  return expecting(`${section.bytes} bytes`, `${seen} bytes`);
}

/** @throws where it is refused */
function basic(sheet: FactSheet, { api }: KnownProcess, handle: number, section: HeldSection): Buffer {
  const buffer = Buffer.alloc(SECTION_BASIC_INFORMATION.bytes);
  const status = api.ntdll.querySection(handle, SectionBasicInformation, buffer, buffer.length, null);
  if (status !== 0) {
    throw new Error(`NtQuerySection failed with status ${hexadecimal(status)}`);
  }
  sheet.record('NtQuerySection(0)', { kind: section.kind, bytes: section.bytes }, buffer);
  return buffer;
}

function anySection(known: KnownProcess, kind: string): HeldSection | undefined {
  return sectionOf(known, kind) ?? sectionOf(known, kind, true);
}

function withDuplicate(
  { api, process }: KnownProcess,
  section: HeldSection | undefined,
  ask: (handle: number, section: HeldSection) => Finding,
): Finding {
  if (section === undefined) {
    return { missing: 'the system did not make such a section' };
  }
  const handle = api.kernel32.duplicate(process, section.handle, SECTION_QUERY);
  if (handle === 0) {
    return { differs: `DuplicateHandle failed with error ${api.kernel32.lastError()}` };
  }
  try {
    return ask(handle, section);
  } finally {
    api.kernel32.close(handle);
  }
}
