/** The table of front ends: which file's language is read by which. */
import { C, CPP } from './c/index.ts';
import { CSHARP } from './csharp/index.ts';
import type { FrontEnd } from './front-end.ts';
import { GO } from './go/index.ts';
import { POWERSHELL } from './powershell/index.ts';
import { PYTHON } from './python/index.ts';
import { RUST } from './rust/index.ts';
import { TSX, TYPESCRIPT } from './typescript/index.ts';

const BY_ENDING: ReadonlyMap<string, FrontEnd> = new Map([
  ['cs', CSHARP],
  ['c', C],
  ...['h', 'hh', 'hpp', 'hxx', 'cc', 'cpp', 'cxx', 'c++', 'inl', 'ipp'].map((ending) => [ending, CPP] as const),
  ...['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'].map((ending) => [ending, TYPESCRIPT] as const),
  ['go', GO],
  ...['py', 'pyw'].map((ending) => [ending, PYTHON] as const),
  ...['ps1', 'psm1'].map((ending) => [ending, POWERSHELL] as const),
  ['rs', RUST],
  ...['tsx', 'jsx'].map((ending) => [ending, TSX] as const),
]);

/** The front end for a file by the ending of its name; undefined for what the lint does not read. */
export function frontEndOf(file: string): FrontEnd | undefined {
  return BY_ENDING.get(/\.([^./\\]+)$/u.exec(file)?.[1]?.toLowerCase() ?? '');
}
