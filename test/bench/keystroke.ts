/** The lint of a file after a keystroke, as a multiple of tree-sitter's parse of it: of the whole file, and of the change. */
import { Edit, Parser, type Tree } from 'web-tree-sitter';
import type { Grammars } from '../../src/analyzers/languages/grammars.ts';
import { createWorkspace, type Workspace } from '../../src/analyzers/workspace.ts';
import { loadInstalledGrammars } from '../../src/lint/grammars.ts';
import { measurePairs, type Multiple } from './pairs.ts';
import { type BenchSource, benchSources } from './sources.ts';

export interface KeystrokeMeasure {
  readonly title: string;
  readonly lines: number;
  readonly findings: number;
  readonly ofFullParse: Multiple;
  readonly ofIncrementalParse: Multiple;
}

/** A language server runs for hours: what counts is the keystroke after its code was compiled. */
const WARM_UP = 200;
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
  using parser = parserOf(grammars, source);
  let keystrokes = 0;
  const lint = (): void => {
    keystrokes += 1;
    workspace.setText(source.file, source.typed(keystrokes));
    workspace.analyze(source.file);
  };
  const measure = (parse: () => void): Multiple => {
    measurePairs(WARM_UP, lint, parse);
    return measurePairs(PAIRS, lint, parse);
  };
  const ofFullParse = measure(parser.full);
  const ofIncrementalParse = measure(parser.incremental);
  const { findings, sites } = workspace.analyze(source.file);
  if (sites.length === 0) {
    throw new Error(`The lint sees no section in ${source.title}: what was measured is nothing.`);
  }
  workspace.setText(source.file, source.text);
  return {
    title: source.title,
    lines: source.text.split('\n').length,
    findings: findings.length,
    ofFullParse,
    ofIncrementalParse,
  };
}

interface BareParser extends Disposable {
  /** Each parses the text after one keystroke more. */
  readonly full: () => void;
  readonly incremental: () => void;
}

function parserOf(grammars: Grammars, source: BenchSource): BareParser {
  const parser = new Parser();
  parser.setLanguage(grammars[source.grammar]);
  let keystrokes = 1;
  let tree = parsed(parser, source.typed(keystrokes));
  return {
    full: () => {
      keystrokes += 1;
      parsed(parser, source.typed(keystrokes)).delete();
    },
    incremental: () => {
      const before = source.typed(keystrokes);
      keystrokes += 1;
      const after = source.typed(keystrokes);
      tree.edit(insertionBetween(before, after));
      const edited = tree;
      tree = parsed(parser, after, edited);
      edited.delete();
    },
    [Symbol.dispose]: () => {
      tree.delete();
      parser.delete();
    },
  };
}

function parsed(parser: Parser, text: string, edited?: Tree): Tree {
  const tree = parser.parse(text, edited);
  if (tree === null) {
    throw new Error('tree-sitter gave no tree');
  }
  return tree;
}

/** The text has grown in one line. */
function insertionBetween(before: string, after: string): Edit {
  let startIndex = 0;
  while (before[startIndex] === after[startIndex]) {
    startIndex += 1;
  }
  const linesBefore = before.slice(0, startIndex).split('\n');
  const row = linesBefore.length - 1;
  const column = linesBefore[row]?.length ?? 0;
  const inserted = after.length - before.length;
  return new Edit({
    startIndex,
    oldEndIndex: startIndex,
    newEndIndex: startIndex + inserted,
    startPosition: { row, column },
    oldEndPosition: { row, column },
    newEndPosition: { row, column: column + inserted },
  });
}
