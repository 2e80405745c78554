/** Python. */
import type { FrontEnd } from '../front-end.ts';
import { outlinePython } from './outline.ts';

export const PYTHON: FrontEnd = { dialect: 'python', grammar: 'tree-sitter-python', outline: outlinePython };
