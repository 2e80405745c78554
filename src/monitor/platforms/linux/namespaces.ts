/** Name spaces: which of the kernel's tables a process sees (namespaces(7)). */
import { readProcLink } from './procfs.ts';

/** Whether a process sees the same sockets (`net`) or System V segments (`ipc`) as the monitor. */
export function inOurNamespace(pid: number, kind: 'net' | 'ipc'): boolean {
  const theirs = readProcLink(`/proc/${pid}/ns/${kind}`);
  const ours = readProcLink(`/proc/self/ns/${kind}`);
  return typeof theirs !== 'string' && typeof ours !== 'string' && theirs.to === ours.to;
}
