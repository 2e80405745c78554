/** Source of a language to drawn graphs, for the tests of its front end. */
import { Parser } from 'web-tree-sitter';
import type { FunctionGraph } from '../../../../src/analyzers/flow/graph.ts';
import type { FileOutline, FrontEnd } from '../../../../src/analyzers/languages/front-end.ts';
import type { Grammars } from '../../../../src/analyzers/languages/grammars.ts';
import { loadInstalledGrammars } from '../../../../src/lint/grammars.ts';
import { drawGraph, withoutMargin } from '../draw-graph.ts';

let loading: Promise<Grammars> | undefined;

export class SourceReader {
  private readonly frontEnd: FrontEnd;
  private readonly grammars: Grammars;

  private constructor(frontEnd: FrontEnd, grammars: Grammars) {
    this.frontEnd = frontEnd;
    this.grammars = grammars;
  }

  static async for(frontEnd: FrontEnd): Promise<SourceReader> {
    loading ??= loadInstalledGrammars();
    return new SourceReader(frontEnd, await loading);
  }

  /** What `use` makes of the outline while the tree lives. */
  read<Result>(text: string, use: (outline: FileOutline) => Result): Result {
    const parser = new Parser();
    parser.setLanguage(this.grammars[this.frontEnd.grammar]);
    const tree = parser.parse(this.frontEnd.prepare?.(text) ?? text)!;
    try {
      return use(this.frontEnd.outline(tree.rootNode, text));
    } finally {
      tree.delete();
      parser.delete();
    }
  }

  /** The graphs of all functions that are not broken, in the order of the text. */
  graphs(text: string): readonly FunctionGraph[] {
    return this.read(text, ({ functions }) => functions.filter(({ broken }) => !broken).map((unit) => unit.lower()));
  }

  draw(text: string): string {
    return this.graphs(withoutMargin(text)).map(drawGraph).join('\n');
  }
}
