/** Front ends for C and C++. Headers are read as C++. */
import type { FrontEnd } from '../front-end.ts';
import { outlineOf } from './outline.ts';
import { prepare } from './prepare/prepare.ts';

export const C: FrontEnd = {
  dialect: 'c',
  grammar: 'tree-sitter-c',
  prepare: (text) => prepare(text, 'c'),
  outline: (root, text) => outlineOf(root, text, 'c'),
};

export const CPP: FrontEnd = {
  dialect: 'cpp',
  grammar: 'tree-sitter-cpp',
  prepare: (text) => prepare(text, 'cpp'),
  outline: (root, text) => outlineOf(root, text, 'cpp'),
};
