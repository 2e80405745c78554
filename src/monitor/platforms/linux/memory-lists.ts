/**
 * The memory lists and limits of the machine: `/proc/meminfo`, what went to swap by `/proc/vmstat`, and the limits of
 * the watched process's control group. Shared memory without an owner shows in `shmem` and in the swap figures only.
 */
import type { Figure, MemoryLists } from '../../section.ts';
import { cgroupFigures } from './cgroup.ts';
import { bytesOf, parseFields } from './process-status.ts';
import { readProc, readProcText } from './procfs.ts';

/** Our name, and the one in /proc/meminfo. */
const MEMINFO_FIELDS: readonly (readonly [string, string])[] = [
  ['memTotal', 'MemTotal'],
  ['memAvailable', 'MemAvailable'],
  ['shmem', 'Shmem'],
  ['cached', 'Cached'],
  ['dirty', 'Dirty'],
  ['writeback', 'Writeback'],
  ['activeAnon', 'Active(anon)'],
  ['inactiveAnon', 'Inactive(anon)'],
  ['swapTotal', 'SwapTotal'],
  ['swapCached', 'SwapCached'],
  ['zswap', 'Zswap'],
  ['zswapped', 'Zswapped'],
  ['commit', 'Committed_AS'],
  ['commitLimit', 'CommitLimit'],
];

export function memoryLists(pid: number): MemoryLists {
  const meminfo = parseFields(readProcText('/proc/meminfo') ?? '');
  const lists = MEMINFO_FIELDS.map(
    ([name, field]) =>
      [name, figure(bytesOf(meminfo, field), `this kernel shows no ${field} in /proc/meminfo`)] as const,
  );
  const total = bytesOf(meminfo, 'SwapTotal');
  const free = bytesOf(meminfo, 'SwapFree');
  return {
    ...Object.fromEntries(lists),
    swapUsed: figure(total === null || free === null ? null : total - free, 'no swap figures in /proc/meminfo'),
    swappedOut: figure(swappedOutBytes(), 'this kernel shows no pswpout in /proc/vmstat'),
    ...cgroupFigures(pid),
  };
}

function figure(bytes: number | null, reason: string): Figure {
  return bytes === null ? { reason } : { bytes };
}

/** All that was written to swap since the machine started. */
function swappedOutBytes(): number | null {
  const pages = /^pswpout (\d+)$/mu.exec(readProcText('/proc/vmstat') ?? '')?.[1];
  return pages === undefined ? null : Number(pages) * PAGE_BYTES;
}

/** The bytes of a page, from the auxiliary vector that the kernel gave the monitor (getauxval(3)). */
export const PAGE_BYTES = pageBytes();

function pageBytes(): number {
  const AT_PAGESZ = 6n;
  const vector = readProc('/proc/self/auxv');
  for (let start = 0; typeof vector !== 'string' && start + 16 <= vector.length; start += 16) {
    if (vector.readBigUInt64LE(start) === AT_PAGESZ) {
      return Number(vector.readBigUInt64LE(start + 8));
    }
  }
  return 4096;
}
