/**
 * Processes that may not be read, and whether they could have a view of a section all the same. A process comes by an
 * object of shared memory in one of three ways: by its name, as a child or member of the session of a process that
 * holds it, or through a socket of such a process. Where none is open to it, the figures stand as they are.
 */
import { geteuid } from 'node:process';
import type { Libc } from '../../../../native/libc.ts';
import type { UnseenViews } from '../platform.ts';
import { inOurNamespace } from './namespaces.ts';
import { userName } from './process-names.ts';
import { bytesOf, type ProcessStat, readStat, readStatus } from './process-status.ts';
import type { SectionEntry } from './section-table.ts';
import type { SystemScan } from './system-scan.ts';
import { readUnixPeers, type UnixPeers } from './unix-sockets.ts';

interface UnseenProcess extends ProcessStat {
  readonly pid: number;
  readonly user: string;
  /** The most that its views can cover. */
  readonly viewBytes: number;
}

/** What one look has to know about processes that it may not read. */
export class Unseen {
  readonly #scan: SystemScan;
  readonly #libc: Libc | null;
  readonly #processes: readonly UnseenProcess[];
  readonly #hidden: boolean;
  readonly #reached = new Map<number, boolean>();
  #peers: UnixPeers | null | undefined;
  #seenSockets: ReadonlySet<number> | undefined;

  constructor(scan: SystemScan, libc: Libc | null, hidden: boolean) {
    this.#scan = scan;
    this.#libc = libc;
    this.#hidden = hidden;
    this.#processes = scan.refused.flatMap((pid) => unseenProcess(pid) ?? []);
  }

  get views(): UnseenViews {
    const count = this.#processes.length;
    return {
      bytes: this.#hidden
        ? Number.POSITIVE_INFINITY
        : this.#processes.reduce((sum, { viewBytes }) => sum + viewBytes, 0),
      reason: this.#hidden
        ? 'processes of other users, which this /proc hides, could have views of it'
        : `${counted(count)} that may not be read could have views of it`,
    };
  }

  /** Of what has a name that others can open it by, or of what they can have been given. */
  mayView({ name, holdings, attached }: SectionEntry): boolean {
    if (attached !== null) {
      return attached > holdings.reduce((views, holding) => views + holding.views.length, 0);
    }
    if (this.#processes.length === 0 && !this.#hidden) {
      return false;
    }
    return name.kind === 'named' || holdings.some(({ pid }) => this.#isReached(pid));
  }

  /** @param affected whether any figure is bounded for their sake */
  sentences(affected: boolean): readonly string[] {
    const consequence = affected
      ? "bytes that only they map count as 'at most'"
      : 'nothing leads from these sections to them, so the figures stand';
    const sentences: string[] = [];
    if (this.#hidden) {
      sentences.push(
        `/proc is mounted with hidepid, which hides processes of other users: run the monitor as root; ${consequence}.`,
      );
    }
    if (this.#processes.length > 0) {
      sentences.push(`${this.#inWords()} may not be read: ${this.#advice()}; ${consequence}.`);
    }
    return sentences;
  }

  #inWords(): string {
    const users = [...new Set(this.#processes.map(({ user }) => user))].toSorted();
    const [first] = this.#processes;
    return this.#processes.length === 1 && first !== undefined
      ? `1 process of ${first.user} (${first.command}, pid ${first.pid})`
      : `${this.#processes.length} processes of ${users.join(', ')}`;
  }

  #advice(): string {
    return geteuid?.() === 0
      ? 'run the monitor with all capabilities of root'
      : 'run the monitor as that user or as root';
  }

  /** Whether an unseen process is of the family of this one, or at the other end of one of its sockets. */
  #isReached(pid: number): boolean {
    let reached = this.#reached.get(pid);
    if (reached === undefined) {
      reached = this.#hasUnseenRelative(pid) || this.#hasUnseenPeer(pid);
      this.#reached.set(pid, reached);
    }
    return reached;
  }

  #hasUnseenRelative(pid: number): boolean {
    const session = readStat(pid)?.session;
    return this.#processes.some(
      // A session that began outside of this pid name space is shown as 0.
      (unseen) => (unseen.session !== 0 && unseen.session === session) || descends(unseen, pid),
    );
  }

  #hasUnseenPeer(pid: number): boolean {
    const sockets = this.#scan.sockets.get(pid) ?? [];
    if (sockets.length === 0) {
      return false;
    }
    const peers = this.#unixPeers();
    if (peers === null || !inOurNamespace(pid, 'net')) {
      return true;
    }
    this.#seenSockets ??= new Set([...this.#scan.sockets.values()].flat());
    const seen = this.#seenSockets;
    return sockets.some((socket) => {
      const peer = peers.get(socket);
      return peer !== undefined && !seen.has(peer);
    });
  }

  #unixPeers(): UnixPeers | null {
    if (this.#peers === undefined) {
      this.#peers = this.#libc === null ? null : readUnixPeers(this.#libc);
    }
    return this.#peers;
  }
}

/** Whether /proc leaves out the processes of others (mount option hidepid, proc(5)), by `/proc/self/mountinfo`. */
export function hidesProcesses(mountinfo: string): boolean {
  return / \/proc .* - proc .*\bhidepid=(?!0|off)/u.test(mountinfo);
}

/** Null for what has no memory: threads of the kernel, processes that have ended. */
function unseenProcess(pid: number): UnseenProcess | null {
  const stat = readStat(pid);
  const status = readStatus(pid);
  if (stat === null || status === null || stat.ofKernel || stat.state === 'Z' || stat.state === 'X') {
    return null;
  }
  const [uid] = (status.get('Uid') ?? '').split('\t');
  // Views of shared memory are part of the address space, and neither private and writable (VmData) nor stack.
  const [all, data, stack] = ['VmSize', 'VmData', 'VmStk'].map((name) => bytesOf(status, name) ?? 0);
  const viewBytes = Math.max(0, (all ?? 0) - (data ?? 0) - (stack ?? 0));
  return { ...stat, pid, user: userName(uid ?? ''), viewBytes };
}

function descends(process: ProcessStat, ancestor: number): boolean {
  let parent = process.parentPid;
  while (parent > 1) {
    if (parent === ancestor) {
      return true;
    }
    parent = readStat(parent)?.parentPid ?? 0;
  }
  return false;
}

function counted(processes: number): string {
  return processes === 1 ? '1 process' : `${processes} processes`;
}
