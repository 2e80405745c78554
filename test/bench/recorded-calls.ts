/**
 * The file system calls that a piece of code makes, recorded once and made again without the code around them: what it
 * costs in the same runtime to ask the system the same questions.
 *
 * Node lets its own modules be patched: `syncBuiltinESMExports` carries a change to every module that has imported the
 * function by name.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const RECORDED = [
  'closeSync',
  'openSync',
  'readFileSync',
  'readSync',
  'readdirSync',
  'readlinkSync',
  'statSync',
  'statfsSync',
] as const;

/** What all of them are to us. */
type Call = (...parameters: unknown[]) => unknown;
type Functions = Record<(typeof RECORDED)[number], Call>;

export interface RecordedCalls {
  readonly count: number;
  /** Makes them again, in their order; what failed then may fail again. */
  readonly replay: () => void;
}

export function recordCalls(code: () => void): RecordedCalls {
  const functions = fs as unknown as Functions;
  const originals = Object.fromEntries(RECORDED.map((name) => [name, functions[name]])) as Functions;
  const calls: (() => void)[] = [];
  /** By the descriptor that was open while recording, the one of the replay. */
  const descriptors = new Map<unknown, unknown>();
  for (const name of RECORDED) {
    const original = originals[name];
    functions[name] = (...parameters) => {
      calls.push(() => {
        original(...parameters);
      });
      return original(...parameters);
    };
  }
  functions.openSync = (...parameters) => {
    const recorded = originals.openSync(...parameters);
    calls.push(() => {
      descriptors.set(recorded, originals.openSync(...parameters));
    });
    return recorded;
  };
  for (const name of ['readSync', 'closeSync'] as const) {
    functions[name] = (descriptor, ...parameters) => {
      calls.push(() => {
        originals[name](descriptors.get(descriptor), ...parameters);
      });
      return originals[name](descriptor, ...parameters);
    };
  }
  syncBuiltinESMExports();
  try {
    code();
  } finally {
    Object.assign(functions, originals);
    syncBuiltinESMExports();
  }
  return {
    count: calls.length,
    replay: () => {
      for (const call of calls) {
        try {
          call();
        } catch {
          // A process that has ended meanwhile; the code meets that as well.
        }
      }
    },
  };
}
