/**
 * Where handle tables come from: class 51 for one process where the system has it (Windows 8 and later), class 64 for
 * all. Which number the type "Section" has is learned from a section of the monitor's own.
 */
import { CURRENT_PROCESS } from '../../../../native/kernel32.ts';
import { ProcessHandleInformation, SystemExtendedHandleInformation } from '../../../../native/ntdll.ts';
import type { WindowsApi } from '../../../../native/windows.ts';
import {
  emptySectionHandles,
  processSectionHandles,
  type SectionHandles,
  typeIndexInProcess,
  typeIndexInSystem,
} from './handle-tables.ts';
import { SystemTable } from './system-table.ts';
import { GrowingQuery, isFailure, type QueryFailure, statusInWords } from './query.ts';

const FIRST_BYTES = 1024 * 1024;
/** Of the section that tells the type: what is too short for anything else. */
const OWN_SECTION_BYTES = 4096;

export class HandleSource {
  readonly #api: WindowsApi;
  /** Null where the system does not answer to the class. */
  readonly #typeInProcess: number | null;
  readonly #system: SystemTable | null;
  readonly #query: GrowingQuery;

  private constructor(api: WindowsApi, query: GrowingQuery, types: readonly [number | null, number | null]) {
    this.#api = api;
    this.#query = query;
    const [inProcess, inSystem] = types;
    this.#typeInProcess = inProcess;
    this.#system = inSystem === null ? null : new SystemTable(inSystem);
  }

  static open(api: WindowsApi): HandleSource | { readonly reason: string } {
    const { kernel32, ntdll } = api;
    const section = kernel32.createSection(OWN_SECTION_BYTES);
    if (section === 0) {
      return { reason: `no section can be made to learn from (error ${kernel32.lastError()})` };
    }
    try {
      const query = new GrowingQuery(FIRST_BYTES);
      const ofProcess = query.process(ntdll, CURRENT_PROCESS, ProcessHandleInformation);
      const inProcess = isFailure(ofProcess) ? null : typeIndexInProcess(ofProcess, section);
      const ofSystem = query.system(ntdll, SystemExtendedHandleInformation);
      const inSystem = isFailure(ofSystem) ? null : typeIndexInSystem(ofSystem, process.pid, section);
      if (inProcess === null && inSystem === null) {
        const why = isFailure(ofSystem) ? statusInWords(ofSystem) : 'a handle of our own is not in its table';
        return { reason: `the system lists no handles (${why})` };
      }
      return new HandleSource(api, query, [inProcess, inSystem]);
    } finally {
      kernel32.close(section);
    }
  }

  /** Whether one process can be asked for alone. */
  get asksProcesses(): boolean {
    return this.#typeInProcess !== null;
  }

  ofProcess(process: number): SectionHandles | QueryFailure {
    const table = this.#query.process(this.#api.ntdll, process, ProcessHandleInformation);
    if (isFailure(table)) {
      return table;
    }
    return this.#typeInProcess === null ? emptySectionHandles() : processSectionHandles(table, this.#typeInProcess);
  }

  /** Empty where the system has no such table. @throws where it has one and does not give it now */
  ofSystem(): ReadonlyMap<number, SectionHandles> {
    if (this.#system === null) {
      return new Map();
    }
    const table = this.#query.system(this.#api.ntdll, SystemExtendedHandleInformation);
    if (isFailure(table)) {
      throw new Error(`the table of handles is refused (${statusInWords(table)})`);
    }
    return this.#system.take(table);
  }
}
