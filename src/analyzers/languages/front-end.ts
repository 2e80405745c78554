/**
 * The interface of a language front end: syntax tree in, outline and flow graphs out. A front end is one folder or file
 * here and one line in the table of index.ts.
 */
import type { Node } from 'web-tree-sitter';
import type { Dialect } from '../catalog/entry.ts';
import type { ClassFacts, FunctionGraph } from '../flow/graph.ts';
import type { GrammarName } from './grammars.ts';

/** A function found in a file, not lowered yet: lowering is the costly part, and the same text gives the same graph. */
export interface FunctionUnit {
  readonly name: string;
  readonly qualifiedName: string;
  /** Simple name of the class whose method it is. */
  readonly owner?: string;
  /** Where the function's node starts and ends in the file, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  /** Its text holds a syntax error: it is left out, the others are analysed. */
  readonly broken: boolean;
  /**
   * All that the graph depends on besides the text between start and end (class name, names of enclosing locals, macros
   * that hide a return): units with the same text and context have the same graph.
   */
  readonly context: string;
  /** Spans in the graph count from `start`. Only valid while the tree lives. */
  lower(): FunctionGraph;
}

export interface FileOutline {
  readonly classes: readonly ClassFacts[];
  /** In the order of the text; a closure or local function is a unit of its own, after the one around it. */
  readonly functions: readonly FunctionUnit[];
}

export interface FrontEnd {
  readonly dialect: Dialect;
  readonly grammar: GrammarName;
  /** Rewrites what the grammar cannot read, keeping every offset: the result is as long as the text. */
  prepare?(text: string): string;
  outline(root: Node, text: string): FileOutline;
}
