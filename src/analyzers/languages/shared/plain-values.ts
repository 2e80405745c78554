/** Expressions of which only the parts count: arithmetic, what stands for another expression, what is not known. */
import type { Location, Operand } from '../../flow/graph.ts';
import type { Evaluator } from './evaluator.ts';
import { shortText, spanOf } from './function-state.ts';
import type { Syntax } from './syntax.ts';

/** Goes inwards as long as an expression stands for the value of another one. */
export function withoutWrapping(node: Syntax, innerOf: (node: Syntax) => Syntax | undefined): Syntax {
  let at = node;
  for (let inner = innerOf(at); inner !== undefined; inner = innerOf(at)) at = inner;
  return at;
}

/**
 * Chains such as long concatenations nest to the left: they are gone down in a loop.
 * @param carries whether the result still reaches what the first operand reaches, as an address with an offset does
 */
export function lowerArithmetic(
  evaluator: Evaluator,
  node: Syntax,
  isArithmetic: (operator: string) => boolean,
  carries: (first: Location) => boolean,
  into: Location | undefined,
): Operand {
  const rights: Syntax[] = [];
  let left: Syntax | undefined = node;
  while (left?.type === 'binary_expression' && isArithmetic(left.child('operator')?.type ?? '')) {
    const right = left.child('right');
    if (right !== undefined) rights.push(right);
    left = left.child('left');
  }
  const first = left && evaluator.value(left);
  for (const right of rights.reverse()) evaluator.value(right);
  const location = first?.location === undefined || !carries(first.location) ? {} : { location: first.location };
  return evaluator.state.settle({ ...location, text: shortText(node) }, into, spanOf(node));
}

/** Anything else: what it is made of is evaluated in order. */
export function lowerParts(
  evaluator: Evaluator,
  node: Syntax,
  isValue: (part: Syntax) => boolean,
  into: Location | undefined,
): Operand {
  for (const part of node.parts) if (isValue(part)) evaluator.value(part);
  return evaluator.state.settle({ text: shortText(node) }, into, spanOf(node));
}
