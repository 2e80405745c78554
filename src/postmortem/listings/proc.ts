/**
 * Listings of /proc: `ls -l /proc/PID/fd` and the text of `/proc/PID/maps` or `smaps`, one after the other in a file. The
 * one has the descriptors, the other the views; they meet by the object's name.
 */
import type { Reader } from '../reader.ts';
import { NOTHING_TOLD, type RecordedKind, type RecordedSection } from '../recording.ts';
import { kept, readLines } from '../text.ts';
import { linuxObject } from './linux-objects.ts';

const FOLDER = /\/proc\/(\d+)\/(?:fd|maps|smaps)\b/u;
const LINK = /^\S{10}.*\s(\d+) -> '?(\/.*?)'?$/u;
const VIEW = /^([0-9a-f]{6,16})-([0-9a-f]{6,16}) [-rwxsp]{4} [0-9a-f]+ ([0-9a-f]+:[0-9a-f]+) (\d+)\s+(\/.*)$/u;
const SIGNS = /^[0-9a-f]{6,16}-[0-9a-f]{6,16} [-rwxsp]{4} [0-9a-f]+ [0-9a-f]+:[0-9a-f]+ \d+|^l[-rwx]{9}.*\s\d+ -> /mu;

interface Descriptor {
  readonly number: string;
  readonly kind: RecordedKind;
  readonly name: string | null;
  readonly line: number;
}

interface View extends Omit<Descriptor, 'number'> {
  bytes: number;
}

export const procListing: Reader = {
  format: '/proc listing',
  recognises: ({ text }) => SIGNS.test(text),
  read(source) {
    const listing = new Listing();
    readLines(source, (line, number) => {
      listing.line(line, number);
    });
    const { descriptors, mapped, pid } = listing;
    return {
      ...NOTHING_TOLD,
      format: procListing.format,
      pid,
      sections: joined(descriptors, [...listing.views.values()], mapped),
      remedies: [
        ...(descriptors.length > 0 ? ['Links in /proc do not tell how long an object is: `lsof -p N` does.'] : []),
        ...(mapped ? [] : ['With `cat /proc/N/maps` after it the listing tells too which objects are mapped.']),
      ],
    };
  },
};

class Listing {
  readonly descriptors: Descriptor[] = [];
  /** By device and inode. */
  readonly views = new Map<string, View>();
  /** Whether the file has the list of views. */
  mapped = false;
  pid: number | null = null;

  line(line: string, number: number): void {
    const folder = FOLDER.exec(line)?.[1];
    if (folder !== undefined) {
      this.pid ??= Number(folder);
    }
    const [, descriptor, target = ''] = LINK.exec(line) ?? [];
    const object = linuxObject(target);
    if (descriptor !== undefined && object !== null) {
      this.descriptors.push({ number: descriptor, ...keptObject(object), line: number });
      return;
    }
    const [, start, end = '', device = '', inode = '', path = ''] = VIEW.exec(line) ?? [];
    if (start === undefined) {
      return;
    }
    this.mapped = true;
    const viewed = linuxObject(path);
    if (viewed !== null) {
      const view = this.views.get(`${device}:${inode}`) ?? { ...keptObject(viewed), bytes: 0, line: number };
      view.bytes += Number(BigInt(`0x${end}`) - BigInt(`0x${start}`));
      this.views.set(`${device}:${inode}`, view);
    }
  }
}

/** An object whose name stands in no view is mapped nowhere in this process. */
function joined(
  descriptors: readonly Descriptor[],
  views: readonly View[],
  mapped: boolean,
): readonly RecordedSection[] {
  const held = new Set(descriptors.map(({ name }) => name));
  const viewed = new Set(views.map(({ name }) => name));
  return [
    ...descriptors.map(({ number, kind, name, line }) => ({
      ...section(kind, name, line),
      handle: number,
      mappedBytes: mapped && !viewed.has(name) ? 0 : null,
    })),
    ...views
      .filter(({ name }) => !held.has(name))
      .map(({ kind, name, line, bytes }) => ({ ...section(kind, name, line), bytes, mappedBytes: bytes })),
  ];
}

function section(kind: RecordedKind, name: string | null, line: number): RecordedSection {
  return {
    handle: null,
    process: null,
    kind,
    name,
    bytes: null,
    mappedBytes: null,
    created: [],
    place: `line ${line}`,
  };
}

function keptObject({ kind, name }: Pick<Descriptor, 'kind' | 'name'>): Pick<Descriptor, 'kind' | 'name'> {
  return { kind, name: name === null ? null : kept(name) };
}
