/** What the monitor may look at, and the sentences for what it may not: each says what to do next. */
import {
  ERROR_INVALID_PARAMETER,
  PROCESS_DUP_HANDLE,
  PROCESS_QUERY_INFORMATION,
  PROCESS_QUERY_LIMITED_INFORMATION,
} from '../../../../native/kernel32.ts';
import type { WindowsApi } from '../../../../native/windows.ts';

/** The rights of the monitor itself. */
export interface Rights {
  /** Null where the system does not tell. */
  readonly elevated: boolean | null;
  /** Whether it may open processes of other users (SeDebugPrivilege). */
  readonly debugPrograms: boolean;
}

export function takeRights({ advapi32 }: WindowsApi): Rights {
  return { elevated: advapi32.elevated(), debugPrograms: advapi32.enablePrivilege('SeDebugPrivilege') };
}

/** To duplicate handles and to walk the address space; nothing in the process can be changed or read by it. */
export const LOOK_ACCESS = PROCESS_DUP_HANDLE | PROCESS_QUERY_INFORMATION;

/** Uses a handle of a process and closes it whatever happens. @returns the error where the process does not open */
export function withProcess<Result>(
  { kernel32 }: WindowsApi,
  pid: number,
  access: number,
  use: (process: number) => Result,
): Result | { readonly error: number } {
  const process = kernel32.openProcess(access, pid);
  if (process === 0) {
    return { error: kernel32.lastError() };
  }
  try {
    return use(process);
  } finally {
    kernel32.close(process);
  }
}

/** When a process was created and whether it has ended, which its number alone does not tell. */
export interface ProcessLife {
  readonly created: bigint;
  readonly ended: boolean;
}

/** Null where there is no such process, or where nothing of it may be asked. */
export function processLife(api: WindowsApi, pid: number): ProcessLife | null {
  const created = Buffer.alloc(8);
  const exited = Buffer.alloc(8);
  const life = withProcess(api, pid, PROCESS_QUERY_LIMITED_INFORMATION, (process) =>
    api.kernel32.processTimes(process, { created, exited })
      ? { created: created.readBigInt64LE(0), ended: exited.readBigInt64LE(0) !== 0n }
      : null,
  );
  return life === null || 'error' in life ? null : life;
}

/** @param sections how many section handles its table shows; null where no table does */
export function refusedSentence(
  { pid, name, error, sections }: { pid: number; name: string; error: number; sections: number | null },
  rights: Rights,
): string {
  if (error === ERROR_INVALID_PARAMETER) {
    return `There is no process ${pid}: it may have ended. Choose one that runs.`;
  }
  const counted = sections === null ? '' : ` It has ${sections} section handle${sections === 1 ? '' : 's'} open.`;
  return `Process ${pid} (${name}) ${whyRefused(pid, error, rights)}${counted}`;
}

function whyRefused(pid: number, error: number, { elevated, debugPrograms }: Rights): string {
  if (debugPrograms) {
    return `is protected by Windows: its handles may be counted and not be opened (error ${error}), by an administrator either.`;
  }
  return elevated === true
    ? `may not be opened (error ${error}): this account lacks the right "Debug programs" (SeDebugPrivilege). Have it granted, or run the monitor as SYSTEM.`
    : `needs administrator: it is a service, or runs elevated or as another user (error ${error}). Restart the monitor elevated; in PowerShell: Start-Process powershell -Verb RunAs -ArgumentList '-NoExit', '-Command', 'section-leaks watch --pid ${pid}'.`;
}
