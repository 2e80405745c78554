/** System V segments: `/proc/sysvipc/shm` tells of all of them, attached or not, in the monitor's name space. */
import { readProcText } from './procfs.ts';

export interface SystemVSegment {
  /** Its inode number in maps. */
  readonly id: number;
  /** Eight hexadecimal digits, as in the path `/SYSV...`. */
  readonly key: string;
  readonly bytes: number;
  readonly creatorPid: number;
  /** In how many address spaces it is, in those of processes that may not be read too. */
  readonly attached: number;
  /** Pages that exist, in memory or swapped. */
  readonly allocatedBytes: number;
  /** Seconds since 1970. */
  readonly changed: number;
}

export function readSystemVSegments(): readonly SystemVSegment[] {
  return parseSystemVSegments(readProcText('/proc/sysvipc/shm') ?? '');
}

/** A line of headings, then one a segment; the columns are as wide as they need. */
export function parseSystemVSegments(text: string): readonly SystemVSegment[] {
  const [headings, ...lines] = text.split('\n').map((line) => line.trim().split(/\s+/u));
  const column = new Map((headings ?? []).map((heading, index) => [heading, index]));
  return lines.flatMap((fields) => {
    const value = (heading: string) => Number(fields[column.get(heading) ?? -1] ?? Number.NaN);
    const segment = {
      id: value('shmid'),
      // Printed as a signed number.
      key: (value('key') >>> 0).toString(16).padStart(8, '0'),
      bytes: value('size'),
      creatorPid: value('cpid'),
      attached: value('nattch'),
      allocatedBytes: value('rss') + value('swap'),
      changed: value('ctime'),
    };
    return Object.values(segment).some((field) => Number.isNaN(field)) ? [] : [segment];
  });
}
