/**
 * What every part of the lowering shares: the builder, the names in scope, what the file says of classes and macros, and
 * the entries of the other parts (so that they need not import each other in circles).
 */
import type { Node } from 'web-tree-sitter';
import type { BlockId, GraphBuilder } from '../../flow/builder.ts';
import type { Location, Operand, Span } from '../../flow/graph.ts';
import type { FileFacts } from './file-facts.ts';
import type { MacroBodies } from './macro-bodies.ts';
import type { Binding, Names } from './names.ts';

/** An argument of a macro that is being lowered in place of its call. */
export interface MacroArgument {
  readonly nodes: readonly Node[];
  /** The lowering of the call's surroundings. */
  readonly of: Lowering;
}

/** State of one function, shared by its macros' bodies. */
export interface FunctionState {
  readonly builder: GraphBuilder;
  readonly names: Names;
  readonly facts: FileFacts;
  readonly macroBodies: MacroBodies;
  readonly captured: Map<Location, Span>;
  readonly types: Map<Location, string>;
  readonly returnType: string;
  /** The function's text: to ask whether a name is assigned to elsewhere. */
  readonly source: string;
  /** Names of locals of the enclosing functions, for a closure. */
  readonly enclosing: ReadonlySet<string>;
  /** Elements that the loop whose condition is lowered next works on. */
  loopElements: readonly Location[];
  depth: number;
}

export interface Lowering {
  readonly state: FunctionState;
  /** Offset of the function in the file. */
  readonly base: number;
  /** In a macro's body: the call's span, which everything in the body has. */
  readonly origin: Span | undefined;
  readonly macroArguments: ReadonlyMap<string, MacroArgument>;
  /** Names of the macros whose bodies are being lowered. */
  readonly activeMacros: readonly string[];
  /** Lowers an expression whose value is used; `into` says where the value must go. */
  value(node: Node, into?: Location): Operand;
  /** Lowers an expression for its effects. */
  effect(node: Node): void;
  condition(node: Node, then: BlockId, otherwise: BlockId): void;
  statement(node: Node, braceless?: boolean): void;
}

/** Thrown by `descend` and caught where the function's lowering began. */
export class TooDeep extends Error {}

const MAXIMUM_DEPTH = 700;

export function descend<T>(lowering: Lowering, body: () => T): T {
  lowering.state.depth += 1;
  if (lowering.state.depth > MAXIMUM_DEPTH) {
    throw new TooDeep();
  }
  const result = body();
  lowering.state.depth -= 1;
  return result;
}

export function spanOf(lowering: Lowering, node: Node): Span {
  return lowering.origin ?? { start: node.startIndex - lowering.base, end: node.endIndex - lowering.base };
}

export function shortText(node: Node): string {
  return node.text.slice(0, 120);
}

/** Where a bare name stands, if it is not a macro's argument. */
export function bindingOf(lowering: Lowering, name: string): Binding {
  const { names, facts, enclosing } = lowering.state;
  const local = names.lookUp(name);
  if (local) {
    return local;
  }
  if (enclosing.has(name)) {
    return { location: `C.${name}`, type: '' };
  }
  const { owner } = names;
  const type =
    (owner === undefined ? undefined : facts.classes.get(owner)?.fieldTypes.get(name)) ?? facts.globals.get(name) ?? '';
  return { location: `${owner === undefined ? 'G' : 'S'}.${name}`, type };
}

export function assign(lowering: Lowering, to: Location, from: Operand, span: Span, owner = false): void {
  if (from.location !== to) {
    lowering.state.builder.emit({ type: 'assign', to, from, ...(owner ? { owner } : {}), span });
  }
}

/** Makes sure that the value stands at `into`, if a place is asked for. */
export function settle(lowering: Lowering, operand: Operand, into: Location | undefined, span: Span): Operand {
  if (into === undefined) {
    return operand;
  }
  assign(lowering, into, operand, span);
  return { location: into, text: operand.text };
}

/** Whoever has the address of a local may change or release it. */
export function capture(lowering: Lowering, location: Location, span: Span): void {
  const root = location.split('.')[0] ?? location;
  const { captured } = lowering.state;
  if (root.startsWith('L:') && !captured.has(root)) {
    captured.set(root, span);
  }
}
