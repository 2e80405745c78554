/**
 * Runs in Windows Node: how long snapshots of a process take, as multiples of the bare calls that they make, and of the
 * bare enumeration of all handles.
 */
import { STATUS_SUCCESS, SystemExtendedHandleInformation } from '../../../native/ntdll.ts';
import { loadWindows, type WindowsApi } from '../../../native/windows.ts';
import type { Platform, Target } from '../../../src/monitor/platforms/platform.ts';
import { createWindowsPlatform } from '../../../src/monitor/platforms/windows/platform.ts';
import { measurePairs, type Multiple } from '../../bench/pairs.ts';
import { CallRecorder } from '../../bench/recorded-windows-calls.ts';

export interface WindowsSnapshotMeasure {
  readonly calls: number;
  readonly firstOfBareCalls: Multiple;
  readonly laterOfBareCalls: Multiple;
  readonly laterOfBareEnumeration: Multiple;
}

const WARM_UP = 2;
const SPARE_BYTES = 1 << 20;

const [pid = 0, sections = 0, pairs = 0] = process.argv.slice(2).map(Number);

void main();

async function main(): Promise<void> {
  const api = await loadWindows();
  if ('reason' in api) {
    throw new Error(api.reason);
  }
  const recorder = new CallRecorder(api);
  const platform = createWindowsPlatform(recorder.api);
  if ('refusal' in platform) {
    throw new Error(platform.refusal);
  }
  const watched = open(platform);
  for (let time = 0; time < WARM_UP; time += 1) {
    look(watched);
    look(open(platform));
  }
  const fresh = Array.from({ length: pairs + 1 }, () => open(platform));
  const first = recorder.record(() => {
    look(fresh[pairs]);
  });
  const later = recorder.record(() => {
    look(watched);
  });
  const enumerate = bareEnumeration(api);
  const result: WindowsSnapshotMeasure = {
    calls: first.count,
    firstOfBareCalls: measurePairs(
      pairs,
      (pair) => {
        look(fresh[pair]);
      },
      first.replay,
    ),
    laterOfBareCalls: measurePairs(
      pairs,
      () => {
        look(watched);
      },
      later.replay,
    ),
    laterOfBareEnumeration: measurePairs(
      pairs,
      () => {
        look(watched);
      },
      enumerate,
    ),
  };
  process.stdout.write(JSON.stringify(result));
}

/** One call that fills a buffer which is long enough. */
function bareEnumeration({ ntdll }: WindowsApi): () => void {
  const needed = Buffer.alloc(8);
  let buffer = Buffer.alloc(SPARE_BYTES);
  const ask = () => ntdll.querySystem(SystemExtendedHandleInformation, buffer, buffer.length, needed);
  while (ask() !== STATUS_SUCCESS) {
    buffer = Buffer.alloc(buffer.length * 2);
  }
  return () => {
    if (ask() !== STATUS_SUCCESS) {
      throw new Error('The table of handles has outgrown its buffer.');
    }
  };
}

function open(platform: Platform): Target {
  const target = platform.open(pid);
  if ('refusal' in target) {
    throw new Error(target.refusal);
  }
  return target;
}

/** A look that sees less than there is would be measured in vain. */
function look(target: Target | undefined): void {
  const snapshot = target?.look();
  if (snapshot === undefined || 'refusal' in snapshot || snapshot.sections.length < sections) {
    throw new Error('The snapshot does not hold the sections of the program.');
  }
}
