/**
 * Bundles the programs into `dist/` by esbuild: `node scripts/build.ts [--watch] [--production]`. Each program is one
 * file of its own beside the grammars' WebAssembly modules; only koffi's native part stays outside.
 */
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type BuildOptions, build, context } from 'esbuild';

const { values: options } = parseArgs({
  options: { watch: { type: 'boolean', default: false }, production: { type: 'boolean', default: false } },
});

const OUTPUT = 'dist';

/** Where the lint looks for them when it runs from a bundle (`src/lint/grammars.ts`). */
const WASM_FILES = [
  'web-tree-sitter/web-tree-sitter.wasm',
  'tree-sitter-c/tree-sitter-c.wasm',
  '@vscode/tree-sitter-wasm/wasm/tree-sitter-cpp.wasm',
  '@vscode/tree-sitter-wasm/wasm/tree-sitter-c-sharp.wasm',
  '@vscode/tree-sitter-wasm/wasm/tree-sitter-typescript.wasm',
  '@vscode/tree-sitter-wasm/wasm/tree-sitter-tsx.wasm',
  '@vscode/tree-sitter-wasm/wasm/tree-sitter-python.wasm',
  '@vscode/tree-sitter-wasm/wasm/tree-sitter-go.wasm',
  '@vscode/tree-sitter-wasm/wasm/tree-sitter-rust.wasm',
  '@vscode/tree-sitter-wasm/wasm/tree-sitter-powershell.wasm',
];

const common = {
  bundle: true,
  sourcemap: options.production ? false : 'linked',
  minify: options.production,
  legalComments: 'none',
  logLevel: 'warning',
} satisfies BuildOptions;

const forNode = {
  ...common,
  platform: 'node',
  format: 'cjs',
  // The oldest Node that package.json names for the command line.
  target: 'node20',
  mainFields: ['module', 'main'],
  external: ['vscode', 'koffi', '@koromix/*'],
  // The sources are ES modules and ask where they lie; a CommonJS bundle answers.
  banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
  define: {
    'import.meta.url': 'bundleUrl',
    'import.meta.dirname': '__dirname',
    'import.meta.filename': '__filename',
  },
} satisfies BuildOptions;

const programs: readonly BuildOptions[] = [
  { ...forNode, entryPoints: ['src/extension.ts'], outfile: join(OUTPUT, 'extension.cjs') },
  { ...forNode, entryPoints: ['src/lint/server/main.ts'], outfile: join(OUTPUT, 'server.cjs') },
  { ...forNode, entryPoints: ['src/monitor/adapter/main.ts'], outfile: join(OUTPUT, 'monitor.cjs') },
  {
    ...forNode,
    entryPoints: ['src/cli/main.ts'],
    outfile: join(OUTPUT, 'cli.cjs'),
    banner: { js: `#!/usr/bin/env node\n${forNode.banner.js}` },
  },
  {
    ...common,
    platform: 'node',
    // ESLint waits for a plugin that loads its grammars; a CommonJS module could not be waited for.
    format: 'esm',
    target: 'node20',
    mainFields: ['module', 'main'],
    entryPoints: ['src/lint/eslint/main.ts'],
    outfile: join(OUTPUT, 'eslint.mjs'),
  },
  {
    ...common,
    platform: 'browser',
    format: 'iife',
    // The webview's Chromium in the oldest VS Code that package.json names.
    target: 'chrome142',
    entryPoints: ['src/monitor/panel/view/main.ts'],
    outfile: join(OUTPUT, 'panel.js'),
  },
];

if (options.production) {
  await rm(OUTPUT, { recursive: true, force: true });
}
await mkdir(OUTPUT, { recursive: true });
await copyWasm();
await copyFile('src/lint/eslint/types.d.mts', join(OUTPUT, 'eslint.d.mts'));
if (options.watch) {
  for (const program of programs) {
    await (await context({ ...program, logLevel: 'info' })).watch();
  }
} else {
  await buildAll();
}

async function copyWasm(): Promise<void> {
  const { resolve } = createRequire(import.meta.url);
  for (const file of WASM_FILES) {
    await copyFile(resolve(file), join(OUTPUT, file.slice(file.lastIndexOf('/') + 1)));
  }
}

/** esbuild has printed what is wrong: a stack of ours would only hide it. */
async function buildAll(): Promise<void> {
  const started = performance.now();
  const outcomes = await Promise.allSettled(programs.map((program) => build(program)));
  if (outcomes.some(({ status }) => status === 'rejected')) {
    process.exitCode = 1;
    return;
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${programs.length} programs bundled into ${OUTPUT}/ in ${seconds} s\n`);
}
