/** Windows: handle tables, sections and address spaces through the native interface, nothing from inside the process. */
import { loadWindows, type WindowsApi } from '../../../../native/windows.ts';
import type { Platform, Refusal } from '../platform.ts';
import { takeRights } from './access.ts';
import { HandleSource } from './handle-source.ts';
import { MemoryListReader } from './memory-lists.ts';
import { isProgram, processEntry } from './process-entries.ts';
import { ProcessLister } from './processes.ts';
import { RegionWalker } from './regions.ts';
import { WindowsScanner } from './scanner.ts';
import { SectionReader } from './section-reader.ts';
import { openTarget } from './target.ts';

/** Structures are read as 64-bit programs have them. */
const ARCHITECTURES: readonly string[] = ['x64', 'arm64'];

export async function openWindowsPlatform(): Promise<Platform | Refusal> {
  if (!ARCHITECTURES.includes(process.arch)) {
    return {
      refusal: `The monitor does not run as a program for ${process.arch}. Use a 64-bit Node, or a 64-bit VS Code. The lint works here.`,
    };
  }
  const api = await loadWindows();
  if ('reason' in api) {
    return {
      refusal: `The monitor cannot ask Windows for sections: ${api.reason}. Reinstall the extension for this machine, or run npm ci in its folder. The lint works here.`,
    };
  }
  return createWindowsPlatform(api);
}

/** @param api the system, or what stands for it */
export function createWindowsPlatform(api: WindowsApi): Platform | Refusal {
  const rights = takeRights(api);
  const source = HandleSource.open(api);
  if ('reason' in source) {
    return { refusal: `The monitor cannot list handles: ${source.reason}. The lint works here.` };
  }
  const tools = {
    api,
    rights,
    source,
    reader: new SectionReader(api),
    walker: new RegionWalker(api.kernel32),
    processes: new ProcessLister(api),
    memory: new MemoryListReader(api),
  };
  return {
    name: 'windows',
    processes: () =>
      [...tools.processes.list().values()].filter(({ pid }) => isProgram(pid)).map((row) => processEntry(row, tools)),
    open: (pid, options) => openTarget(pid, tools, options?.withChildren ?? false),
    openScanner: () => new WindowsScanner(tools),
  };
}
