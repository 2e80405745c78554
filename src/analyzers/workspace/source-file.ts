/**
 * One file of the workspace: its text, its syntax tree, its outline. The tree is kept and mended when the text changes,
 * and functions whose text did not change keep their graphs and analyses.
 */
import { Edit, Parser, type Tree } from 'web-tree-sitter';
import type { Catalog } from '../catalog/catalog.ts';
import type { ClassFacts } from '../flow/graph.ts';
import type { FrontEnd, FunctionUnit } from '../languages/front-end.ts';
import type { Grammars } from '../languages/grammars.ts';
import { type ContainingFile, FunctionEntry } from './function-entry.ts';
import { identifiersOf } from './identifiers.ts';
import { LineIndex } from './lines.ts';

/** What all files of a workspace have in common. */
export interface FileParts {
  readonly grammars: Grammars;
  readonly catalog: Catalog;
}

export class SourceFile implements ContainingFile {
  readonly name: string;
  readonly frontEnd: FrontEnd;
  functions: readonly FunctionEntry[] = [];
  classes: readonly ClassFacts[] = [];
  brokenFunctions = 0;
  /** Asked for by another file, though it names no catalogued call itself. */
  wanted = false;
  private readonly grammars: Grammars;
  private readonly catalog: Catalog;
  private text: string;
  private lineIndex: LineIndex | undefined;
  private identifierSet: ReadonlySet<string> | undefined;
  private outlined = false;
  private parsed: { readonly prepared: string; readonly tree: Tree } | undefined;

  constructor(name: string, text: string, frontEnd: FrontEnd, { grammars, catalog }: FileParts) {
    this.name = name;
    this.text = text;
    this.frontEnd = frontEnd;
    this.grammars = grammars;
    this.catalog = catalog;
  }

  get source(): string {
    return this.text;
  }

  get lines(): LineIndex {
    return (this.lineIndex ??= new LineIndex(this.text));
  }

  /** Every word of the text that could be a name. */
  get identifiers(): ReadonlySet<string> {
    return (this.identifierSet ??= identifiersOf(this.text, this.frontEnd.dialect));
  }

  setText(text: string): void {
    if (text === this.text) return;
    this.text = text;
    this.lineIndex = undefined;
    this.identifierSet = undefined;
    this.outlined = false;
  }

  /** Whether the file is worth parsing, and not outlined as it now stands. */
  needsOutline(): boolean {
    return (
      !this.outlined &&
      (this.wanted || this.parsed !== undefined || this.catalog.textFilter(this.frontEnd.dialect).test(this.text))
    );
  }

  /** @returns functions that are gone and functions that are new; those of the same text and context stay */
  outline(): { readonly gone: readonly FunctionEntry[]; readonly fresh: readonly FunctionEntry[] } {
    const { classes, functions } = this.frontEnd.outline(this.parse().rootNode, this.text);
    const before = new Map<string, FunctionEntry[]>();
    for (const entry of this.functions) before.set(entry.identity, [...(before.get(entry.identity) ?? []), entry]);
    const fresh: FunctionEntry[] = [];
    this.brokenFunctions = 0;
    const now: FunctionEntry[] = [];
    for (const unit of functions) {
      if (unit.broken) {
        this.brokenFunctions += 1;
        continue;
      }
      const identity = this.identityOf(unit);
      const kept = before.get(identity)?.shift();
      const entry = kept ?? new FunctionEntry(this, identity, unit);
      if (kept) kept.moveTo(unit);
      else fresh.push(entry);
      now.push(entry);
    }
    this.classes = classes;
    this.functions = now;
    this.outlined = true;
    return { gone: [...before.values()].flat(), fresh };
  }

  dispose(): void {
    this.parsed?.tree.delete();
    this.parsed = undefined;
  }

  private identityOf(unit: FunctionUnit): string {
    // The function's own text begins on the third line.
    return `${unit.qualifiedName}\n${unit.context.replaceAll('\n', '\t')}\n${this.text.slice(unit.start, unit.end)}`;
  }

  private parse(): Tree {
    const prepared = this.frontEnd.prepare?.(this.text) ?? this.text;
    const before = this.parsed;
    if (before) before.tree.edit(editBetween(before.prepared, prepared));
    const parser = new Parser();
    try {
      parser.setLanguage(this.grammars[this.frontEnd.grammar]);
      const tree = parser.parse(prepared, before?.tree);
      if (tree === null) throw new Error('the parser gave no tree');
      before?.tree.delete();
      this.parsed = { prepared, tree };
      return tree;
    } finally {
      parser.delete();
    }
  }
}

/** The one edit that turns a text into another: what stands between the common start and the common end. */
function editBetween(before: string, after: string): Edit {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let same = 0;
  while (
    same < most - start &&
    before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
  )
    same += 1;
  const [oldEnd, newEnd] = [before.length - same, after.length - same];
  return new Edit({
    startIndex: start,
    oldEndIndex: oldEnd,
    newEndIndex: newEnd,
    startPosition: pointAt(before, start),
    oldEndPosition: pointAt(before, oldEnd),
    newEndPosition: pointAt(after, newEnd),
  });
}

function pointAt(text: string, offset: number): { row: number; column: number } {
  let [row, lineStart] = [0, 0];
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    row += 1;
    lineStart = at + 1;
  }
  return { row, column: offset - lineStart };
}
