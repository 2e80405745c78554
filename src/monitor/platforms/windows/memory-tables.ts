/** The system's tables of memory lists and page files, as bytes. Pure. */
import { SYSTEM_MEMORY_LIST_INFORMATION, SYSTEM_PAGEFILE_INFORMATION } from '../../../../native/layouts.ts';
import type { MemoryLists } from '../../section.ts';

const PRIORITIES = 8;
const POINTER_BYTES = 8;

/** Class 80: counts of pages. */
export function parseMemoryLists(table: Buffer, pageBytes: number): MemoryLists {
  const { offsets } = SYSTEM_MEMORY_LIST_INFORMATION;
  const bytes = (offset: number) => ({ bytes: Number(table.readBigUInt64LE(offset)) * pageBytes });
  const standby = Array.from({ length: PRIORITIES }, (_, priority) =>
    bytes(offsets.PageCountByPriority + priority * POINTER_BYTES),
  );
  return {
    zero: bytes(offsets.ZeroPageCount),
    free: bytes(offsets.FreePageCount),
    modified: bytes(offsets.ModifiedPageCount),
    modifiedNoWrite: bytes(offsets.ModifiedNoWritePageCount),
    modifiedPageFile: bytes(offsets.ModifiedPageCountPageFile),
    standby: { bytes: standby.reduce((sum, list) => sum + list.bytes, 0) },
  };
}

/** Class 18: all page files together. It may be empty, where there is none. */
export function pageFileBytes(table: Buffer, pageBytes: number): { readonly used: number; readonly total: number } {
  const { bytes, offsets } = SYSTEM_PAGEFILE_INFORMATION;
  let used = 0;
  let total = 0;
  for (let start = 0; start + bytes <= table.length;) {
    used += table.readUInt32LE(start + offsets.TotalInUse) * pageBytes;
    total += table.readUInt32LE(start + offsets.TotalSize) * pageBytes;
    const next = table.readUInt32LE(start + offsets.NextEntryOffset);
    if (next === 0) {
      break;
    }
    start += next;
  }
  return { used, total };
}
