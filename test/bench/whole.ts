/** The lint of many files, each read for the first time, as a multiple of tree-sitter's parse of the same files. */
import { Parser } from 'web-tree-sitter';
import type { GrammarName } from '../../src/analyzers/languages/grammars.ts';
import { createWorkspace } from '../../src/analyzers/workspace.ts';
import { loadInstalledGrammars } from '../../src/lint/grammars.ts';
import { measurePairs, type Multiple } from './pairs.ts';
import { manyFiles } from './sources.ts';

export interface WholeMeasure {
  readonly files: number;
  readonly lines: number;
  readonly findings: number;
  readonly multiple: Multiple;
}

const LINES = 100_000;
const PAIRS = 5;

export async function benchWhole(): Promise<WholeMeasure> {
  const grammars = await loadInstalledGrammars();
  const files = manyFiles(LINES);
  let findings = 0;
  const lint = (): void => {
    const workspace = createWorkspace(grammars);
    for (const { file, text } of files) {
      workspace.setText(file, text);
    }
    findings = files.reduce((sum, { file }) => sum + workspace.analyze(file).findings.length, 0);
    for (const { file } of files) {
      workspace.remove(file);
    }
  };
  const parsers = new Map<GrammarName, Parser>();
  for (const { grammar } of files) {
    if (!parsers.has(grammar)) {
      parsers.set(grammar, new Parser().setLanguage(grammars[grammar]));
    }
  }
  const parse = (): void => {
    for (const { grammar, text } of files) {
      parsers.get(grammar)?.parse(text)?.delete();
    }
  };
  measurePairs(1, lint, parse);
  const multiple = measurePairs(PAIRS, lint, parse);
  for (const parser of parsers.values()) {
    parser.delete();
  }
  const lines = files.reduce((sum, { text }) => sum + text.split('\n').length, 0);
  return { files: files.length, lines, findings, multiple };
}
