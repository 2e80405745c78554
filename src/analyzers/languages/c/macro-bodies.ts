/**
 * Parses the bodies of macros while a function is lowered. Of the trees only plain copies are kept: the parser's memory is
 * not collected.
 */
import { Parser } from 'web-tree-sitter';
import type { Language } from 'web-tree-sitter';
import { readSyntax } from '../shared/syntax.ts';
import type { Syntax } from '../shared/syntax.ts';
import type { FileFacts } from './file-facts.ts';
import type { Macro } from './macros.ts';
import { prepare } from './prepare/prepare.ts';

/** A body that parses: its statements, or the one expression that it is. */
export interface MacroBody {
  readonly statements: readonly Syntax[];
  readonly expression: Syntax | undefined;
}

/** Bodies parsed for one function; more are taken for plain calls. */
const MOST_BODIES = 300;

export class MacroBodies {
  private readonly language: Language | undefined;
  private readonly dialect: 'c' | 'cpp';
  private readonly bodies = new Map<string, MacroBody | undefined>();

  constructor({ language, dialect }: Pick<FileFacts, 'language' | 'dialect'>) {
    this.language = language;
    this.dialect = dialect;
  }

  bodyOf(macro: Macro): MacroBody | undefined {
    if (!this.bodies.has(macro.name)) {
      this.bodies.set(macro.name, this.bodies.size < MOST_BODIES ? this.parse(macro) : undefined);
    }
    return this.bodies.get(macro.name);
  }

  private parse(macro: Macro): MacroBody | undefined {
    const body = macro.body.replace(/##\s*__VA_ARGS__/gu, '__VA_ARGS__');
    if (!this.language || body === '' || body.includes('##')) {
      return undefined;
    }
    const text = `void f(void) {\n${body.replace(/#\s*(\w+)/gu, '""')};\n}`;
    const parser = new Parser();
    parser.setLanguage(this.language);
    const tree = parser.parse(prepare(text, this.dialect));
    parser.delete();
    if (!tree) {
      return undefined;
    }
    const isWhole = !tree.rootNode.hasError && tree.rootNode.namedChildCount === 1;
    const root = isWhole ? readSyntax(tree.rootNode, 0, text) : undefined;
    tree.delete();
    const block = root?.first?.child('body');
    if (!block) {
      return undefined;
    }
    const statements = block.parts;
    const [first] = statements;
    const isExpression = statements.length === 1 && first?.type === 'expression_statement';
    return { statements, expression: isExpression ? first.first : undefined };
  }
}
