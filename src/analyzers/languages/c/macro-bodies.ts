/**
 * Parses the bodies of macros while a function is lowered. The trees live as long as the lowering, then `release` gives
 * them back: the parser's memory is not collected.
 */
import { Parser } from 'web-tree-sitter';
import type { Language, Node, Tree } from 'web-tree-sitter';
import type { Macro } from './macros.ts';

/** A body that parses: its statements, or the one expression that it is. */
export interface MacroBody {
  readonly statements: readonly Node[];
  readonly expression: Node | undefined;
}

/** Bodies parsed for one function; more are taken for plain calls. */
const MOST_BODIES = 300;

export class MacroBodies {
  private readonly language: Language | undefined;
  private readonly trees: Tree[] = [];
  private readonly bodies = new Map<string, MacroBody | undefined>();

  constructor(language: Language | undefined) {
    this.language = language;
  }

  bodyOf(macro: Macro): MacroBody | undefined {
    if (!this.bodies.has(macro.name)) {
      this.bodies.set(macro.name, this.bodies.size < MOST_BODIES ? this.parse(macro) : undefined);
    }
    return this.bodies.get(macro.name);
  }

  release(): void {
    for (const tree of this.trees) tree.delete();
    this.trees.length = 0;
    this.bodies.clear();
  }

  private parse(macro: Macro): MacroBody | undefined {
    const body = macro.body.replace(/##\s*__VA_ARGS__/gu, '__VA_ARGS__');
    if (!this.language || body === '' || body.includes('##')) {
      return undefined;
    }
    const parser = new Parser();
    parser.setLanguage(this.language);
    const tree = parser.parse(`void f(void) {\n${body.replace(/#\s*(\w+)/gu, '""')};\n}`);
    parser.delete();
    if (!tree) {
      return undefined;
    }
    this.trees.push(tree);
    const block = tree.rootNode.namedChildren[0]?.childForFieldName('body');
    if (tree.rootNode.hasError || !block || tree.rootNode.namedChildCount !== 1) {
      return undefined;
    }
    const statements = block.namedChildren.filter(({ type }) => type !== 'comment');
    const [first] = statements;
    const isExpression = statements.length === 1 && first?.type === 'expression_statement';
    return { statements, expression: isExpression ? (first.namedChildren[0] ?? undefined) : undefined };
  }
}
