/** A process under watch on Windows: one look at a time, for as long as it is the same process. */
import { PROCESS_DUP_HANDLE } from '../../../../native/kernel32.ts';
import type { WindowsApi } from '../../../../native/windows.ts';
import type { ProcessFigures } from '../../section.ts';
import type { Refusal, Snapshot, Target } from '../platform.ts';
import { LOOK_ACCESS, processLife, refusedSentence, type Rights, withProcess } from './access.ts';
import type { HandleSource } from './handle-source.ts';
import { emptySectionHandles, type SectionHandles } from './handle-tables.ts';
import type { MemoryListReader } from './memory-lists.ts';
import { observeSections } from './observe.ts';
import type { ProcessViews } from './placing.ts';
import { descendants, type ProcessRow } from './process-table.ts';
import type { ProcessLister } from './processes.ts';
import { type RegionWalker } from './regions.ts';
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

export function openTarget(pid: number, tools: WindowsTools): Target | Refusal {
  const row = tools.processes.list().get(pid);
  if (row === undefined) {
    return { refusal: `There is no process ${pid}: it may have ended. Choose one that runs.` };
  }
  return refusalOf(row, tools) ?? new WindowsTarget(row, tools);
}

/** Why a process cannot be watched; null where it can. */
function refusalOf(row: ProcessRow, { api, rights, source }: WindowsTools): Refusal | null {
  const { pid } = row;
  const opened = withProcess(api, pid, LOOK_ACCESS, () => null);
  if (opened === null) {
    return null;
  }
  const sections = source.ofSystem().get(pid)?.handles.length ?? null;
  return { refusal: refusedSentence({ pid, name: row.name, error: opened.error, sections }, rights) };
}

class WindowsTarget implements Target {
  readonly pid: number;
  readonly name: string;
  readonly #created: bigint;
  readonly #tools: WindowsTools;
  readonly #table: SectionTable;

  constructor({ pid, created, name }: ProcessRow, tools: WindowsTools) {
    this.pid = pid;
    this.name = tools.processes.shownName(pid, name);
    this.#created = created;
    this.#tools = tools;
    this.#table = new SectionTable(pid, tools.reader);
  }

  look(): Snapshot | Refusal {
    const { api, processes, memory } = this.#tools;
    const rows = processes.list();
    const row = rows.get(this.pid);
    if (row?.created !== this.#created) {
      return this.ended() ?? { refusal: this.#endedSentence() };
    }
    const looked = withProcess(api, this.pid, LOOK_ACCESS, (process) => this.#look(process, rows));
    // Asked last: only then everything above was of the process that is meant.
    const refusal = this.ended();
    if (refusal !== null || looked === null) {
      return refusal ?? { refusal: this.#endedSentence() };
    }
    if ('error' in looked) {
      const refused = { pid: this.pid, name: this.name, error: looked.error, sections: null };
      return { refusal: refusedSentence(refused, this.#tools.rights) };
    }
    return {
      ...looked,
      process: processFigures(this.name, row),
      watched: new Set([this.pid]),
      memory: memory.read(rows),
    };
  }

  ended(): Refusal | null {
    const life = processLife(this.#tools.api, this.pid);
    if (life?.created === this.#created && !life.ended) {
      return null;
    }
    const successor =
      life === null || life.created === this.#created
        ? ''
        : ' Its number was given to another process: attach again if that is meant.';
    return { refusal: `${this.#endedSentence()}${successor}` };
  }

  /** Handles before views: a section that is met has its views met as well, if it has any. */
  #look(
    process: number,
    rows: ReadonlyMap<number, ProcessRow>,
  ): Omit<Snapshot, 'process' | 'watched' | 'memory'> | null {
    const unopened = this.#readHandles(process, rows);
    const views = this.#tools.walker.walk(process);
    if (views === null) {
      return null;
    }
    const sections = [...this.#table.sections.values()];
    const heirs = new Set(descendants(this.pid, rows));
    const holders = new Set(sections.flatMap(({ others }) => [...others.keys()]));
    const others: ProcessViews[] = [];
    let unwalkedHeirs = false;
    for (const pid of new Set([...holders, ...heirs])) {
      const walked = withProcess(this.#tools.api, pid, LOOK_ACCESS, (other) => this.#tools.walker.walk(other));
      if (walked === null || 'error' in walked) {
        unwalkedHeirs ||= heirs.has(pid) && this.#isThere(pid);
      } else {
        others.push({ pid, regions: walked.ofPageFile });
      }
    }
    const observed = observeSections(sections, {
      pid: this.pid,
      nameOf: (pid) => (pid === this.pid ? this.name : (rows.get(pid)?.name ?? `pid ${pid}`)),
      target: { pid: this.pid, regions: views.ofPageFile },
      others,
      heirs,
      unwalkedHeirs,
    });
    return {
      ...observed,
      unseen: {
        bytes: Number.POSITIVE_INFINITY,
        reason: 'a process that may not be opened, or that has closed its handle of a named section, may have a view',
      },
      unreadable: unopened,
    };
  }

  /** @returns what could not be read, in words */
  #readHandles(process: number, rows: ReadonlyMap<number, ProcessRow>): readonly string[] {
    const { source } = this.#tools;
    this.#table.beginLook();
    this.#table.keepOnly((pid, created) => rows.get(pid)?.created === created);
    const asked = source.asksProcesses ? source.ofProcess(process) : null;
    const own = asked === null || 'status' in asked ? null : asked;
    if (own !== null) {
      this.#update(own, new Map(), rows, process);
      if (!this.#table.incomplete) {
        return [];
      }
    }
    const system = source.ofSystem();
    const refused = this.#update(own ?? system.get(this.pid) ?? emptySectionHandles(), system, rows, process);
    return this.#table.incomplete && refused > 0
      ? [
          `${refused} process${refused === 1 ? '' : 'es'} with section handles could not be opened, and may hold sections of this one. Run the monitor as administrator to see them.`,
        ]
      : [];
  }

  /** @returns how many other processes with section handles do not open */
  #update(
    own: SectionHandles,
    system: ReadonlyMap<number, SectionHandles>,
    rows: ReadonlyMap<number, ProcessRow>,
    target: number,
  ): number {
    const { api } = this.#tools;
    const opened = new Map<number, number>([[this.pid, target]]);
    let refused = 0;
    const open = (pid: number): number => {
      let process = opened.get(pid);
      if (process === undefined) {
        process = api.kernel32.openProcess(PROCESS_DUP_HANDLE, pid);
        opened.set(pid, process);
        refused += process === 0 ? 1 : 0;
      }
      return process;
    };
    const owners: HandleOwner[] = [{ pid: this.pid, created: this.#created, columns: own, open: () => target }];
    for (const [pid, columns] of system) {
      const created = rows.get(pid)?.created;
      // The monitor itself holds duplicates only.
      if (pid !== this.pid && pid !== globalThis.process.pid && created !== undefined) {
        owners.push({ pid, created, columns, open: () => open(pid) });
      }
    }
    try {
      this.#table.update(owners);
      return refused;
    } finally {
      for (const [pid, process] of opened) {
        if (pid !== this.pid && process !== 0) {
          api.kernel32.close(process);
        }
      }
    }
  }

  #isThere(pid: number): boolean {
    const life = processLife(this.#tools.api, pid);
    return life === null ? this.#tools.processes.list().has(pid) : !life.ended;
  }

  #endedSentence(): string {
    return `Process ${this.pid} (${this.name}) has ended.`;
  }
}

function processFigures(name: string, row: ProcessRow): ProcessFigures {
  const { workingSetBytes, privateWorkingSetBytes, privateBytes } = row;
  return {
    name,
    residentBytes: workingSetBytes,
    residentSharedBytes: privateWorkingSetBytes === 0 ? null : Math.max(0, workingSetBytes - privateWorkingSetBytes),
    privateBytes,
  };
}
