/** The performance counters of the machine, by their English paths: each is a figure, or the reason why it is none. */
import type { CounterFailure, CounterQuery, Pdh } from '../../../../native/pdh.ts';
import type { Figure, MemoryLists } from '../../section.ts';

interface CounterGroup {
  readonly name: string;
  /** Their sum is the figure. */
  readonly paths: readonly string[];
  /** What one of the counter's unit is in bytes. */
  readonly unitBytes?: number;
}

const PAGE_BYTES = 4096;

const GROUPS: readonly CounterGroup[] = [
  { name: 'modified', paths: ['\\Memory\\Modified Page List Bytes'] },
  {
    name: 'standby',
    paths: ['Core', 'Normal Priority', 'Reserve'].map((list) => `\\Memory\\Standby Cache ${list} Bytes`),
  },
  { name: 'free', paths: ['\\Memory\\Free & Zero Page List Bytes'] },
  { name: 'pagesOutPerSecond', paths: ['\\Memory\\Pages Output/sec'], unitBytes: PAGE_BYTES },
  { name: 'diskWritesPerSecond', paths: ['\\PhysicalDisk(_Total)\\Disk Write Bytes/sec'] },
  { name: 'gpuShared', paths: ['\\GPU Adapter Memory(*)\\Shared Usage'] },
  { name: 'gpuDedicated', paths: ['\\GPU Adapter Memory(*)\\Dedicated Usage'] },
];

const PDH_INVALID_DATA = 0xc000_0bc6;
const PDH_CSTATUS_NO_INSTANCE = 0x8000_07d1;

type Counters = readonly { readonly counter: number; readonly everyInstance: boolean }[];

export class PerformanceCounters {
  readonly #query: CounterQuery | { readonly reason: string };
  readonly #groups = new Map<string, Counters | { readonly reason: string }>();

  constructor(pdh: Pdh | null) {
    const query = pdh?.openQuery();
    if (query === undefined) {
      this.#query = { reason: 'this system has no performance counters (pdh.dll)' };
    } else {
      this.#query = 'status' in query ? { reason: failureInWords(query) } : query;
    }
    for (const { name, paths } of GROUPS) {
      this.#groups.set(name, 'reason' in this.#query ? this.#query : addCounters(this.#query, paths));
    }
  }

  read(): MemoryLists {
    if ('reason' in this.#query) {
      const none = this.#query;
      return Object.fromEntries(GROUPS.map(({ name }) => [name, none]));
    }
    const query = this.#query;
    const anything = [...this.#groups.values()].some((counters) => !('reason' in counters));
    const status = anything ? query.collect() : 0;
    return Object.fromEntries(
      GROUPS.map(({ name, unitBytes = 1 }) => {
        const counters = this.#groups.get(name) ?? [];
        if ('reason' in counters) {
          return [name, counters];
        }
        return [name, status === 0 ? sumOf(query, counters, unitBytes) : { reason: failureInWords({ status }) }];
      }),
    );
  }
}

function addCounters(query: CounterQuery, paths: readonly string[]): Counters | { readonly reason: string } {
  const counters = [];
  for (const path of paths) {
    const counter = query.add(path);
    if (typeof counter !== 'number') {
      return { reason: `the counter ${path} is not there (${failureInWords(counter)})` };
    }
    counters.push({ counter, everyInstance: path.includes('(*)') });
  }
  return counters;
}

function sumOf(query: CounterQuery, counters: Counters, unitBytes: number): Figure {
  let sum = 0;
  for (const { counter, everyInstance } of counters) {
    const value = everyInstance ? query.sum(counter) : query.value(counter);
    if (typeof value !== 'number') {
      return { reason: failureInWords(value) };
    }
    sum += value;
  }
  return { bytes: Math.round(sum * unitBytes) };
}

function failureInWords({ status }: CounterFailure): string {
  switch (status) {
    case PDH_INVALID_DATA:
      return 'a rate needs two samples';
    case PDH_CSTATUS_NO_INSTANCE:
      return 'the machine has none';
    default:
      return `performance counter status 0x${status.toString(16).toUpperCase()}`;
  }
}
