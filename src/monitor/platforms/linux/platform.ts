/** Linux: everything from /proc, nothing from inside the process. */
import { loadLibc } from '../../../../native/libc.ts';
import type { Platform } from '../platform.ts';
import { Family } from './family.ts';
import { processEntries } from './processes.ts';
import { readProcText } from './procfs.ts';
import { LinuxScanner } from './scanner.ts';
import { openTarget } from './target.ts';
import { hidesProcesses } from './unseen.ts';

export async function openLinuxPlatform(): Promise<Platform> {
  const tools = {
    libc: await loadLibc(),
    hidesProcesses: process.geteuid?.() !== 0 && hidesProcesses(readProcText('/proc/self/mountinfo') ?? ''),
  };
  return {
    name: 'linux',
    processes: processEntries,
    open: (pid, { withChildren = false } = {}) => openTarget(pid, tools, withChildren ? new Family(pid) : null),
    openScanner: () => new LinuxScanner(tools),
  };
}
