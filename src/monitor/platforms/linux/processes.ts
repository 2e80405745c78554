/** The processes of the machine, as a picker shows them. */
import type { ProcessEntry } from '../platform.ts';
import { argumentsOf, processName } from './process-names.ts';
import { readStat } from './process-status.ts';
import { listPids } from './procfs.ts';
import { refusalOf } from './target.ts';

export function processEntries(): readonly ProcessEntry[] {
  return listPids().flatMap((pid) => processEntry(pid) ?? []);
}

/** Null for the monitor itself, for threads of the kernel and for what has ended. */
export function processEntry(pid: number): ProcessEntry | null {
  const stat = pid === process.pid ? null : readStat(pid);
  if (stat === null || stat.ofKernel || stat.state === 'Z' || stat.state === 'X') {
    return null;
  }
  const name = processName(pid, stat.command);
  return {
    pid,
    parentPid: stat.parentPid,
    name,
    commandLine: argumentsOf(pid).join(' ') || name,
    refusal: refusalOf(pid, stat)?.refusal ?? null,
  };
}
