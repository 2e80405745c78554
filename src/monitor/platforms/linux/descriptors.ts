/**
 * The descriptors of a process that are shared memory: links in `/proc/PID/fd` to `/memfd:...` and `/dev/shm/...`, and
 * what `stat` tells through them. `stat` opens nothing and allocates nothing; its blocks count swapped pages too.
 *
 * A link's target is remembered for as long as `stat` shows the same object behind the same number: a descriptor
 * number that was closed and given to another object shows another inode.
 */
import { type Stats, statfsSync, statSync } from 'node:fs';
import { listProc, type ProcFailure, readProcLink } from './procfs.ts';
import { type SectionName, sectionName } from './section-names.ts';
import type { SectionMeasures } from './section-table.ts';

export interface SectionDescriptor {
  readonly path: string;
  readonly id: string;
  readonly name: SectionName;
  readonly measures: SectionMeasures;
  /** Milliseconds since 1970, by the file's own account; 0 where the system does not tell. */
  readonly created: number;
}

export interface Descriptors {
  readonly sections: readonly SectionDescriptor[];
  /** The inodes of its sockets. */
  readonly sockets: readonly number[];
}

interface KnownLink {
  readonly device: number;
  readonly inode: number;
  readonly id: string;
  readonly name: SectionName;
}

/** `<linux/magic.h>`: where shared memory lives. A path alone may be a file of anything. */
const TMPFS_MAGIC = 0x0102_1994;
const HUGETLBFS_MAGIC = 0x9584_58f6;

const SOCKET = 'socket:[';
const BLOCK_BYTES = 512;

export class DescriptorReader {
  /** By process, then by descriptor. */
  #known = new Map<number, ReadonlyMap<string, KnownLink>>();
  readonly #sharedMemoryDevices = new Map<number, boolean>();

  read(pid: number, inDotnet: boolean): Descriptors | ProcFailure {
    const folder = `/proc/${pid}/fd`;
    const names = listProc(folder);
    if (typeof names === 'string') {
      this.#known.delete(pid);
      return names;
    }
    const before = this.#known.get(pid);
    const after = new Map<string, KnownLink>();
    const sections: SectionDescriptor[] = [];
    const sockets: number[] = [];
    for (const name of names) {
      const path = `${folder}/${name}`;
      const known = before?.get(name);
      const found =
        (known === undefined ? undefined : this.#again(path, known)) ?? this.#lookUp(path, inDotnet, sockets);
      if (found !== undefined) {
        after.set(name, found.link);
        sections.push(descriptorOf(path, found.link, found.stats));
      }
    }
    if (after.size > 0) {
      this.#known.set(pid, after);
    } else {
      this.#known.delete(pid);
    }
    return { sections, sockets };
  }

  /** Forgets processes that are gone. */
  keepOnly(pids: ReadonlySet<number>): void {
    for (const pid of this.#known.keys()) {
      if (!pids.has(pid)) {
        this.#known.delete(pid);
      }
    }
  }

  #again(path: string, link: KnownLink): { link: KnownLink; stats: Stats } | undefined {
    const stats = measure(path);
    const same = stats?.ino === link.inode && stats.dev === link.device;
    // A file that has a name may have been renamed or have lost it.
    return same && link.name.kind !== 'named' ? { link, stats } : undefined;
  }

  #lookUp(path: string, inDotnet: boolean, sockets: number[]): { link: KnownLink; stats: Stats } | undefined {
    const target = readProcLink(path);
    if (typeof target === 'string') {
      return undefined;
    }
    if (target.to.startsWith(SOCKET)) {
      sockets.push(Number.parseInt(target.to.slice(SOCKET.length), 10));
      return undefined;
    }
    if (!mayBeSection(target.to)) {
      return undefined;
    }
    const stats = measure(path);
    const name = stats === undefined ? null : sectionName(target.to, stats.nlink > 0, inDotnet);
    if (stats === undefined || name === null || !this.#inSharedMemory(stats.dev, path)) {
      return undefined;
    }
    return { link: { device: stats.dev, inode: stats.ino, id: `${stats.dev}:${stats.ino}`, name }, stats };
  }

  #inSharedMemory(device: number, path: string): boolean {
    let known = this.#sharedMemoryDevices.get(device);
    if (known === undefined) {
      try {
        const { type } = statfsSync(path);
        known = type === TMPFS_MAGIC || type === HUGETLBFS_MAGIC;
      } catch {
        // Closed meanwhile.
        return false;
      }
      this.#sharedMemoryDevices.set(device, known);
    }
    return known;
  }
}

/** What `stat` tells of the object behind a path of /proc; undefined where it is closed. */
export function measure(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    // The process ended, or took other privileges.
    return undefined;
  }
}

export function measuresOf(stats: Stats): SectionMeasures {
  return { maximumBytes: stats.size, allocatedBytes: stats.blocks * BLOCK_BYTES };
}

function descriptorOf(path: string, { id, name }: KnownLink, stats: Stats): SectionDescriptor {
  return { path, id, name, measures: measuresOf(stats), created: stats.birthtimeMs };
}

function mayBeSection(link: string): boolean {
  return link.startsWith('/memfd:') || link.startsWith('/dev/shm/');
}
