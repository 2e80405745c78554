/** The processes of the machine, from one table, and what they are called. */
import { PROCESS_QUERY_LIMITED_INFORMATION } from '../../../../native/kernel32.ts';
import { ProcessCommandLineInformation, SystemProcessInformation } from '../../../../native/ntdll.ts';
import type { WindowsApi } from '../../../../native/windows.ts';
import { withProcess } from './access.ts';
import { parseProcesses, type ProcessRow, unicodeString } from './process-table.ts';
import { GrowingQuery, isFailure } from './query.ts';

const TABLE_BYTES = 512 * 1024;
const COMMAND_LINE_BYTES = 4096;

export class ProcessLister {
  readonly #api: WindowsApi;
  readonly #table = new GrowingQuery(TABLE_BYTES);
  readonly #commandLines = new GrowingQuery(COMMAND_LINE_BYTES);

  constructor(api: WindowsApi) {
    this.#api = api;
  }

  /** @throws where the system refuses the table, which it gives to everybody */
  list(): ReadonlyMap<number, ProcessRow> {
    const table = this.#table.system(this.#api.ntdll, SystemProcessInformation);
    if (isFailure(table)) {
      throw new Error(`the table of processes is refused (status 0x${table.status.toString(16)})`);
    }
    return parseProcesses(table, this.#api.addressOf(table));
  }

  /** Null where the process does not show it. */
  commandLine(pid: number): string | null {
    const line = withProcess(this.#api, pid, PROCESS_QUERY_LIMITED_INFORMATION, (process) => {
      const buffer = this.#commandLines.process(this.#api.ntdll, process, ProcessCommandLineInformation);
      return isFailure(buffer) ? null : unicodeString(buffer, 0, this.#api.addressOf(buffer));
    });
    return line === null || typeof line !== 'string' ? null : line;
  }

  /** The name of the file; of a .NET program that its host runs, that of its assembly. */
  shownName(pid: number, name: string): string {
    return name.toLowerCase() === 'dotnet.exe' ? (assemblyName(this.commandLine(pid) ?? '') ?? name) : name;
  }
}

/** `app` for `"C:\Program Files\dotnet\dotnet.exe" C:\work\app.dll --port 1`. */
export function assemblyName(commandLine: string): string | null {
  const argument = /^(?:"[^"]*"|\S+)\s+(?:exec\s+)?(?:"([^"]+)"|(\S+))/u.exec(commandLine);
  const path = argument?.[1] ?? argument?.[2] ?? '';
  return /([^\\/]+)\.dll$/iu.exec(path)?.[1] ?? null;
}
