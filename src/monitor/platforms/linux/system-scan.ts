/**
 * One look at the shared memory of all processes that may be read: who has which object open, and who has which part
 * of it mapped. Views are read before descriptors, so that an object made in between could pass for one without views:
 * objects of the watched process that are that young are looked at once more.
 */
import { statSync } from 'node:fs';
import { DescriptorReader, type SectionDescriptor, measure, measuresOf } from './descriptors.ts';
import { type Mapping, sharedMemoryMappings } from './maps.ts';
import { listPids, listProc, type ProcFailure, readProc } from './procfs.ts';
import { type SectionName, sectionName } from './section-names.ts';
import { SectionTable, holdingOf } from './section-table.ts';

export interface SystemScan {
  readonly table: SectionTable;
  /** Processes that the monitor may not read, rising. */
  readonly refused: readonly number[];
  /** The inodes of the sockets that each readable process has open. */
  readonly sockets: ReadonlyMap<number, readonly number[]>;
  /** How reading the watched process went; `gone` too where none is watched. */
  readonly target: 'read' | ProcFailure;
}

/** The kernel's clock for files ticks every few milliseconds. */
const CLOCK_TICK_MS = 20;

export class SystemScanner {
  readonly #descriptors = new DescriptorReader();
  readonly #shmDevice = deviceOfShm();
  readonly #mapFilesReadable = mayReadMapFiles();

  /**
   * @param target the process that is watched; null where all are looked at
   * @param watched with those that are watched with it; null where all are looked at
   */
  scan(target: number | null, watched: ReadonlySet<number> | null): SystemScan {
    const begun = Date.now();
    const table = new SectionTable();
    const refused: number[] = [];
    const sockets = new Map<number, readonly number[]>();
    const pids = listPids();
    let targetRead: SystemScan['target'] = 'gone';
    for (const pid of pids) {
      const read = this.#readProcess(pid, table);
      if (read === 'refused') {
        refused.push(pid);
      }
      if (typeof read !== 'string') {
        sockets.set(pid, read.sockets);
        if (watched?.has(pid) !== false) {
          this.#lookAgain(
            pid,
            table,
            read.sections.filter(({ created }) => created === 0 || created > begun - CLOCK_TICK_MS),
          );
        }
      }
      if (pid === target) {
        targetRead = typeof read === 'string' ? read : 'read';
      }
    }
    this.#descriptors.keepOnly(new Set(pids));
    return { table, refused, sockets, target: targetRead };
  }

  #readProcess(pid: number, table: SectionTable): ReturnType<DescriptorReader['read']> {
    const maps = readProc(`/proc/${pid}/maps`);
    if (typeof maps === 'string') {
      return maps;
    }
    if (maps.length === 0) {
      // A thread of the kernel, or a process that has ended and was not waited for.
      return 'gone';
    }
    const mappings = sharedMemoryMappings(maps, this.#shmDevice);
    // Only such processes make objects whose names alone do not tell that they are the runtime's.
    const inDotnet = maps.includes('/libcoreclr.so') || mappings.some(({ path }) => path.includes('doublemapper'));
    addViews(table, pid, mappings, inDotnet);
    const descriptors = this.#descriptors.read(pid, inDotnet);
    if (typeof descriptors !== 'string') {
      addHandles(table, pid, descriptors.sections);
    }
    this.#measureMapped(table, pid, mappings);
    return descriptors;
  }

  /** Of a mapping that no descriptor is left for, /proc/PID/map_files leads to the object; root only. */
  #measureMapped(table: SectionTable, pid: number, mappings: readonly Mapping[]): void {
    for (const mapping of this.#mapFilesReadable ? mappings : []) {
      const entry = table.get(idOf(mapping));
      if (entry?.measures === null) {
        const path = `/proc/${pid}/map_files/${mapping.start.toString(16)}-${mapping.end.toString(16)}`;
        const stats = measure(path);
        // Something else may be mapped there by now.
        if (stats?.ino === mapping.inode && stats.dev === mapping.device) {
          entry.path = path;
          entry.measures = measuresOf(stats);
        }
      }
    }
  }

  /** Objects that are as young as this look: a view may have come after the first reading, or all may be gone again. */
  #lookAgain(pid: number, table: SectionTable, young: readonly SectionDescriptor[]): void {
    const unmapped = young.filter(({ id }) => table.get(id)?.holdings.every(({ views }) => views.length === 0));
    if (unmapped.length === 0) {
      return;
    }
    const maps = readProc(`/proc/${pid}/maps`);
    const ids = new Set(unmapped.map(({ id }) => id));
    const mappings = typeof maps === 'string' ? [] : sharedMemoryMappings(maps, this.#shmDevice);
    addViews(
      table,
      pid,
      mappings.filter((mapping) => ids.has(idOf(mapping))),
      false,
    );
    for (const { path, id } of unmapped) {
      const stats = measure(path);
      if (stats === undefined || `${stats.dev}:${stats.ino}` !== id) {
        table.delete(id);
      }
    }
  }
}

function addViews(table: SectionTable, pid: number, mappings: readonly Mapping[], inDotnet: boolean): void {
  for (const mapping of mappings) {
    const { path, start, end, offset } = mapping;
    const id = idOf(mapping);
    const entry = table.get(id) ?? table.add(id, sectionName(path, null, inDotnet) ?? nameUnder(path));
    holdingOf(entry, pid).views.push({ start: offset, end: offset + end - start });
  }
}

function addHandles(table: SectionTable, pid: number, descriptors: readonly SectionDescriptor[]): void {
  for (const { id, name, path, measures } of descriptors) {
    const entry = table.get(id) ?? table.add(id, name);
    if (entry.measures === null) {
      // A descriptor tells for certain whether the object still has its name.
      entry.name = name;
    }
    entry.path = path;
    entry.measures = measures;
    holdingOf(entry, pid).handles += 1;
  }
}

function idOf({ path, device, inode }: Mapping): string {
  return path.startsWith('/SYSV') ? `sysv:${inode}` : `${device}:${inode}`;
}

/** Tried on the monitor itself: it takes CAP_SYS_ADMIN or CAP_CHECKPOINT_RESTORE (proc(5)). */
function mayReadMapFiles(): boolean {
  const names = listProc('/proc/self/map_files');
  return typeof names !== 'string' && names.some((name) => measure(`/proc/self/map_files/${name}`) !== undefined);
}

/** A path under which another process sees what this one sees in /dev/shm. */
function nameUnder(path: string): SectionName {
  const named = !path.endsWith(' (deleted)');
  return { kind: named ? 'named' : 'page-file', name: path.replace(/ \(deleted\)$/u, ''), maker: 'shm' };
}

function deviceOfShm(): number | null {
  try {
    return statSync('/dev/shm').dev;
  } catch {
    return null;
  }
}
