/** Linux: everything from /proc, nothing from inside the process. */
import { loadLibc } from '../../../../native/libc.ts';
import type { Platform, ProcessEntry } from '../platform.ts';
import { argumentsOf, processName } from './process-names.ts';
import { readStat } from './process-status.ts';
import { listPids, readProcText } from './procfs.ts';
import { openTarget, refusalOf } from './target.ts';
import { hidesProcesses } from './unseen.ts';

export async function openLinuxPlatform(): Promise<Platform> {
  const tools = {
    libc: await loadLibc(),
    hidesProcesses: process.geteuid?.() !== 0 && hidesProcesses(readProcText('/proc/self/mountinfo') ?? ''),
  };
  return {
    name: 'linux',
    processes: () => listPids().flatMap((pid) => processEntry(pid) ?? []),
    open: (pid) => openTarget(pid, tools),
  };
}

/** Null for the monitor itself, for threads of the kernel and for what has ended. */
function processEntry(pid: number): ProcessEntry | null {
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
