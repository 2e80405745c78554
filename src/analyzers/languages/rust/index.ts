/** Rust. */
import type { FrontEnd } from '../front-end.ts';
import { outlineRust } from './outline.ts';

export const RUST: FrontEnd = { dialect: 'rust', grammar: 'tree-sitter-rust', outline: outlineRust };
