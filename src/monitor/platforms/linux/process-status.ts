/** What everybody may read of a process: `/proc/PID/stat` and `/proc/PID/status`. */
import type { ProcessFigures } from '../../section.ts';
import { readProcText } from './procfs.ts';

export interface ProcessStat {
  /** Cut by the kernel after 15 bytes. */
  readonly command: string;
  /** One letter; `Z` has ended and waits for its parent, `X` is going. */
  readonly state: string;
  readonly parentPid: number;
  readonly session: number;
  /** In clock ticks since the machine started: with the pid it names a process for good. */
  readonly startTime: string;
  /** A thread of the kernel has no memory of its own. */
  readonly ofKernel: boolean;
}

/** From `include/linux/sched.h`: the kernel's own threads carry it. */
const PF_KTHREAD = 0x0020_0000;

export function readStat(pid: number): ProcessStat | null {
  const text = readProcText(`/proc/${pid}/stat`);
  return text === null ? null : parseStat(text);
}

/**
 * `PID (COMMAND) STATE PARENT GROUP SESSION ...`, fields counted as in proc(5). The command may hold blanks and
 * brackets, so that only the last bracket ends it.
 */
export function parseStat(text: string): ProcessStat | null {
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  if (open < 0 || close < open) {
    return null;
  }
  const fields = text.slice(close + 2).split(' ');
  const [state, parent, , session, , , flags] = fields;
  const startTime = fields[19];
  if (state === undefined || parent === undefined || session === undefined || flags === undefined) {
    return null;
  }
  if (startTime === undefined) {
    return null;
  }
  return {
    command: text.slice(open + 1, close),
    state,
    parentPid: Number(parent),
    session: Number(session),
    startTime,
    ofKernel: (Number(flags) & PF_KTHREAD) !== 0,
  };
}

/**
 * Whether a process has ended or begun to: it gives back its memory before its descriptors (do_exit in the kernel), so that
 * one which still has pages in its address space had all its descriptors until now.
 */
export function isLeaving(pid: number): boolean {
  const pages = readProcText(`/proc/${pid}/statm`)?.split(' ')[0];
  return pages === undefined || pages === '0';
}

/** `USER_HZ`, in which /proc counts time on every architecture that Node runs on. */
const TICKS_A_SECOND = 100;

/** When a process was started, in seconds since 1970; 0 where that cannot be read. */
export function startedAt({ startTime }: ProcessStat): number {
  const booted = /^btime (\d+)$/mu.exec(readProcText('/proc/stat') ?? '')?.[1];
  return booted === undefined ? 0 : Math.floor(Number(booted) + Number(startTime) / TICKS_A_SECOND);
}

/** The `Name: value` lines of `/proc/PID/status`; null when the process is gone. */
export function readStatus(pid: number): ReadonlyMap<string, string> | null {
  const text = readProcText(`/proc/${pid}/status`);
  return text === null ? null : parseFields(text);
}

/** Lines `Name: value`, as in `status` and `meminfo`. */
export function parseFields(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) {
      fields.set(line.slice(0, colon), line.slice(colon + 1).trim());
    }
  }
  return fields;
}

/** A figure such as `51664 kB`; null where there is none. */
export function bytesOf(fields: ReadonlyMap<string, string>, name: string): number | null {
  const match = /^(\d+) kB$/u.exec(fields.get(name) ?? '');
  return match === null ? null : Number(match[1]) * 1024;
}

export function processFigures(name: string, status: ReadonlyMap<string, string>): ProcessFigures {
  const anonymous = bytesOf(status, 'RssAnon');
  const swapped = bytesOf(status, 'VmSwap');
  return {
    name,
    residentBytes: bytesOf(status, 'VmRSS'),
    residentSharedBytes: bytesOf(status, 'RssShmem'),
    privateBytes: anonymous === null || swapped === null ? null : anonymous + swapped,
  };
}
