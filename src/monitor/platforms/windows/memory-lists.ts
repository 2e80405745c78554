/**
 * The memory lists and limits of the machine: class 80 where the system gives it, performance counters else, and the
 * reason where neither does. Pages of unmapped sections lie on the modified list, then in the compressed store, then in
 * the page file.
 */
import { PERFORMANCE_INFORMATION } from '../../../../native/layouts.ts';
import { SystemMemoryListInformation, SystemPageFileInformation } from '../../../../native/ntdll.ts';
import type { WindowsApi } from '../../../../native/windows.ts';
import type { Figure, MemoryLists } from '../../section.ts';
import { writeCache } from './disks.ts';
import { pageFileBytes, parseMemoryLists } from './memory-tables.ts';
import { PerformanceCounters } from './performance-counters.ts';
import type { ProcessRow } from './process-table.ts';
import { GrowingQuery, isFailure, statusInWords } from './query.ts';

/** The process whose working set is the compressed store. */
const COMPRESSION_PROCESS = 'Memory Compression';
const DEFAULT_PAGE_BYTES = 4096;

export class MemoryListReader {
  readonly #api: WindowsApi;
  readonly #query = new GrowingQuery(4096);
  readonly #counters: PerformanceCounters;
  readonly #performance = Buffer.alloc(PERFORMANCE_INFORMATION.bytes);
  /** It does not change while a program runs, as a rule. */
  readonly #writeCache: Figure;

  constructor(api: WindowsApi) {
    this.#api = api;
    this.#counters = new PerformanceCounters(api.pdh);
    this.#writeCache = writeCache(api.kernel32);
  }

  read(processes: ReadonlyMap<number, ProcessRow>): MemoryLists {
    const counters = this.#counters.read();
    const limits = this.#limits();
    return {
      ...counters,
      ...limits.figures,
      ...this.#pageLists(limits.pageBytes, counters),
      ...this.#pageFile(limits.pageBytes),
      compressed: compressedStore(processes),
      diskWriteCache: this.#writeCache,
    };
  }

  #limits(): { readonly figures: MemoryLists; readonly pageBytes: number } {
    const names = ['commit', 'commitLimit', 'memTotal', 'memAvailable'] as const;
    if (!this.#api.kernel32.performanceInformation(this.#performance)) {
      const none = { reason: `GetPerformanceInfo is refused (error ${this.#api.kernel32.lastError()})` };
      return { figures: Object.fromEntries(names.map((name) => [name, none])), pageBytes: DEFAULT_PAGE_BYTES };
    }
    const { offsets } = PERFORMANCE_INFORMATION;
    const field = (offset: number) => Number(this.#performance.readBigUInt64LE(offset));
    const pageBytes = field(offsets.PageSize);
    return {
      pageBytes,
      figures: {
        commit: { bytes: field(offsets.CommitTotal) * pageBytes },
        commitLimit: { bytes: field(offsets.CommitLimit) * pageBytes },
        memTotal: { bytes: field(offsets.PhysicalTotal) * pageBytes },
        memAvailable: { bytes: field(offsets.PhysicalAvailable) * pageBytes },
      },
    };
  }

  /** What only class 80 tells has its reason where that is refused; the rest comes from the counters. */
  #pageLists(pageBytes: number, counters: MemoryLists): MemoryLists {
    const table = this.#query.system(this.#api.ntdll, SystemMemoryListInformation);
    if (!isFailure(table)) {
      return parseMemoryLists(table, pageBytes);
    }
    const reason = `the system refuses its memory lists (class 80, ${statusInWords(table)})`;
    const counted = (name: string): Figure => {
      const figure = counters[name];
      return figure !== undefined && 'bytes' in figure
        ? figure
        : { reason: `${reason}${figure === undefined ? '' : `, and ${figure.reason}`}` };
    };
    return {
      modified: counted('modified'),
      standby: counted('standby'),
      free: counted('free'),
      modifiedPageFile: { reason },
      modifiedNoWrite: { reason },
    };
  }

  #pageFile(pageBytes: number): MemoryLists {
    const table = this.#query.system(this.#api.ntdll, SystemPageFileInformation);
    if (isFailure(table)) {
      const none = { reason: `the system does not show its page files (class 18, ${statusInWords(table)})` };
      return { pageFileUsed: none, pageFileTotal: none };
    }
    const { used, total } = pageFileBytes(table, pageBytes);
    return { pageFileUsed: { bytes: used }, pageFileTotal: { bytes: total } };
  }
}

function compressedStore(processes: ReadonlyMap<number, ProcessRow>): Figure {
  for (const { name, workingSetBytes } of processes.values()) {
    if (name === COMPRESSION_PROCESS) {
      return { bytes: workingSetBytes };
    }
  }
  return { reason: `memory compression is off: there is no process "${COMPRESSION_PROCESS}"` };
}
