/**
 * Where the data of a section lies: SEEK_DATA and SEEK_HOLE on a descriptor of its own, opened for reading and closed
 * at once. Neither reads the contents, and neither allocates what is a hole (lseek(2)).
 */
import { closeSync, fstatSync, openSync } from 'node:fs';
import { type Libc, SEEK_DATA, SEEK_HOLE } from '../../../../native/libc.ts';
import type { ByteRange } from '../ranges.ts';
import type { AllocatedRanges } from '../unowned.ts';

/** A section that is more scattered than this is left with bounds: a look happens every second. */
const MOST_RANGES = 4096;

/** @param id of the section that `path` led to when it was looked at */
export function allocatedRanges(path: string, id: string, libc: Libc): AllocatedRanges {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (error) {
    return { reason: `it may not be opened for reading (${messageOf(error)})` };
  }
  try {
    const { dev, ino } = fstatSync(descriptor);
    return id === `${dev}:${ino}` || id === `sysv:${ino}`
      ? seekRanges(descriptor, libc)
      : { reason: 'it was closed while it was looked at' };
  } catch (error) {
    return { reason: messageOf(error) };
  } finally {
    closeSync(descriptor);
  }
}

function seekRanges(descriptor: number, libc: Libc): AllocatedRanges {
  const ranges: ByteRange[] = [];
  let start = libc.seek(descriptor, 0, SEEK_DATA);
  while (start !== null) {
    const end = libc.seek(descriptor, start, SEEK_HOLE);
    if (end === null || end <= start) {
      // It was cut short between the two calls.
      break;
    }
    if (ranges.length === MOST_RANGES) {
      return { reason: `it lies in more than ${MOST_RANGES} pieces` };
    }
    ranges.push({ start, end });
    start = libc.seek(descriptor, end, SEEK_DATA);
  }
  return { ranges };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
