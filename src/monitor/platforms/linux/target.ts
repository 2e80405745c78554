/** A process under watch on Linux: one look at a time, for as long as it is the same process. */
import type { Libc } from '../../../../native/libc.ts';
import type { Refusal, Snapshot, Target } from '../platform.ts';
import type { Family } from './family.ts';
import { memoryLists } from './memory-lists.ts';
import { observeSections } from './observe.ts';
import { nameOf, processName, userName } from './process-names.ts';
import { isLeaving, type ProcessStat, processFigures, readStat, readStatus } from './process-status.ts';
import { readProcLink } from './procfs.ts';
import { addSystemV } from './system-v-sections.ts';
import { SystemScanner } from './system-scan.ts';
import { Unseen } from './unseen.ts';

export interface LinuxTools {
  readonly libc: Libc | { readonly reason: string };
  /** Whether /proc leaves out the processes of other users. */
  readonly hidesProcesses: boolean;
}

/** @param family whose members are watched with it; null for the process alone */
export function openTarget(pid: number, tools: LinuxTools, family: Family | null): Target | Refusal {
  const stat = readStat(pid);
  if (stat === null) {
    return { refusal: `There is no process ${pid}: it may have ended. Choose one that runs.` };
  }
  return refusalOf(pid, stat) ?? new LinuxTarget(pid, stat, tools, family);
}

/** Why a process cannot be watched; null where it can. */
export function refusalOf(pid: number, stat: ProcessStat): Refusal | null {
  const name = `Process ${pid} (${processName(pid, stat.command)})`;
  if (stat.ofKernel) {
    return { refusal: `${name} is a thread of the kernel and holds no sections. Choose a program's process.` };
  }
  if (stat.state === 'Z' || stat.state === 'X') {
    return {
      refusal: `${name} has ended and only waits for its parent, process ${stat.parentPid}: it holds nothing any more. Choose one that runs.`,
    };
  }
  const status = readStatus(pid);
  const group = status?.get('Tgid');
  if (group !== undefined && group !== String(pid)) {
    return { refusal: `${pid} is a thread of process ${group}. Choose ${group}.` };
  }
  // The same right is asked for as for descriptors and maps (PTRACE_MODE_READ_FSCREDS, proc(5)).
  return readProcLink(`/proc/${pid}/exe`) === 'refused'
    ? { refusal: refusedSentence(name, status?.get('Uid')?.split('\t')[0]) }
    : null;
}

function refusedSentence(name: string, owner: string | undefined): string {
  const own = String(process.geteuid?.() ?? '');
  if (owner === undefined || owner === own) {
    return `${name} may not be read, though it is of the same user: it has capabilities that the monitor lacks. Run the monitor as root with all capabilities.`;
  }
  const user = userName(owner);
  return `${name} belongs to ${user} and may not be read by ${userName(own)}. Run the monitor as ${user === 'root' ? 'root' : `${user} or root`}.`;
}

class LinuxTarget implements Target {
  readonly pid: number;
  readonly name: string;
  readonly #stat: ProcessStat;
  readonly #tools: LinuxTools;
  readonly #family: Family | null;
  readonly #scanner = new SystemScanner();

  constructor(pid: number, stat: ProcessStat, tools: LinuxTools, family: Family | null) {
    this.pid = pid;
    this.name = processName(pid, stat.command);
    this.#stat = stat;
    this.#tools = tools;
    this.#family = family;
  }

  look(): Snapshot | Refusal {
    const pids = this.#family?.look() ?? new Set([this.pid]);
    const scan = this.#scanner.scan(this.pid, pids);
    for (const pid of pids) {
      const stat = pid === this.pid ? this.#stat : readStat(pid);
      if (stat !== null) {
        addSystemV(scan.table, pid, stat);
      }
    }
    const { libc } = this.#tools;
    const unseen = new Unseen(scan, 'reason' in libc ? null : libc, this.#tools.hidesProcesses);
    const names = new Map([[this.pid, this.name]]);
    const { sections, unmapped } = observeSections(scan.table.values(), {
      pids,
      nameOf: (pid) => nameOf(pid, names),
      mayBeViewedUnseen: (entry) => unseen.mayView(entry),
      libc,
    });
    const status = readStatus(this.pid);
    // Asked last: only then everything above was of the process that is meant.
    const refusal = this.ended() ?? (isLeaving(this.pid) ? { refusal: this.#goneSentence('gone') } : null);
    if (refusal !== null || status === null || scan.target !== 'read') {
      return refusal ?? { refusal: this.#goneSentence(scan.target) };
    }
    return {
      process: processFigures(this.name, status),
      // Asked after everything above: what a process lacks that is about to end went with it.
      watched: new Set([...pids].filter((pid) => !isLeaving(pid))),
      sections,
      memory: { ...memoryLists(this.pid), shmemUnmapped: unmapped },
      unseen: unseen.views,
      unreadable: unseen.sentences(sections.some(({ unseenViews }) => unseenViews)),
    };
  }

  ended(): Refusal | null {
    const stat = readStat(this.pid);
    if (stat?.startTime === this.#stat.startTime) {
      return stat.state === 'Z' || stat.state === 'X' ? { refusal: this.#goneSentence('gone') } : null;
    }
    const successor =
      stat === null ? '' : ` Its number was given to another process (${stat.command}): attach again if that is meant.`;
    return { refusal: `${this.#goneSentence('gone')}${successor}` };
  }

  #goneSentence(target: 'read' | 'gone' | 'refused'): string {
    return target === 'refused'
      ? `Process ${this.pid} (${this.name}) may not be read any more: it has taken other privileges. Run the monitor as root and attach again.`
      : `Process ${this.pid} (${this.name}) has ended.`;
  }
}
