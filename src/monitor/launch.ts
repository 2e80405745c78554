/**
 * Starts a program to watch. It outlives its watcher where it is asked to: its output is then read by a program that
 * throws it away, because a pipe that nobody reads ends whoever writes to it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { Refusal } from './platforms/platform.ts';

export interface LaunchOrder {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Added to the watcher's own; null takes a variable away. */
  readonly env?: Readonly<Record<string, string | null>>;
  /** Where its output goes: to the listener, or to the watcher's own standard error. */
  readonly output: OutputListener | 'standard-error';
}

/** While it is not done with a text no other one is read, and a program that prints faster has to wait. */
export type OutputListener = (category: 'stdout' | 'stderr', text: string) => Promise<void>;

export interface Launched {
  readonly pid: number;
  /** Resolves when it has ended, with words such as "with exit code 3". */
  readonly ended: Promise<LaunchedEnd>;
  /** Asks it to end, and ends it if it does not within two seconds. */
  terminate(): Promise<void>;
  /** Leaves it running when the watcher ends. */
  release(): void;
}

export interface LaunchedEnd {
  /** 128 and the signal's number where a signal ended it, as shells have it. */
  readonly exitCode: number;
  readonly how: string;
}

/** Reads its standard input to the end and throws it away. */
const READER: readonly [program: string, ...parameters: string[]] =
  process.platform === 'win32' ? [process.execPath, '-e', 'process.stdin.resume()'] : ['cat'];

const PATIENCE_MS = 2000;
const LAST_WORDS_MS = 200;

export async function launch(order: LaunchOrder): Promise<Launched | Refusal> {
  const { program, args, cwd, env = {}, output } = order;
  if (cwd !== undefined && statSync(cwd, { throwIfNoEntry: false })?.isDirectory() !== true) {
    return { refusal: `${program} was not started: there is no folder ${cwd}. Give a working folder that exists.` };
  }
  const listens = output !== 'standard-error';
  let child: ChildProcess;
  try {
    child = spawn(program, [...args], {
      ...(cwd === undefined ? {} : { cwd }),
      env: environment(env),
      // In a session of its own it neither hears the watcher's Ctrl+C nor ends with it.
      detached: listens,
      windowsHide: true,
      stdio: listens ? ['ignore', 'pipe', 'pipe'] : ['inherit', process.stderr, process.stderr],
    });
    await once(child, 'spawn');
  } catch (error) {
    return { refusal: startFailure(program, error) };
  }
  const ended = whenEnded(child);
  if (listens) {
    void passOn(child.stdout, 'stdout', output);
    void passOn(child.stderr, 'stderr', output);
  }
  return {
    pid: processId(child),
    ended,
    // Windows knows no groups of processes by a number.
    terminate: () => terminate(listens && process.platform !== 'win32' ? -processId(child) : processId(child), ended),
    release: () => {
      release(child);
    },
  };
}

async function passOn(stream: Readable | null, category: 'stdout' | 'stderr', output: OutputListener): Promise<void> {
  try {
    for await (const text of stream?.setEncoding('utf8') ?? []) {
      await output(category, String(text));
    }
  } catch {
    // Released: somebody else reads it to its end.
  }
}

function environment(changes: Readonly<Record<string, string | null>>): NodeJS.ProcessEnv {
  const changed = Object.entries({ ...process.env, ...changes });
  return Object.fromEntries(changed.flatMap(([name, value]) => (value == null ? [] : [[name, value]])));
}

async function whenEnded(child: ChildProcess): Promise<LaunchedEnd> {
  const closed = once(child, 'close');
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
    child.once('exit', (...end) => {
      resolve(end);
    });
  });
  // Its last words may still be in the pipe, which others may hold open for as long as they like.
  await Promise.race([closed, delay(LAST_WORDS_MS, undefined, { ref: false })]);
  return signal === null
    ? { exitCode: code ?? 0, how: `with exit code ${code ?? 0}` }
    : { exitCode: 128 + constants.signals[signal], how: `by signal ${signal}` };
}

/** @param pid negative for it and what it has started, where it leads a session */
async function terminate(pid: number, ended: Promise<LaunchedEnd>): Promise<void> {
  signal(pid, 'SIGTERM');
  const impatient = setTimeout(() => {
    signal(pid, 'SIGKILL');
  }, PATIENCE_MS);
  await ended;
  clearTimeout(impatient);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended, or has taken the privileges of another user: then it is not ours to end.
  }
}

function processId(child: ChildProcess): number {
  if (child.pid === undefined) {
    throw new Error('a program that was started has a process id');
  }
  return child.pid;
}

function release(child: ChildProcess): void {
  for (const stream of [child.stdout, child.stderr]) {
    if (stream?.destroyed === false && child.exitCode === null && child.signalCode === null) {
      const [reader, ...parameters] = READER;
      spawn(reader, parameters, { detached: true, windowsHide: true, stdio: [stream, 'ignore', 'ignore'] }).unref();
      stream.destroy();
    }
  }
  child.unref();
}

function startFailure(program: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  switch (code) {
    case 'ENOENT':
      return `${program} was not started: there is no such program. Give its path, or a name that is on PATH.`;
    case 'EACCES':
      return `${program} was not started: it may not be executed. Give an executable file (chmod +x).`;
    default:
      return `${program} was not started (${code}). Start it yourself and attach to its pid.`;
  }
}
