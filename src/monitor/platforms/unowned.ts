/**
 * How many of a section's allocated bytes no view covers, from three figures and, where these leave it open, from the
 * places of the allocated pages. Pure, the same for every platform.
 */
import type { Bounds } from '../section.ts';
import { type ByteRange, lengthOf, overlap } from './ranges.ts';

/** Where a section's data lies, as far as the system tells; or why it does not. */
export type AllocatedRanges = { readonly ranges: readonly ByteRange[] } | { readonly reason: string };

export interface SectionExtent {
  /** Its length in whole pages. */
  readonly bytes: number;
  readonly allocatedBytes: number;
  /** What views cover: rising, without overlap, within the length. */
  readonly mapped: readonly ByteRange[];
}

export interface Unowned {
  readonly bytes: Bounds;
  /** How it was measured, or what keeps it from being exact. */
  readonly how: string;
}

/** @param locate asked only where the figures alone do not tell */
export function unownedBytes(extent: SectionExtent, locate: () => AllocatedRanges): Unowned {
  const { allocatedBytes, mapped } = extent;
  if (mapped.length === 0) {
    return exactly(allocatedBytes, 'no view is mapped: every allocated byte counts');
  }
  const mappedBytes = lengthOf(mapped);
  // Pages may be allocated behind the end (FALLOC_FL_KEEP_SIZE), where no view shows them.
  const unmappedBytes = Math.max(extent.bytes, allocatedBytes) - mappedBytes;
  const bounds = { min: Math.max(0, allocatedBytes - mappedBytes), max: Math.min(allocatedBytes, unmappedBytes) };
  if (unmappedBytes === 0) {
    return exactly(0, 'views cover all of it');
  }
  if (bounds.min === bounds.max) {
    return exactly(bounds.min, 'allocated bytes less those that views cover');
  }
  const located = locate();
  if ('reason' in located) {
    return { bytes: bounds, how: `views cover a part of it, and where its data lies is not known: ${located.reason}` };
  }
  return fromRanges(located.ranges, { allocatedBytes, mapped, mappedBytes, unmappedBytes });
}

function fromRanges(
  data: readonly ByteRange[],
  {
    allocatedBytes,
    mapped,
    mappedBytes,
    unmappedBytes,
  }: { allocatedBytes: number; mapped: readonly ByteRange[]; mappedBytes: number; unmappedBytes: number },
): Unowned {
  const mappedData = overlap(data, mapped);
  const unmappedData = lengthOf(data) - mappedData;
  // Pages that were reserved (fallocate) and never written are allocated, and yet the system shows them as holes.
  const unwritten = Math.max(0, allocatedBytes - mappedData - unmappedData);
  // It may have grown since it was measured.
  const atMost = (bytes: number) => Math.min(bytes, allocatedBytes);
  const min = atMost(unmappedData + Math.max(0, unwritten - (mappedBytes - mappedData)));
  const max = atMost(unmappedData + Math.min(unwritten, unmappedBytes - unmappedData));
  return min === max
    ? exactly(min, 'allocated ranges less the ranges that views cover')
    : {
        bytes: { min, max },
        how: 'some of its pages are reserved and were never written: where they lie is not known',
      };
}

function exactly(bytes: number, how: string): Unowned {
  return { bytes: { min: bytes, max: bytes }, how };
}
