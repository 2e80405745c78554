/** The table of front ends: which file's language is read by which. */
import { C, CPP } from './c/index.ts';
import { CSHARP } from './csharp/index.ts';
import type { FrontEnd } from './front-end.ts';
import { TSX, TYPESCRIPT } from './typescript/index.ts';

const BY_ENDING: ReadonlyMap<string, FrontEnd> = new Map([
  ['cs', CSHARP],
  ['c', C],
  ...['h', 'hh', 'hpp', 'hxx', 'cc', 'cpp', 'cxx', 'c++', 'inl', 'ipp'].map((ending) => [ending, CPP] as const),
  ...['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'].map((ending) => [ending, TYPESCRIPT] as const),
  ...['tsx', 'jsx'].map((ending) => [ending, TSX] as const),
]);

/** The front end for a file by the ending of its name; undefined for what the lint does not read. */
export function frontEndOf(file: string): FrontEnd | undefined {
  return BY_ENDING.get(/\.([^./\\]+)$/u.exec(file)?.[1]?.toLowerCase() ?? '');
}
