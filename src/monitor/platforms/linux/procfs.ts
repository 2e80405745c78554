/** Reads files of /proc, whose lengths are not known beforehand, with as little work as the system calls leave. */
import { closeSync, openSync, readdirSync, readlinkSync, readSync } from 'node:fs';

/** Why a file of /proc was not read. */
export type ProcFailure =
  /** The process is gone, or has no such thing (a thread of the kernel has no memory). */
  | 'gone'
  /** The system refuses it. */
  | 'refused';

let buffer = Buffer.allocUnsafe(256 * 1024);

/**
 * The whole file, in a buffer that the next call uses again: maps of thousands of lines are read once a second.
 * @throws for failures other than the two that every reader of /proc meets
 */
export function readProc(path: string): Buffer | ProcFailure {
  try {
    const descriptor = openSync(path, 'r');
    try {
      let length = 0;
      for (;;) {
        if (length === buffer.length) {
          buffer = Buffer.concat([buffer], buffer.length * 2);
        }
        const bytes = readSync(descriptor, buffer, length, buffer.length - length, null);
        if (bytes === 0) {
          return buffer.subarray(0, length);
        }
        length += bytes;
      }
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    return failureOf(error);
  }
}

/** A short file as text. Names of processes may be any bytes: what is no UTF-8 is replaced. */
export function readProcText(path: string): string | null {
  const read = readProc(path);
  return typeof read === 'string' ? null : read.toString('utf8');
}

/** Where a link of /proc points to. */
export function readProcLink(path: string): { readonly to: string } | ProcFailure {
  try {
    return { to: readlinkSync(path) };
  } catch (error) {
    return failureOf(error);
  }
}

/** The numbers of all processes that this /proc shows, rising. */
export function listPids(): readonly number[] {
  const pids: number[] = [];
  for (const name of readdirSync('/proc')) {
    const first = name.charCodeAt(0);
    if (first >= 0x30 && first <= 0x39) {
      pids.push(Number(name));
    }
  }
  return pids.sort((a, b) => a - b);
}

/** The names of the entries of a folder of /proc. */
export function listProc(path: string): readonly string[] | ProcFailure {
  try {
    return readdirSync(path);
  } catch (error) {
    return failureOf(error);
  }
}

function failureOf(error: unknown): ProcFailure {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ESRCH':
      return 'gone';
    case 'EACCES':
    case 'EPERM':
      return 'refused';
    default:
      throw error;
  }
}
