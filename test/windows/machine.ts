/** The Windows machine of these tests: Wine with a Windows Node, and C programs that MinGW compiles for it. */
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { buildSync } from 'esbuild';
import { findMingw } from '../../scripts/setup/programs.ts';
import { findOwnWindowsMachine, type WindowsMachine, windowsPath } from '../../scripts/setup/wine.ts';

export const REPOSITORY = join(import.meta.dirname, '..', '..');

let machine: WindowsMachine | undefined;
let temporaryFolder: string | undefined;

/** For what the tests make; it goes when they have ended. */
export function temporary(name: string): string {
  if (temporaryFolder === undefined) {
    const folder = mkdtempSync(join(tmpdir(), 'section-leaks-windows-'));
    process.once('exit', () => {
      rmSync(folder, { recursive: true, force: true });
    });
    temporaryFolder = folder;
  }
  return join(temporaryFolder, name);
}

const compiled = new Map<string, string>();

/** @returns the path of the program, compiled once a run */
export function compiledForWindows(source: string): string {
  const known = compiled.get(source);
  if (known !== undefined) {
    return known;
  }
  const compiler = findMingw();
  assert.ok(compiler !== undefined, 'MinGW-w64 is needed: run `npm test -- --install --only windows`');
  const program = temporary(`${basename(source, '.c')}.exe`);
  const options = ['-Wall', '-Wextra', '-Werror', '-gdwarf-4', '-O1'];
  execFileSync(compiler, [...options, '-o', program, source, '-lpsapi']);
  compiled.set(source, program);
  return program;
}

/** Starts a Windows program; its standard input and output are pipes, which every program but Node can use. */
export async function startOnWindows(program: string, parameters: readonly string[]) {
  const { through, environment } = await theMachine();
  const [first = '', ...rest] = [...through, program, ...parameters];
  return spawn(first, rest, { env: environment, stdio: ['pipe', 'pipe', 'inherit'] });
}

export interface WindowsNode extends AsyncDisposable {
  readonly process: ChildProcess;
  /** Resolves with its exit code; null where a signal ended it. */
  readonly ended: Promise<number | null>;
  /** What it has printed so far. */
  output(): string;
  complaints(): string;
  /** Resolves with what the pattern finds in what it complains, once it does. */
  complaint(pattern: RegExp): Promise<RegExpExecArray>;
}

/** Bundles a script of these tests for Windows Node, which does not know all of the language that Node 24 does. */
export function bundledForWindows(entryPoint: string): string {
  // In the repository, so that koffi is found from there.
  const outfile = join(REPOSITORY, 'test-results', 'windows', `${basename(entryPoint, '.ts')}.cjs`);
  buildSync({
    entryPoints: [entryPoint],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['koffi', '@koromix/*'],
    logLevel: 'warning',
  });
  return outfile;
}

let started = 0;

/** Runs a script in Windows Node. Its output goes to files, since Node cannot write to Unix pipes in Wine 8. */
export async function startWindowsNode(
  script: string,
  parameters: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<WindowsNode> {
  const { through, node, environment: needed } = await theMachine();
  const [output, complaints] = ['out', 'err'].map((ending) => temporary(`node-${started}.${ending}`)) as [
    string,
    string,
  ];
  started += 1;
  const [outputFile, complaintsFile] = [openSync(output, 'w'), openSync(complaints, 'w')];
  const [first = '', ...rest] = [...through, node, windowsPath(script), ...parameters];
  const child = spawn(first, rest, {
    env: { ...needed, ...environment },
    stdio: ['ignore', outputFile, complaintsFile],
  });
  closeSync(outputFile);
  closeSync(complaintsFile);
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    process: child,
    ended,
    output: () => readFileSync(output, 'utf8'),
    complaints: () => readFileSync(complaints, 'utf8'),
    complaint: async (pattern) => {
      for (;;) {
        const found = pattern.exec(readFileSync(complaints, 'utf8'));
        if (found !== null) {
          return found;
        }
        assert.equal(child.exitCode, null, `it has ended: ${readFileSync(complaints, 'utf8')}`);
        await delay(20);
      }
    },
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await ended;
    },
  };
}

async function theMachine(): Promise<WindowsMachine> {
  machine ??= await findOwnWindowsMachine();
  assert.ok(machine !== undefined, 'Wine with a Windows Node is needed: run `npm test -- --install --only windows`');
  return machine;
}
