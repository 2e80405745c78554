/** C#. */
import type { FrontEnd } from '../front-end.ts';
import { outlineCSharp } from './outline.ts';
import { prepare } from './prepare.ts';

export const CSHARP: FrontEnd = {
  dialect: 'csharp',
  grammar: 'tree-sitter-c-sharp',
  prepare,
  outline: outlineCSharp,
};
