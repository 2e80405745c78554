/** A C program that holds sections in the states that its orders say (`native/holder.c`), compiled once a run. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findCCompiler } from '../../scripts/setup/programs.ts';

export interface Holder extends AsyncDisposable {
  readonly pid: number;
  /** Lines that it printed before it was ready. */
  readonly lines: readonly string[];
  /** Resolves with its answer. */
  command(line: 'replace' | 'churn'): Promise<string>;
  /** Ends by itself, with exit code 0. */
  stop(): Promise<void>;
}

export interface HolderOptions {
  /** A program that runs it in its turn, in the same process. */
  readonly through?: readonly string[];
}

let compiled: string | undefined;

/** The path of the compiled program. */
export function holderProgram(): string {
  if (compiled === undefined) {
    const compiler = findCCompiler();
    if (compiler === undefined) {
      throw new Error('There is no C compiler: install gcc or clang.');
    }
    const folder = mkdtempSync(join(tmpdir(), 'section-leaks-holder-'));
    // Other users run it as well.
    chmodSync(folder, 0o755);
    process.once('exit', () => {
      rmSync(folder, { recursive: true, force: true });
    });
    compiled = join(folder, 'holder');
    execFileSync(compiler, [
      '-Wall',
      '-Werror',
      '-O1',
      '-o',
      compiled,
      join(import.meta.dirname, 'native', 'holder.c'),
    ]);
  }
  return compiled;
}

/** Resolves when all its sections are made. */
export async function startHolder(orders: readonly string[], { through = [] }: HolderOptions = {}): Promise<Holder> {
  const [program = '', ...rest] = [...through, holderProgram(), ...orders];
  const child = spawn(program, rest, { stdio: ['pipe', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  const printed = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const line = await printed.next();
    if (line.done === true) {
      throw new Error('holder ended early');
    }
    return line.value;
  };
  const lines: string[] = [];
  for (let line = await next(); line !== 'ready'; line = await next()) {
    lines.push(line);
  }
  const command = (line: string) => {
    child.stdin.write(`${line}\n`);
    return next();
  };
  const stop = async () => {
    child.stdin.end();
    await closed;
  };
  return { pid: child.pid!, lines, command, stop, [Symbol.asyncDispose]: stop };
}
