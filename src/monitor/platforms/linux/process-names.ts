/** What processes and users are called. */
import { readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { readStat } from './process-status.ts';
import { readProcText } from './procfs.ts';

/**
 * The program's name: that of its file, because the kernel keeps 15 bytes only and programs rename their threads (Node
 * calls its first one `MainThread`). A .NET program that its host runs has the name of its assembly.
 */
export function processName(pid: number, command: string): string {
  const [program, first] = argumentsOf(pid);
  // Where the file may not be asked for, the first argument has the whole of a name that the kernel cut.
  const argument = basename(program ?? '');
  const file = basename(executable(pid) ?? (argument.startsWith(command) ? argument : command));
  if (file === 'dotnet' && first?.endsWith('.dll') === true) {
    return basename(first, '.dll');
  }
  return file;
}

/** @param names those that were asked for before */
export function nameOf(pid: number, names: Map<number, string>): string {
  let name = names.get(pid);
  if (name === undefined) {
    name = processName(pid, readStat(pid)?.command ?? `pid ${pid}`);
    names.set(pid, name);
  }
  return name;
}

/** The arguments with the program's name before them; empty for threads of the kernel and for processes that are gone. */
export function argumentsOf(pid: number): readonly string[] {
  const text = readProcText(`/proc/${pid}/cmdline`) ?? '';
  return text.split('\0').filter((argument) => argument !== '');
}

/** The name of a user, or `user 1000` where `/etc/passwd` does not know it. */
export function userName(uid: string): string {
  let lines: readonly string[] = [];
  try {
    lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  } catch {
    // Users may be kept elsewhere; the number is a name too.
  }
  for (const line of lines) {
    const [name, , number] = line.split(':');
    if (name !== undefined && number === uid) {
      return name;
    }
  }
  return `user ${uid}`;
}

function executable(pid: number): string | null {
  try {
    const path = readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/u, '');
    // A program that was started from memory has a name that means something to its maker only.
    return path.startsWith('/memfd:') ? null : path;
  } catch {
    return null;
  }
}
