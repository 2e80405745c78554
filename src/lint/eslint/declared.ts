/** The `.section-leaks.json` of the folder in which ESLint runs, read at once as rules of ESLint have to. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Declarations } from '../../analyzers/catalog/declared.ts';
import { DECLARATIONS_FILE, NO_DECLARATIONS, readDeclarations } from '../declarations/read.ts';

export interface Declared {
  readonly declarations: Declarations;
  /** What is wrong with the file, in sentences; empty where nothing is. */
  readonly problem: string;
}

/** Another one after every change of the file; undefined where there is none. */
export function declarationsVersion(folder: string): number | undefined {
  return statSync(join(folder, DECLARATIONS_FILE), { throwIfNoEntry: false })?.mtimeMs;
}

export function declaredIn(folder: string): Declared {
  const { declarations, problems } = read(folder);
  const sentences = problems.map(({ line, message }) => `${DECLARATIONS_FILE}:${line + 1}: ${message}`);
  const problem = sentences.length === 0 ? '' : `${sentences.join(' ')} Until then it declares nothing.`;
  return { declarations, problem };
}

function read(folder: string): ReturnType<typeof readDeclarations> {
  if (declarationsVersion(folder) === undefined) {
    return { declarations: NO_DECLARATIONS, problems: [] };
  }
  try {
    return readDeclarations(readFileSync(join(folder, DECLARATIONS_FILE), 'utf8'));
  } catch (error) {
    const message = `It cannot be read (${error instanceof Error ? error.message : String(error)}).`;
    return { declarations: NO_DECLARATIONS, problems: [{ line: 0, message }] };
  }
}
