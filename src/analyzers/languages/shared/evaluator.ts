/** The parts of a language's lowering that call each other, as what all languages share sees them. */
import type { BlockId } from '../../flow/builder.ts';
import type { Location, Operand } from '../../flow/graph.ts';
import type { FunctionState } from './function-state.ts';
import type { Syntax } from './syntax.ts';

/** The part of a chain that has a `?.`, and what stands before it. */
export interface QuestionMark {
  readonly chain: Syntax;
  readonly receiver: Syntax;
}

export interface Evaluator {
  readonly state: FunctionState;
  /** Values of what stands before a `?.`, while what stands after it is lowered: by the part that has the `?.`. */
  readonly receivers: Map<Syntax, Operand>;
  /** The next `?.` of a chain that is not being lowered yet. */
  questionMarkOf(node: Syntax): QuestionMark | undefined;
  /** An expression whose value is used; `into` says where the value must go. */
  value(node: Syntax, into?: Location): Operand;
  /** An expression for its effects only. */
  effect(node: Syntax): void;
  /** Ends with jumps to the one or the other block; `elements` are those that a loop with this condition works on. */
  condition(node: Syntax, then: BlockId, otherwise: BlockId, elements?: readonly Location[]): void;
  /** `braceless`: it is the whole body of an `if` or loop. */
  statement(node: Syntax, braceless?: boolean): void;
}
