/** Processes for a picker. */
import type { ProcessEntry } from '../platform.ts';
import { LOOK_ACCESS, refusedSentence, withProcess } from './access.ts';
import type { WindowsTools } from './look.ts';
import type { ProcessRow } from './process-table.ts';

/** The idle process and the kernel's own. */
const SYSTEM_PIDS: readonly number[] = [0, 4];

/** Neither the monitor itself nor the system. */
export function isProgram(pid: number): boolean {
  return pid !== process.pid && !SYSTEM_PIDS.includes(pid);
}

export function processEntry(row: ProcessRow, { api, rights, processes }: WindowsTools): ProcessEntry {
  const { pid, parentPid } = row;
  const name = processes.shownName(pid, row.name);
  const opened = withProcess(api, pid, LOOK_ACCESS, () => null);
  return {
    pid,
    parentPid,
    name,
    commandLine: processes.commandLine(pid) ?? name,
    refusal: opened === null ? null : refusedSentence({ pid, name, error: opened.error, sections: null }, rights),
  };
}
