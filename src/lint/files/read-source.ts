/** Reading one source file, or the reason why it is left out. */
import { readFile, stat } from 'node:fs/promises';
import { decodeSource } from './decode.ts';
import { accessProblem, type FileProblem } from './problem.ts';

/**
 * Files above this are generated or data: the largest source written as one file that people lint (the amalgamation of
 * SQLite) has 9 MB.
 */
export const LARGEST_SOURCE_BYTES = 10 * 1024 * 1024;

export type SourceText = { readonly text: string } | { readonly problem: FileProblem };

export async function readSource(path: string): Promise<SourceText> {
  try {
    const { size } = await stat(path);
    if (size > LARGEST_SOURCE_BYTES) {
      return { problem: tooLarge(path, size) };
    }
    const text = decodeSource(await readFile(path));
    return text === undefined
      ? { problem: { path, what: 'is binary (it holds NUL bytes)', next: 'It was left out; exclude it to hide this.' } }
      : { text };
  } catch (error) {
    return { problem: accessProblem(path, error) };
  }
}

function tooLarge(path: string, bytes: number): FileProblem {
  const mebibytes = (count: number): string => (count / 1024 / 1024).toFixed(0);
  return {
    path,
    what: `has ${mebibytes(bytes)} MiB, more than the ${mebibytes(LARGEST_SOURCE_BYTES)} MiB that are linted`,
    next: 'It was left out; exclude it to hide this.',
  };
}
