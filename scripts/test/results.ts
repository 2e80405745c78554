/** The results file that a suite's program leaves behind, named to it by the environment. */
import { readFile } from 'node:fs/promises';

/** The environment variable that holds the file's path. */
export const RESULTS_VARIABLE = 'SECTION_LEAKS_RESULTS';

export interface TestResult {
  readonly name: string;
  readonly ok: boolean;
  readonly error?: string;
  readonly ms: number;
}

export interface Results {
  readonly tests: readonly TestResult[];
}

/** @returns undefined where there is none, or none of this shape: the program ended before its last act */
export async function readResults(file: string): Promise<Results | undefined> {
  try {
    const content: unknown = JSON.parse(await readFile(file, 'utf8'));
    return isResults(content) ? content : undefined;
  } catch {
    return undefined;
  }
}

function isResults(value: unknown): value is Results {
  return isObject(value) && Array.isArray(value.tests) && value.tests.every(isTestResult);
}

function isTestResult(value: unknown): value is TestResult {
  return isObject(value) && typeof value.name === 'string' && typeof value.ok === 'boolean';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
