/** Arithmetic of byte ranges in a section, for every platform. Pure. */

/** Half-open: `end` is the first byte after it. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** The same bytes as rising ranges that neither touch nor overlap, cut off at `limit`. */
export function union(ranges: readonly ByteRange[], limit: number): readonly ByteRange[] {
  const merged: ByteRange[] = [];
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    const cut = Math.min(end, limit);
    if (last !== undefined && start <= last.end) {
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, cut) };
    } else if (start < cut) {
      merged.push({ start, end: cut });
    }
  }
  return merged;
}

export function lengthOf(ranges: readonly ByteRange[]): number {
  return ranges.reduce((sum, { start, end }) => sum + end - start, 0);
}

/** How many bytes both cover; both as `union` gives them. */
export function overlap(a: readonly ByteRange[], b: readonly ByteRange[]): number {
  let bytes = 0;
  let inB = 0;
  for (const { start, end } of a) {
    while (inB < b.length && (b[inB]?.end ?? 0) <= start) {
      inB += 1;
    }
    for (let index = inB; index < b.length; index += 1) {
      const other = b[index];
      if (other === undefined || other.start >= end) {
        break;
      }
      bytes += Math.min(end, other.end) - Math.max(start, other.start);
    }
  }
  return bytes;
}
