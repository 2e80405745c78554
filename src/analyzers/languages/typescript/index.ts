/** TypeScript and JavaScript. */
import type { FrontEnd } from '../front-end.ts';
import { outlineTypeScript } from './outline.ts';

export const TYPESCRIPT: FrontEnd = {
  dialect: 'typescript',
  grammar: 'tree-sitter-typescript',
  prepare,
  outline: outlineTypeScript,
};

/** With JSX: a type assertion in angle brackets is none here. */
export const TSX: FrontEnd = { ...TYPESCRIPT, grammar: 'tree-sitter-tsx' };

/** The grammar does not know `for (using x of y)`: it reads `const`, and the lowering sees what the text says. */
function prepare(text: string): string {
  return text.replaceAll(
    /(?<=\bfor\s*(?:await\s*)?\(\s*)(?<before>await\s+)?using(?=\s+[\w$])/gu,
    (_, before: string | undefined) => `${' '.repeat(before?.length ?? 0)}const`,
  );
}
