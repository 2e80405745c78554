/** A process under watch on Windows: one look at a time, for as long as it is the same process. */
import type { ProcessFigures } from '../../section.ts';
import type { Refusal, Snapshot, Target } from '../platform.ts';
import { LOOK_ACCESS, processLife, refusedSentence, withProcess } from './access.ts';
import { Family } from './family.ts';
import { SectionLooks, type WindowsTools } from './look.ts';
import type { ProcessRow } from './process-table.ts';

/** Why the lower bound of what no view holds may be too high. */
export const UNSEEN_VIEWS = {
  bytes: Number.POSITIVE_INFINITY,
  reason: 'a process that may not be opened, or that has closed its handle of a named section, may have a view',
};

export function openTarget(pid: number, tools: WindowsTools, withChildren: boolean): Target | Refusal {
  const row = tools.processes.list().get(pid);
  if (row === undefined) {
    return { refusal: `There is no process ${pid}: it may have ended. Choose one that runs.` };
  }
  return refusalOf(row, tools) ?? new WindowsTarget(row, tools, withChildren);
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
  readonly #family: Family | null;
  readonly #looks: SectionLooks;

  constructor({ pid, created, name }: ProcessRow, tools: WindowsTools, withChildren: boolean) {
    this.pid = pid;
    this.name = tools.processes.shownName(pid, name);
    this.#created = created;
    this.#tools = tools;
    this.#family = withChildren ? new Family(pid) : null;
    this.#looks = new SectionLooks(tools, pid);
  }

  look(): Snapshot | Refusal {
    const { processes, memory, rights } = this.#tools;
    const rows = processes.list();
    const row = rows.get(this.pid);
    if (row?.created !== this.#created) {
      return this.ended() ?? { refusal: this.#endedSentence() };
    }
    const family = this.#family?.look(rows) ?? new Set([this.pid]);
    const { sections, refused, refusedOthers } = this.#looks.look(family, rows);
    // Asked last: only then everything above was of the process that is meant.
    const refusal = this.ended();
    if (refusal !== null) {
      return refusal;
    }
    const error = refused.get(this.pid);
    if (error !== undefined) {
      return { refusal: refusedSentence({ pid: this.pid, name: this.name, error, sections: null }, rights) };
    }
    return {
      process: processFigures(this.name, row),
      watched: new Set([...family].filter((pid) => !refused.has(pid))),
      sections,
      memory: memory.read(rows),
      unseen: UNSEEN_VIEWS,
      unreadable: [
        ...[...refused].map(([pid, refusedWith]) =>
          refusedSentence({ pid, name: rows.get(pid)?.name ?? '', error: refusedWith, sections: null }, rights),
        ),
        ...othersInWords(refusedOthers),
      ],
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

  #endedSentence(): string {
    return `Process ${this.pid} (${this.name}) has ended.`;
  }
}

function othersInWords(refused: number): readonly string[] {
  return refused === 0
    ? []
    : [
        `${refused} ${refused === 1 ? 'process' : 'processes'} with section handles could not be opened, and may hold sections of this one. Run the monitor as administrator to see them.`,
      ];
}

function processFigures(name: string, row: ProcessRow): ProcessFigures {
  const { workingSetBytes, privateWorkingSetBytes, privateBytes } = row;
  return {
    name,
    residentBytes: workingSetBytes,
    residentSharedBytes: privateWorkingSetBytes === 0 ? null : Math.max(0, workingSetBytes - privateWorkingSetBytes),
    privateBytes: privateBytes === 0 ? null : privateBytes,
  };
}
