/** The command line as a user runs it: a process of its own in a folder of its own. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execPath } from 'node:process';

export const REPOSITORY = join(import.meta.dirname, '..', '..');
const SOURCE = join(REPOSITORY, 'src', 'cli', 'main.ts');
export const BUNDLE = join(REPOSITORY, 'dist', 'cli.cjs');

export interface Ended {
  /** null where a signal ended it. */
  readonly code: number | null;
  readonly output: string;
  readonly complaints: string;
}

export interface CommandOptions {
  readonly folder?: string;
  /** What is run in place of the sources. */
  readonly script?: string;
  /** A program that runs Node in its turn, with its parameters. */
  readonly through?: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
  /** Closes the pipe of the output once something has come, as `head` does. */
  readonly stopReading?: boolean;
}

export function sectionLeaks(parameters: readonly string[], options: CommandOptions = {}): Promise<Ended> {
  const { folder = REPOSITORY, script = SOURCE, through = [], environment = {} } = options;
  const [program = execPath, ...rest] = [...through, execPath, script, ...parameters];
  const child = spawn(program, rest, {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let complaints = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (options.stopReading === true) {
      child.stdout.destroy();
    }
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code, output, complaints });
    });
  });
}

export interface TemporaryFolder extends Disposable {
  readonly path: string;
}

/** A folder that holds the given files, by their paths in it. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): TemporaryFolder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'section-leaks-cli-')));
  for (const [name, content] of Object.entries(files)) {
    const file = join(path, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return {
    path,
    [Symbol.dispose]: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** One finding: the section is open where nothing reaches it any more (line 3, column 15). */
export const LEAKING_C = `#include <windows.h>
int fill(void) {
  HANDLE map = CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 4096, NULL);
  return map == NULL ? -1 : 0;
}
`;

export const CORRECT_C = `#include <windows.h>
int fill(void) {
  HANDLE map = CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 4096, NULL);
  if (map == NULL) {
    return -1;
  }
  CloseHandle(map);
  return 0;
}
`;
