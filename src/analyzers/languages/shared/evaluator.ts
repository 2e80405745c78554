/** The parts of a language's lowering that call each other, as what all languages share sees them. */
import type { BlockId } from '../../flow/builder.ts';
import type { Location, Operand } from '../../flow/graph.ts';
import type { FunctionState } from './function-state.ts';
import type { Syntax, Written } from './syntax.ts';

export interface Jumps {
  readonly then: BlockId;
  readonly otherwise: BlockId;
  /** Elements that the loop with this condition works on. */
  readonly elements: readonly Location[];
}

/** The part of a chain that has a `?.`, and what stands before it. */
export interface QuestionMark<Node extends Written = Syntax> {
  readonly chain: Node;
  readonly receiver: Node;
}

/** @typeParam Node what the language's expressions and statements are given as */
export interface Evaluator<Node extends Written = Syntax> {
  readonly state: FunctionState;
  /** Values of what stands before a `?.`, while what stands after it is lowered: by the part that has the `?.`. */
  readonly receivers: Map<Node, Operand>;
  /** The next `?.` of a chain that is not being lowered yet. */
  questionMarkOf(node: Node): QuestionMark<Node> | undefined;
  /** An expression whose value is used; `into` says where the value must go. */
  value(node: Node, into?: Location): Operand;
  /** An expression for its effects only. */
  effect(node: Node): void;
  /** Ends with jumps to the one or the other block; `elements` are those that a loop with this condition works on. */
  condition(node: Node, then: BlockId, otherwise: BlockId, elements?: readonly Location[]): void;
  /** `braceless`: it is the whole body of an `if` or loop. */
  statement(node: Node, braceless?: boolean): void;
}

/** What a language does with each of its expressions and statements. */
interface Lowerings<Node extends Written, Lowering> {
  questionMarkOf(lowering: Lowering, node: Node): QuestionMark<Node> | undefined;
  value(lowering: Lowering, node: Node, into: Location | undefined): Operand;
  effect(lowering: Lowering, node: Node): void;
  condition(lowering: Lowering, node: Node, jumps: Jumps): void;
  statement(lowering: Lowering, node: Node, braceless: boolean): void;
}

/** A language's lowering, in which each step of the recursion counts. @param extend adds what is the language's own */
export function loweringOf<Node extends Written, Lowering extends Evaluator<Node>>(
  state: FunctionState,
  lowerings: Lowerings<Node, Lowering>,
  extend: (evaluator: Evaluator<Node>) => Lowering,
): Lowering {
  const lowering = extend({
    state,
    receivers: new Map(),
    questionMarkOf: (node) => lowerings.questionMarkOf(lowering, node),
    value: (node, into) => state.descend(() => lowerings.value(lowering, node, into)),
    effect: (node) => {
      state.descend(() => {
        lowerings.effect(lowering, node);
      });
    },
    condition: (node, then, otherwise, elements = []) => {
      state.descend(() => {
        lowerings.condition(lowering, node, { then, otherwise, elements });
      });
    },
    statement: (node, braceless = false) => {
      state.descend(() => {
        lowerings.statement(lowering, node, braceless);
      });
    },
  });
  return lowering;
}
