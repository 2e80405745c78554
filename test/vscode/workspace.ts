/**
 * A folder for one run: the samples copied out of the repository, so that a quick fix may change them, with what a
 * debugger needs beside them. It lies in the system's temporary folder and goes away with its last use.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { cCompiler } from './parts.ts';

export const REPOSITORY = join(import.meta.dirname, '..', '..');
const SAMPLES = join(REPOSITORY, 'test', 'samples');
/** What a build leaves behind, and settings of the repository's own samples folder. */
const NOT_COPIED: readonly string[] = ['bin', 'obj', '.vscode', 'tsconfig.json'];

export interface SamplesWorkspace extends Disposable {
  readonly folder: string;
  /** Where programs that are built from the samples go: outside of the folder, all of whose files are linted. */
  readonly programs: string;
}

/** Copies the samples into a new folder, with `.vscode/settings.json` as given. */
export function samplesWorkspace(settings: Readonly<Record<string, unknown>> = {}): SamplesWorkspace {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'section-leaks-samples-')));
  const folder = join(base, 'samples');
  cpSync(SAMPLES, folder, { recursive: true, filter: (source) => !NOT_COPIED.includes(basename(source)) });
  mkdirSync(join(folder, '.vscode'));
  writeJson(join(folder, '.vscode', 'settings.json'), settings);
  return {
    folder,
    programs: join(base, 'programs'),
    [Symbol.dispose]: () => {
      rmSync(base, { recursive: true, force: true });
    },
  };
}

/** Makes `configuration` the one that F5 starts. */
export function writeLaunchConfiguration(folder: string, configuration: Readonly<Record<string, unknown>>): void {
  writeJson(join(folder, '.vscode', 'launch.json'), { version: '0.2.0', configurations: [configuration] });
}

/** Compiles the C sample with its symbols and gives the program. */
export function compileCSample({ folder, programs }: SamplesWorkspace): string {
  const program = join(programs, 'page_file_allocator');
  mkdirSync(programs, { recursive: true });
  execFileSync(cCompiler(), ['-g', '-O0', '-o', program, join(folder, 'c', 'page_file_allocator.c')]);
  return program;
}

/** Lets the TypeScript sample of the folder find koffi. */
export function linkKoffi(folder: string): void {
  const link = join(folder, 'node_modules', 'koffi');
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(join(REPOSITORY, 'node_modules', 'koffi'), link, 'junction');
}

function writeJson(file: string, content: unknown): void {
  writeFileSync(file, JSON.stringify(content, null, 2));
}
