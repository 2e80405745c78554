/**
 * What a run in the real VS Code came to: one list of named tests, printed for a reader and written as JSON to the file
 * that `SECTION_LEAKS_RESULTS` names. Exit codes: 0 all passed, 1 some failed, 77 something that it needs is not here.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { RESULTS_VARIABLE } from '../../scripts/test/results.ts';

export interface TestResult {
  readonly name: string;
  readonly ok: boolean;
  /** Why it failed. */
  readonly error?: string;
  readonly ms: number;
}

const NOT_HERE = 77;

export function writeResults(file: string, tests: readonly TestResult[]): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ tests }, null, 2));
}

/** Prints the tests and sets the exit code; a run without any test has failed. */
export function conclude(tests: readonly TestResult[]): void {
  for (const test of tests) {
    console.log(`${test.ok ? '  ok  ' : 'FAILED'}  ${test.name} (${test.ms} ms)`);
    if (test.error !== undefined) {
      console.log(test.error.replace(/^/gm, '        '));
    }
  }
  const file = process.env[RESULTS_VARIABLE];
  if (file !== undefined && file !== '') {
    writeResults(file, tests);
  }
  const failed = tests.filter((test) => !test.ok).length;
  console.log(`${tests.length - failed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || tests.length === 0 ? 1 : 0;
}

/** Ends the program, saying what is missing and how to get it. */
export function missing(what: string): never {
  console.log(`Cannot run: ${what}`);
  process.exit(NOT_HERE);
}

export function describeError(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const cause = error.cause === undefined ? '' : `\ncaused by ${describeError(error.cause)}`;
  // Playwright colours what it says.
  return stripVTControlCharacters(`${error.stack ?? error.message}${cause}`);
}
