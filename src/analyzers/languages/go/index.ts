/** Go. */
import type { FrontEnd } from '../front-end.ts';
import { outlineGo } from './outline.ts';

export const GO: FrontEnd = { dialect: 'go', grammar: 'tree-sitter-go', outline: outlineGo };
