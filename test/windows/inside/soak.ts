/**
 * Runs in Windows Node: attaches to a process again and again and takes samples, and says what it holds itself, and the
 * process, before and after.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openPlatform } from '../../../src/monitor/platforms/index.ts';
import type { Target } from '../../../src/monitor/platforms/platform.ts';
import { systemEntries } from '../../../src/monitor/selftest/windows/handle-facts.ts';
import { SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX } from '../../../native/layouts.ts';
import { loadWindows } from '../../../native/windows.ts';

export interface Holding {
  /** Handles of the monitor, by the system's table. */
  readonly ownHandles: number;
  readonly targetHandles: number;
  /** Of the monitor, after a collection. */
  readonly heapBytes: number;
  readonly residentBytes: number;
}

export interface SoakResult {
  readonly before: Holding;
  readonly after: Holding;
  readonly milliseconds: number;
}

const WARM_UP = 50;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const [pid = 0, attaches = 0, samples = 0] = process.argv.slice(2).map(Number);

void main();

async function main(): Promise<void> {
  const platform = await openPlatform();
  const api = await loadWindows();
  if ('refusal' in platform || 'reason' in api) {
    throw new Error(JSON.stringify({ platform, api }));
  }
  const open = (): Target => {
    const target = platform.open(pid);
    if ('refusal' in target) {
      throw new Error(target.refusal);
    }
    return target;
  };
  const work = (times: number, looks: number): void => {
    for (let time = 0; time < times; time += 1) {
      look(open());
    }
    const target = open();
    for (let time = 0; time < looks; time += 1) {
      look(target);
    }
  };
  const holding = (): Holding => {
    collect();
    const entries = systemEntries(api.ntdll);
    const { UniqueProcessId } = SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX.offsets;
    const pids =
      typeof entries === 'string' ? [] : entries.map((entry) => Number(entry.readBigUInt64LE(UniqueProcessId)));
    const { heapUsed, external, rss } = process.memoryUsage();
    return {
      ownHandles: pids.filter((owner) => owner === process.pid).length,
      targetHandles: pids.filter((owner) => owner === pid).length,
      heapBytes: heapUsed + external,
      residentBytes: rss,
    };
  };
  work(WARM_UP, WARM_UP);
  const before = holding();
  const started = performance.now();
  work(attaches, samples);
  const milliseconds = performance.now() - started;
  const result: SoakResult = { before, after: holding(), milliseconds };
  process.stdout.write(JSON.stringify(result));
}

function look(target: Target): void {
  const snapshot = target.look();
  if ('refusal' in snapshot) {
    throw new Error(snapshot.refusal);
  }
}
