/**
 * What every part of the lowering shares: the builder, the names in scope, what the file says of classes and macros, and
 * the entries of the other parts (so that they need not import each other in circles).
 */
import { TooDeep } from '../shared/syntax.ts';
import type { Syntax } from '../shared/syntax.ts';
import type { BlockId, GraphBuilder } from '../../flow/builder.ts';
import type { Location, Operand, Span } from '../../flow/graph.ts';
import { resolveType } from './file-facts.ts';
import type { FileFacts } from './file-facts.ts';
import type { MacroBodies } from './macro-bodies.ts';
import type { Binding, Names } from './names.ts';

/** An argument of a macro that is being lowered in place of its call. */
export interface MacroArgument {
  readonly nodes: readonly Syntax[];
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
  steps: number;
}

export interface Lowering {
  readonly state: FunctionState;
  /** In a macro's body: the call's span, which everything in the body has. */
  readonly origin: Span | undefined;
  readonly macroArguments: ReadonlyMap<string, MacroArgument>;
  /** Names of the macros whose bodies are being lowered. */
  readonly activeMacros: readonly string[];
  /** Lowers an expression whose value is used; `into` says where the value must go. */
  value(node: Syntax, into?: Location): Operand;
  /** Lowers an expression for its effects. */
  effect(node: Syntax): void;
  condition(node: Syntax, then: BlockId, otherwise: BlockId): void;
  statement(node: Syntax, braceless?: boolean): void;
  /** The lowering of the macro's body, used at `origin`. */
  inMacro(name: string, origin: Span, args: ReadonlyMap<string, MacroArgument>): Lowering;
}

/** Levels of statements and expressions; each costs several frames of the stack. */
const DEEPEST = 600;
/** A clean-up is lowered once for each way out, a macro's body once for each use: they multiply. */
const MOST_STEPS = 200_000;

/** @throws TooDeep, caught where the function's lowering began */
export function descend<T>({ state }: Lowering, body: () => T): T {
  state.depth += 1;
  state.steps += 1;
  if (state.depth > DEEPEST || state.steps > MOST_STEPS) {
    throw new TooDeep();
  }
  const result = body();
  state.depth -= 1;
  return result;
}

export function spanOf(lowering: Lowering, node: Syntax): Span {
  return lowering.origin ?? { start: node.start, end: node.end };
}

/** A place for a local that is declared at this node. */
export function localAt(lowering: Lowering, name: string, node: Syntax): Location {
  return `L:${name}@${(lowering.origin?.start ?? 0) + node.start}`;
}

export function shortText(node: Syntax): string {
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
  return { location: `${owner === undefined ? 'G' : 'S'}.${name}`, type: resolveType(facts, type) };
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
