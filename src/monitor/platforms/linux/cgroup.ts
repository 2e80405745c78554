/**
 * The memory of the watched process's control group: in a container its limit, not the machine's, is what a leak meets.
 * Version 2 has one tree, version 1 one a controller (cgroups(7)); which is mounted where stands in mountinfo.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from '../../section.ts';
import { readProcText } from './procfs.ts';

export type CgroupFigures = Readonly<Record<'cgroupCurrent' | 'cgroupLimit' | 'cgroupShmem', Figure>>;

interface CgroupFolder {
  readonly path: string;
  readonly files: { readonly current: string; readonly limit: string };
}

const VERSION_2_FILES = { current: 'memory.current', limit: 'memory.max' };
const VERSION_1_FILES = { current: 'memory.usage_in_bytes', limit: 'memory.limit_in_bytes' };

/** Version 1 writes "no limit" as the greatest number of pages that fits; no machine has this much memory. */
const VERSION_1_NO_LIMIT = 2 ** 60;

export function cgroupFigures(pid: number): CgroupFigures {
  const membership = readProcText(`/proc/${pid}/cgroup`) ?? '';
  const folder = memoryFolder(membership, readProcText('/proc/self/mountinfo') ?? '');
  if (folder === null) {
    const none = { reason: 'the process is in no control group that counts memory' };
    return { cgroupCurrent: none, cgroupLimit: none, cgroupShmem: none };
  }
  const limit = readText(join(folder.path, folder.files.limit));
  const noLimit = limit !== null && (limit === 'max' || Number(limit) >= VERSION_1_NO_LIMIT);
  const missing = { reason: `the control group shows no such figure in ${folder.path}` };
  return {
    cgroupCurrent: figure(readText(join(folder.path, folder.files.current)), missing),
    cgroupLimit: noLimit ? { reason: 'no limit is set for the control group of the process' } : figure(limit, missing),
    cgroupShmem: figure(sharedMemory(readText(join(folder.path, 'memory.stat')) ?? ''), missing),
  };
}

/**
 * Lines `ID:CONTROLLERS:PATH`; version 2 is `0::PATH`.
 * @param mountinfo fields as in proc(5): the mount point is the fifth, the type follows the lone hyphen
 */
export function memoryFolder(membership: string, mountinfo: string): CgroupFolder | null {
  const mounts = mountinfo.split('\n').flatMap((line) => {
    const fields = line.split(' ');
    const hyphen = fields.indexOf('-');
    const root = fields[3];
    const point = fields[4];
    return root === undefined || point === undefined || hyphen < 0
      ? []
      : [{ root, point, type: fields[hyphen + 1], options: (fields[hyphen + 3] ?? '').split(',') }];
  });
  const groups = membership.split('\n').map((line) => /^\d+:([^:]*):(.*)$/u.exec(line) ?? []);
  const versionOne = mounts.find(({ type, options }) => type === 'cgroup' && options.includes('memory'));
  const mount = versionOne ?? mounts.find(({ type }) => type === 'cgroup2');
  const group = groups.find(([, controllers]) =>
    versionOne === undefined ? controllers === '' : (controllers ?? '').split(',').includes('memory'),
  )?.[2];
  if (mount === undefined || group === undefined) {
    return null;
  }
  // In a container the mount shows a part of the tree, and a path of another part begins with `/..`.
  const below = group.startsWith(mount.root) && mount.root !== '/' ? group.slice(mount.root.length) : group;
  return {
    path: join(mount.point, below),
    files: versionOne === undefined ? VERSION_2_FILES : VERSION_1_FILES,
  };
}

/** `shmem N`; where version 1 counts the groups below as well, `total_shmem N`. */
function sharedMemory(stat: string): string | null {
  return /^total_shmem (\d+)$/mu.exec(stat)?.[1] ?? /^shmem (\d+)$/mu.exec(stat)?.[1] ?? null;
}

function figure(text: string | null, missing: Figure): Figure {
  return text !== null && /^\d+$/u.test(text) ? { bytes: Number(text) } : missing;
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    // The root group has no such files.
    return null;
  }
}
