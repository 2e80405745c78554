/** What is gathered while one function is lowered, and the few events and values that every language makes alike. */
import type { BlockId } from '../../flow/builder.ts';
import { GraphBuilder } from '../../flow/builder.ts';
import type { CallEvent, FunctionGraph, LocalDeclaration, Location, Operand, Span } from '../../flow/graph.ts';
import { isLocal, rootOf } from '../../flow/graph.ts';
import { LexicalNames } from './lexical-names.ts';
import type { Written } from './syntax.ts';
import { TooDeep } from './syntax.ts';

/** Source text in operands and tests is for look-ups and messages. */
const LONGEST_TEXT = 120;
/** Statements and expressions within each other; each costs several frames of the stack. */
const DEEPEST = 500;
/** A clean-up is lowered once for each way out: nested ones multiply. */
const MOST_STEPS = 100_000;

export class FunctionState {
  readonly builder = new GraphBuilder();
  readonly names = new LexicalNames();
  readonly captured = new Map<Location, Span>();
  readonly types = new Map<Location, string>();
  readonly declarations = new Map<Location, LocalDeclaration>();
  private depth = 0;
  private steps = 0;

  /** Runs one step of the recursion over the syntax. */
  descend<Result>(step: () => Result): Result {
    this.depth += 1;
    this.steps += 1;
    if (this.depth > DEEPEST || this.steps > MOST_STEPS) throw new TooDeep();
    const result = step();
    this.depth -= 1;
    return result;
  }

  assign(to: Location, from: Operand, span: Span): void {
    if (from.location !== to) this.builder.emit({ type: 'assign', to, from, span });
  }

  /** Makes sure that the value stands at `into`, if a place is asked for. */
  settle(operand: Operand, into: Location | undefined, span: Span): Operand {
    if (into === undefined) return operand;
    this.assign(into, operand, span);
    return { location: into, text: operand.text };
  }

  call(event: Omit<CallEvent, 'type'>): void {
    this.builder.emit({ type: 'call', ...event });
  }

  fresh(to: Location, span: Span): void {
    this.builder.emit({ type: 'fresh', to, span });
  }

  /** A value that comes from one of several branches; each ends with a jump to `after`. */
  join(node: Written, into: Location | undefined, branches: (target: Location, after: BlockId) => void): Operand {
    const target = into ?? this.builder.newTemporary();
    const after = this.builder.newBlock();
    branches(target, after);
    this.builder.start(after);
    return { location: target, text: shortText(node) };
  }

  /** Whoever has a local's address, or a closure that uses it, may change or release it. */
  capture(location: Location, span: Span): void {
    const root = rootOf(location);
    if (isLocal(root) && !this.captured.has(root)) this.captured.set(root, span);
  }

  /** A value that an edge of a test knows to be one constant is given to a place as such. */
  constant(to: Location, constant: 'null' | 'true' | 'false', span: Span): void {
    this.assign(to, { constant, text: constant }, span);
  }

  finish(
    about: Pick<FunctionGraph, 'name' | 'qualifiedName' | 'parameters' | 'isEntryPoint'> & {
      readonly owner: string | undefined;
    },
  ): FunctionGraph {
    const { owner, ...rest } = about;
    return {
      ...rest,
      ...(owner === undefined ? {} : { owner }),
      blocks: this.builder.finish(),
      captured: this.captured,
      declarations: [...this.declarations.values()],
      types: this.types,
    };
  }
}

/** For a function that nests too deeply, or is too large, nothing is said of it. */
export function graphOrNothing(
  about: Pick<FunctionGraph, 'name' | 'qualifiedName' | 'isEntryPoint'> & { readonly owner: string | undefined },
  lower: () => FunctionGraph,
): FunctionGraph {
  try {
    return lower();
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    const { name, qualifiedName, isEntryPoint, owner } = about;
    const state = new FunctionState();
    state.builder.endOfProcess();
    return state.finish({ name, qualifiedName, isEntryPoint, owner, parameters: [] });
  }
}

export function spanOf({ start, end }: Pick<Written, 'start' | 'end'>): Span {
  return { start, end };
}

/** The last character: where a scope's end is told of. */
export function closingOf({ start, end }: Pick<Written, 'start' | 'end'>): Span {
  return { start: Math.max(start, end - 1), end };
}

export function shortText(node: Written): string {
  return node.text.slice(0, LONGEST_TEXT);
}
