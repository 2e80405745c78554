/**
 * The grammars that ESLint's files need: TypeScript's, which reads JavaScript too, and the one with JSX. Loading the others
 * as well would take more than twice as long, in every process that ESLint starts.
 */
import { Language, Parser } from 'web-tree-sitter';
import { GRAMMAR_NAMES, type Grammars } from '../../analyzers/languages/grammars.ts';
import { grammarBytes } from '../grammars.ts';

/** @throws where a grammar is missing: the installation is broken */
export async function loadScriptGrammars(): Promise<Grammars> {
  await Parser.init({ wasmBinary: await grammarBytes('web-tree-sitter') });
  const typescript = await Language.load(await grammarBytes('tree-sitter-typescript'));
  const tsx = await Language.load(await grammarBytes('tree-sitter-tsx'));
  // The workspace asks for a grammar by a file's language, and is given files of these two only (script-name.ts).
  return Object.fromEntries(
    GRAMMAR_NAMES.map((name) => [name, name === 'tree-sitter-tsx' ? tsx : typescript]),
  ) as Grammars;
}
