/** One look at the sections of the watched processes: their handles, then the views that may be of them. */
import type { WindowsApi } from '../../../../native/windows.ts';
import type { SectionObservation } from '../platform.ts';
import { LOOK_ACCESS, type Rights, withProcess } from './access.ts';
import type { HandleSource } from './handle-source.ts';
import { emptySectionHandles, type SectionHandles } from './handle-tables.ts';
import type { MemoryListReader } from './memory-lists.ts';
import { SectionObserver } from './observe.ts';
import { descendants, type ProcessRow } from './process-table.ts';
import type { ProcessLister } from './processes.ts';
import type { MappedRegion, RegionWalker } from './regions.ts';
import type { SectionReader } from './section-reader.ts';
import { type HandleOwner, SectionTable } from './section-table.ts';

export interface WindowsTools {
  readonly api: WindowsApi;
  readonly rights: Rights;
  readonly source: HandleSource;
  readonly reader: SectionReader;
  readonly walker: RegionWalker;
  readonly processes: ProcessLister;
  readonly memory: MemoryListReader;
}

export interface Looked {
  readonly sections: readonly SectionObservation[];
  /** Watched processes that did not open, with the error. */
  readonly refused: ReadonlyMap<number, number>;
  /** Other processes with section handles that did not open, where they matter. */
  readonly refusedOthers: number;
}

export class SectionLooks {
  readonly #tools: WindowsTools;
  readonly #main: number | null;
  readonly #table: SectionTable;
  readonly #observer = new SectionObserver();

  /** @param main the process that is watched, where it is one */
  constructor(tools: WindowsTools, main: number | null) {
    this.#tools = tools;
    this.#main = main;
    this.#table = new SectionTable(tools.reader, main);
  }

  /** Handles before views: a section that is met has its views met as well, if it has any. */
  look(watched: ReadonlySet<number>, rows: ReadonlyMap<number, ProcessRow>): Looked {
    this.#table.beginLook(watched, (pid, created) => rows.get(pid)?.created === created);
    const refusedOthers = this.#readHandles(watched, rows);
    const refused = new Map<number, number>();
    const sections = [...this.#table.sections];
    const heirs = new Map([...watched].map((pid) => [pid, descendants(pid, rows)]));
    const viewers = new Set([...watched, ...[...heirs.values()].flat()]);
    for (const { everHeld } of sections) {
      for (const pid of everHeld) {
        viewers.add(pid);
      }
    }
    const views = new Map<number, readonly MappedRegion[]>();
    for (const pid of viewers) {
      const walked = withProcess(this.#tools.api, pid, LOOK_ACCESS, (process) => this.#tools.walker.walk(process));
      if (walked !== null && 'error' in walked) {
        if (watched.has(pid)) {
          refused.set(pid, walked.error);
        }
      } else if (walked !== null) {
        views.set(pid, walked.ofPageFile);
      }
    }
    return {
      sections: this.#observer.observe(sections, {
        main: this.#main,
        watched,
        nameOf: this.#names(rows),
        views,
        heirsOf: (pid) => heirs.get(pid) ?? [],
      }),
      refused,
      refusedOthers,
    };
  }

  /** A name may take a question to the process: once a look. */
  #names(rows: ReadonlyMap<number, ProcessRow>): (pid: number) => string {
    const names = new Map<number, string>();
    return (pid) => {
      const name = names.get(pid) ?? this.#tools.processes.shownName(pid, rows.get(pid)?.name ?? `pid ${pid}`);
      names.set(pid, name);
      return name;
    };
  }

  /** @returns how many other processes with section handles do not open, where they may hold the same sections */
  #readHandles(watched: ReadonlySet<number>, rows: ReadonlyMap<number, ProcessRow>): number {
    const processes = new OpenProcesses(this.#tools.api);
    try {
      return this.#readWith(processes, watched, rows);
    } finally {
      processes.close();
    }
  }

  #readWith(processes: OpenProcesses, watched: ReadonlySet<number>, rows: ReadonlyMap<number, ProcessRow>): number {
    const all = owners(this.#tables(processes, watched), watched, rows, processes);
    this.#table.update(all);
    return this.#table.incomplete ? all.filter(({ pid }) => !watched.has(pid) && processes.refused(pid)).length : 0;
  }

  /** One process is asked alone where the system can be asked so, and the others only where they may hold the same. */
  #tables(processes: OpenProcesses, watched: ReadonlySet<number>): ReadonlyMap<number, SectionHandles> {
    const { source } = this.#tools;
    const [only] = watched;
    const own =
      source.asksProcesses && watched.size === 1 && only !== undefined ? source.ofProcess(processes.open(only)) : null;
    if (only === undefined || own === null || 'status' in own) {
      return source.ofSystem();
    }
    const shared = own.handleCounts.some((count) => count > 1);
    // Always the same table for the same process: they show handles differently.
    return new Map(shared ? [...source.ofSystem(), [only, own]] : [[only, own]]);
  }
}

/** The watched ones first. The monitor itself holds duplicates only. */
function owners(
  tables: ReadonlyMap<number, SectionHandles>,
  watched: ReadonlySet<number>,
  rows: ReadonlyMap<number, ProcessRow>,
  processes: OpenProcesses,
): readonly HandleOwner[] {
  // A process without any handle is in no table.
  const missing = [...watched].filter((pid) => !tables.has(pid)).map((pid) => [pid, emptySectionHandles()] as const);
  return [...tables, ...missing]
    .flatMap(([pid, columns]): readonly HandleOwner[] => {
      const created = rows.get(pid)?.created;
      return created === undefined || pid === process.pid
        ? []
        : [{ pid, created, columns, open: () => processes.open(pid) }];
    })
    .toSorted((a, b) => Number(watched.has(b.pid)) - Number(watched.has(a.pid)));
}

/** Processes that are opened to duplicate handles from, all closed at the end of a look. */
class OpenProcesses {
  readonly #api: WindowsApi;
  readonly #opened = new Map<number, number>();

  constructor(api: WindowsApi) {
    this.#api = api;
  }

  /** 0 where it is refused. */
  open(pid: number): number {
    let opened = this.#opened.get(pid);
    if (opened === undefined) {
      opened = this.#api.kernel32.openProcess(LOOK_ACCESS, pid);
      this.#opened.set(pid, opened);
    }
    return opened;
  }

  refused(pid: number): boolean {
    return this.#opened.get(pid) === 0;
  }

  close(): void {
    for (const opened of this.#opened.values()) {
      if (opened !== 0) {
        this.#api.kernel32.close(opened);
      }
    }
    this.#opened.clear();
  }
}
