/**
 * Where the bytes of the tree-sitter grammars lie: beside the bundle once it is built, in the packages when the sources
 * are run.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GrammarName, Grammars } from '../analyzers/languages/grammars.ts';
import { loadGrammars } from '../analyzers/languages/grammars.ts';

type WasmName = GrammarName | 'web-tree-sitter';

/** `@vscode/tree-sitter-wasm` ships no grammar for C: its C++ grammar cannot read names such as `new`. */
const PACKAGE_OF: Readonly<Record<WasmName, string>> = {
  'web-tree-sitter': 'web-tree-sitter',
  'tree-sitter-c': 'tree-sitter-c',
  'tree-sitter-cpp': '@vscode/tree-sitter-wasm/wasm',
  'tree-sitter-c-sharp': '@vscode/tree-sitter-wasm/wasm',
  'tree-sitter-typescript': '@vscode/tree-sitter-wasm/wasm',
  'tree-sitter-tsx': '@vscode/tree-sitter-wasm/wasm',
  'tree-sitter-python': '@vscode/tree-sitter-wasm/wasm',
  'tree-sitter-go': '@vscode/tree-sitter-wasm/wasm',
  'tree-sitter-rust': '@vscode/tree-sitter-wasm/wasm',
  'tree-sitter-powershell': '@vscode/tree-sitter-wasm/wasm',
};

/** @throws where a grammar is missing: the installation is broken */
export function loadInstalledGrammars(): Promise<Grammars> {
  return loadGrammars(grammarBytes);
}

/** The WebAssembly module of one grammar, or of the parser's runtime. */
export function grammarBytes(name: WasmName): Promise<Uint8Array> {
  return readFile(wasmFile(name));
}

function wasmFile(name: WasmName): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const besideTheBundle = join(here, `${name}.wasm`);
  return existsSync(besideTheBundle)
    ? besideTheBundle
    : createRequire(import.meta.url).resolve(`${PACKAGE_OF[name]}/${name}.wasm`);
}
