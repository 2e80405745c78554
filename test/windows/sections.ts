/** A Windows program that makes sections as it is told (`native/sections.c`), and tells all that it holds. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { compiledForWindows, startOnWindows } from './machine.ts';

export interface Slot {
  readonly slot: string;
  readonly kind: 'page-file' | 'reserve' | 'read-only' | 'named' | 'file' | 'image' | 'large-pages' | 'snapshot';
  /** 0 where the program does not know. */
  readonly bytes: number;
  /** Of a reserve section. */
  readonly committedBytes: number;
  readonly handles: readonly number[];
  /** Bytes of each, all from the beginning. */
  readonly views: readonly number[];
  /** The process that has a handle too, and its view's bytes; 0 where there is none. */
  readonly childPid: number;
  readonly childBytes: number;
}

export interface Told {
  readonly pid: number;
  readonly privateBytes: number;
  readonly filled: number;
  readonly filledBytes: number;
  readonly copies: number;
  readonly slots: readonly Slot[];
}

export interface Sections extends AsyncDisposable {
  readonly pid: number;
  /** Resolves once it is done, with what the program holds then. */
  order(line: string): Promise<Told>;
  /** Ends by itself, with exit code 0. */
  stop(): Promise<void>;
  /** Ends in the middle of whatever it does. */
  kill(): Promise<void>;
}

const SOURCE = join(import.meta.dirname, 'native', 'sections.c');

/** Resolves when the orders are done. */
export async function startSections(orders: readonly string[] = []): Promise<Sections> {
  return await obeying(compiledForWindows(SOURCE), orders);
}

/** @param program takes orders and tells as `native/sections.c` does */
export async function obeying(program: string, orders: readonly string[]): Promise<Sections> {
  const child = await startOnWindows(program, []);
  const closed = once(child, 'close') as Promise<[number | null]>;
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const line = await answers.next();
    assert.ok(line.done !== true, 'the program has ended early');
    return JSON.parse(line.value) as Told;
  };
  const order = (line: string) => {
    child.stdin.write(`${line}\n`);
    return answer();
  };
  const stop = async () => {
    child.stdin.end();
    assert.deepEqual(await closed, [0, null]);
  };
  const kill = async () => {
    child.kill('SIGKILL');
    await closed;
  };
  const { pid } = await answer();
  for (const line of orders) {
    await order(line);
  }
  return { pid, order, stop, kill, [Symbol.asyncDispose]: stop };
}
