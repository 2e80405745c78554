/** Objects of shared memory that no process holds: files left in /dev/shm, System V segments whose creator is gone. */
import { type Dirent, lstatSync, readdirSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import type { LeftOver } from '../../scan/report.ts';
import type { SectionTable } from './section-table.ts';
import type { SystemVSegment } from './system-v.ts';

const SHM_FOLDER = '/dev/shm';
/** Folders in /dev/shm are rare; what lies deeper is not looked for. */
const DEEPEST_FOLDER = 4;
const BLOCK_BYTES = 512;

/** Files of /dev/shm that are not in the table: nobody who may be read has them open or in a view. */
export function leftOverFiles(table: SectionTable): readonly LeftOver[] {
  return filesBelow(SHM_FOLDER, DEEPEST_FOLDER).flatMap(({ path, stats }) =>
    table.get(`${stats.dev}:${stats.ino}`) === undefined
      ? [
          {
            kind: 'named' as const,
            name: path,
            maximumBytes: stats.size,
            allocatedBytes: stats.blocks * BLOCK_BYTES,
            changed: stats.mtime.toISOString(),
            removal: `rm -- ${quoted(path)}`,
          },
        ]
      : [],
  );
}

export function leftOverSegment({ id, bytes, allocatedBytes, changed }: SystemVSegment): LeftOver {
  return {
    kind: 'sysv',
    name: `shmid ${id}`,
    maximumBytes: bytes,
    allocatedBytes,
    changed: new Date(changed * 1000).toISOString(),
    removal: `ipcrm -m ${id}`,
  };
}

interface FoundFile {
  readonly path: string;
  readonly stats: Stats;
}

function filesBelow(folder: string, depth: number): readonly FoundFile[] {
  return entriesOf(folder).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return depth > 1 ? filesBelow(path, depth - 1) : [];
    }
    const stats = entry.isFile() ? lstatSync(path, { throwIfNoEntry: false }) : undefined;
    return stats === undefined ? [] : [{ path, stats }];
  });
}

/** A folder that may not be read, or is gone, holds nothing that could be told. */
function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** For a shell. */
function quoted(path: string): string {
  return /^[\w./-]+$/u.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
