/** The lint of a file after a keystroke, as a multiple of tree-sitter's parse of the whole file. */
import { Parser } from 'web-tree-sitter';
import type { Grammars } from '../../src/analyzers/languages/grammars.ts';
import { createWorkspace, type Workspace } from '../../src/analyzers/workspace.ts';
import { loadInstalledGrammars } from '../../src/lint/grammars.ts';
import { measurePairs, type Multiple } from './pairs.ts';
import { type BenchSource, benchSources } from './sources.ts';

export interface KeystrokeMeasure {
  readonly title: string;
  readonly lines: number;
  readonly findings: number;
  readonly multiple: Multiple;
}

const WARM_UP = 15;
const PAIRS = 31;

/** All files are in one workspace, as they are in an editor; one of them changes. */
export async function benchKeystrokes(): Promise<readonly KeystrokeMeasure[]> {
  const grammars = await loadInstalledGrammars();
  const workspace = createWorkspace(grammars);
  const sources = benchSources();
  for (const { file, text } of sources) {
    workspace.setText(file, text);
  }
  return sources.map((source) => benchSource(source, workspace, grammars));
}

function benchSource(source: BenchSource, workspace: Workspace, grammars: Grammars): KeystrokeMeasure {
  const parser = new Parser();
  parser.setLanguage(grammars[source.grammar]);
  const lint = (keystroke: number): void => {
    workspace.setText(source.file, typed(source, keystroke));
    workspace.analyze(source.file);
  };
  const parse = (keystroke: number): void => {
    parser.parse(typed(source, keystroke))?.delete();
  };
  measurePairs(WARM_UP, lint, parse);
  const multiple = measurePairs(
    PAIRS,
    (pair) => {
      lint(WARM_UP + pair);
    },
    (pair) => {
      parse(WARM_UP + pair);
    },
  );
  const { findings } = workspace.analyze(source.file);
  workspace.setText(source.file, source.text);
  parser.delete();
  return { title: source.title, lines: source.text.split('\n').length, findings: findings.length, multiple };
}

/** The text after so many keystrokes: no two are the same. */
function typed({ text, cursor }: BenchSource, keystrokes: number): string {
  return text.slice(0, cursor) + 'x'.repeat(keystrokes + 1) + text.slice(cursor);
}
