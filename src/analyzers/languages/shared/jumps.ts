/** Conditions that every language has, each to jumps: comparisons with constants, junctions, what is not known. */
import type { Constant, Location, Operand, Test } from '../../flow/graph.ts';
import type { Evaluator, Jumps } from './evaluator.ts';
import { shortText, spanOf } from './function-state.ts';
import { lowerNullTest } from './optional-chains.ts';
import type { Written } from './syntax.ts';
import { testText } from './test-text.ts';

export function swapped({ then, otherwise, elements }: Jumps): Jumps {
  return { then: otherwise, otherwise: then, elements };
}

/** `a && b`, `a || b` */
export function branchOnJunction<Node extends Written>(
  evaluator: Evaluator<Node>,
  kind: 'and' | 'or',
  [left, right]: readonly [Node, Node],
  jumps: Jumps,
): void {
  const { builder } = evaluator.state;
  const next = builder.newBlock();
  if (kind === 'and') evaluator.condition(left, next, jumps.otherwise, jumps.elements);
  else evaluator.condition(left, jumps.then, next, []);
  builder.start(next);
  evaluator.condition(right, jumps.then, jumps.otherwise);
}

interface Equality<Node> {
  /** What is compared with a constant, if with one. */
  readonly tested: Node;
  readonly value: Constant | undefined;
  /** Evaluated, but tells nothing. */
  readonly other: Node | undefined;
  /** The comparison in words of the source. */
  readonly text: string;
}

/** `a == b`, where that holds */
export function branchOnEquality<Node extends Written>(
  evaluator: Evaluator<Node>,
  node: Node,
  { tested, value, other, text }: Equality<Node>,
  jumps: Jumps,
): void {
  if (value === 'null' && jumps.elements.length === 0) {
    lowerNullTest(evaluator, tested, jumps.then, jumps.otherwise);
    return;
  }
  const { location } = evaluator.value(tested);
  if (other !== undefined) evaluator.value(other);
  if (location === undefined || value === undefined || value === 'other') {
    branchOnUnknown(evaluator, node, text, jumps);
  } else {
    branchOn(evaluator, tested, node, location, value, jumps);
  }
}

/** `a < b`: a descriptor or status below zero is an error. */
function branchOnOrder<Node extends Written>(
  evaluator: Evaluator<Node>,
  node: Node,
  [left, right]: readonly [Node, Node],
  bound: Operand | undefined,
  jumps: Jumps,
): void {
  const { location } = evaluator.value(left);
  const isZero = bound?.constant === 'null';
  if (!isZero) evaluator.value(right);
  if (isZero && location !== undefined && jumps.elements.length === 0) {
    branchOn(evaluator, left, node, location, 'negative', jumps);
  } else {
    branchOnUnknown(evaluator, node, `${shortText(left)} < ${shortText(right)}`, jumps);
  }
}

/** What an operator of the languages that descend from C asks. */
export type Comparison = 'and' | 'or' | 'equal' | 'unequal' | 'less' | 'at-least' | 'other';

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  '&&': 'and',
  '||': 'or',
  '==': 'equal',
  '===': 'equal',
  '!=': 'unequal',
  '!==': 'unequal',
  '<': 'less',
  '>=': 'at-least',
};

export function comparisonOf(operator: string): Comparison {
  return COMPARISONS[operator] ?? 'other';
}

interface Compared<Node> {
  readonly sides: readonly [Node, Node];
  readonly constantOf: (node: Node) => Operand | undefined;
  /** Where both sides are equal. */
  readonly equality: (jumps: Jumps) => void;
}

/** @returns false where the comparison tells nothing: nothing was evaluated then */
export function branchOnComparison<Node extends Written>(
  evaluator: Evaluator<Node>,
  node: Node,
  comparison: Comparison,
  { sides, constantOf, equality }: Compared<Node>,
  jumps: Jumps,
): boolean {
  switch (comparison) {
    case 'and':
    case 'or':
      branchOnJunction(evaluator, comparison, sides, jumps);
      return true;
    case 'equal':
    case 'unequal':
      equality(comparison === 'equal' ? jumps : swapped(jumps));
      return true;
    case 'less':
    case 'at-least':
      branchOnOrder(evaluator, node, sides, constantOf(sides[1]), comparison === 'less' ? jumps : swapped(jumps));
      return true;
    case 'other':
      return false;
  }
}

/** @param tested what the value is of */
export function branchOn<Node extends Written>(
  evaluator: Evaluator<Node>,
  tested: Node,
  node: Node,
  location: Location,
  value: Constant | 'negative' | 'success',
  jumps: Jumps,
): void {
  const test: Test = { op: 'is', location, value, span: spanOf(node), text: testText(shortText(tested), value) };
  evaluator.state.builder.branch(test, jumps.then, jumps.otherwise);
}

/** @param text what holds on the way to `then` */
export function branchOnUnknown<Node extends Written>(
  evaluator: Evaluator<Node>,
  node: Node,
  text: string,
  { then, otherwise, elements }: Jumps,
): void {
  const span = spanOf(node);
  const test: Test = elements.length > 0 ? { op: 'loop', elements, span, text } : { op: 'unknown', span, text };
  evaluator.state.builder.branch(test, then, otherwise);
}
