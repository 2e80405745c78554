/** TypeScript and JavaScript. */
import type { FrontEnd } from '../front-end.ts';
import { outlineTypeScript } from './outline.ts';

export const TYPESCRIPT: FrontEnd = {
  dialect: 'typescript',
  grammar: 'tree-sitter-typescript',
  outline: outlineTypeScript,
};

/** With JSX: a type assertion in angle brackets is none here. */
export const TSX: FrontEnd = { dialect: 'typescript', grammar: 'tree-sitter-tsx', outline: outlineTypeScript };
