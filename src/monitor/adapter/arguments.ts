/** What a client gives with `attach` and `launch`, checked: launch.json is written by hand. */
import type { Refusal } from '../platforms/platform.ts';
import type { AttachArguments, LaunchArguments } from '../protocol.ts';
import { DEFAULT_INTERVAL_MS, LEAST_INTERVAL_MS } from '../watching.ts';

type AttachOrder = Required<AttachArguments>;
type LaunchSettings = LaunchArguments & Required<Pick<LaunchArguments, 'args' | 'intervalMs'>>;
type Fields = Readonly<Record<string, unknown>>;

/** @param given nothing where the client sends none */
export function attachOrder(given: object = {}): AttachOrder | Refusal {
  const { pid, intervalMs = DEFAULT_INTERVAL_MS } = given as Fields;
  // Inputs of launch.json are text.
  const number = typeof pid === 'string' && /^\d+$/u.test(pid) ? Number(pid) : pid;
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 1) {
    return { refusal: `"pid" is ${shown(pid)} and no process id. Give the number of the process to watch.` };
  }
  return intervalRefusal(intervalMs) ?? { pid: number, intervalMs: Number(intervalMs) };
}

export function launchSettings(given: object = {}): LaunchSettings | Refusal {
  const { program, args = [], cwd, env, intervalMs = DEFAULT_INTERVAL_MS } = given as Fields;
  if (typeof program !== 'string' || program === '') {
    return { refusal: `"program" is ${shown(program)}. Give the path of the program to start.` };
  }
  if (!Array.isArray(args) || !args.every((argument) => typeof argument === 'string')) {
    return { refusal: `"args" is ${shown(args)}. Give a list of texts, for example ["--count", "24"].` };
  }
  if (cwd !== undefined && typeof cwd !== 'string') {
    return { refusal: `"cwd" is ${shown(cwd)}. Give the path of a folder.` };
  }
  if (env !== undefined && !isEnvironment(env)) {
    return { refusal: `"env" is ${shown(env)}. Give names with a text each, or null to take a variable away.` };
  }
  return (
    intervalRefusal(intervalMs) ?? {
      program,
      args,
      ...(cwd === undefined ? {} : { cwd }),
      ...(env === undefined ? {} : { env }),
      intervalMs: Number(intervalMs),
    }
  );
}

function intervalRefusal(intervalMs: unknown): Refusal | null {
  return typeof intervalMs === 'number' && intervalMs >= LEAST_INTERVAL_MS
    ? null
    : {
        refusal: `"intervalMs" is ${shown(intervalMs)}. Give milliseconds between samples, ${LEAST_INTERVAL_MS} or more.`,
      };
}

function isEnvironment(env: unknown): env is Readonly<Record<string, string | null>> {
  return (
    typeof env === 'object' &&
    env !== null &&
    Object.values(env).every((value) => value === null || typeof value === 'string')
  );
}

function shown(value: unknown): string {
  return value === undefined ? 'not given' : JSON.stringify(value);
}
