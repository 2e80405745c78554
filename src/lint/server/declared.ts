/** What the folders of the workspace declare, and what is wrong with their files. */
import { join } from 'node:path';
import type { Declarations } from '../../analyzers/catalog/declared.ts';
import { type DeclarationProblem, DECLARATIONS_FILE, readDeclarationsOf } from '../declarations/read.ts';

export interface Declared {
  /** Of all folders together: they are analysed as one. */
  readonly declarations: Declarations;
  /** One a folder, those without a file or a fault too. */
  readonly files: readonly { readonly path: string; readonly problems: readonly DeclarationProblem[] }[];
}

export async function declaredIn(folders: readonly string[]): Promise<Declared> {
  const read = await Promise.all(
    folders.map(async (folder) => ({ path: join(folder, DECLARATIONS_FILE), ...(await readDeclarationsOf(folder)) })),
  );
  return {
    declarations: {
      acquire: read.flatMap(({ declarations }) => declarations.acquire),
      release: read.flatMap(({ declarations }) => declarations.release),
      borrow: read.flatMap(({ declarations }) => declarations.borrow),
      handOver: read.flatMap(({ declarations }) => declarations.handOver),
    },
    files: read.map(({ path, problems }) => ({ path, problems })),
  };
}
