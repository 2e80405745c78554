/** Loading of the tree-sitter grammars. Where the bytes come from is the caller's business: a folder, a bundle, a URL. */
import { Language, Parser } from 'web-tree-sitter';

export const GRAMMAR_NAMES = [
  'tree-sitter-c',
  'tree-sitter-cpp',
  'tree-sitter-c-sharp',
  'tree-sitter-typescript',
  'tree-sitter-tsx',
  'tree-sitter-python',
  'tree-sitter-go',
  'tree-sitter-rust',
  'tree-sitter-powershell',
] as const;
export type GrammarName = (typeof GRAMMAR_NAMES)[number];

export type Grammars = Readonly<Record<GrammarName, Language>>;

/**
 * @param bytesOf gives the WebAssembly module of a grammar, or of the parser's runtime
 * @throws where the bytes are missing or of another version of tree-sitter's interface
 */
export async function loadGrammars(
  bytesOf: (name: GrammarName | 'web-tree-sitter') => Promise<Uint8Array>,
): Promise<Grammars> {
  await Parser.init({ wasmBinary: await bytesOf('web-tree-sitter') });
  const loaded = await Promise.all(
    GRAMMAR_NAMES.map(async (name) => [name, await Language.load(await bytesOf(name))] as const),
  );
  return Object.fromEntries(loaded) as Record<GrammarName, Language>;
}
