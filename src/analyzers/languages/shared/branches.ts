/** Values that depend on a test. */
import type { Location, Operand } from '../../flow/graph.ts';
import type { Evaluator } from './evaluator.ts';
import { shortText, spanOf } from './function-state.ts';
import type { Syntax } from './syntax.ts';
import { testText } from './test-text.ts';

/**
 * The chain `node` after a `?.`: it is evaluated only where what stands before is not null.
 * @param evaluate evaluates the chain for its value or its effects
 * @param result where the value goes; undefined where it is used by nothing
 */
export function lowerOptional(
  { state }: Evaluator,
  node: Syntax,
  receiver: Location,
  result: Location | undefined,
  evaluate: () => void,
): Operand {
  const { builder } = state;
  const [present, absent, after] = [builder.newBlock(), builder.newBlock(), builder.newBlock()];
  const span = spanOf(node);
  builder.branch({ op: 'is', location: receiver, value: 'null', span, text: '' }, absent, present);
  builder.start(present);
  evaluate();
  builder.goto(after);
  builder.start(absent);
  if (result !== undefined) state.constant(result, 'null', span);
  builder.start(after);
  return { ...(result === undefined ? {} : { location: result }), text: shortText(node) };
}

/**
 * `a ?? b`: the second one where the first one is null; `a || b` where it is null or false.
 * @param value what the first one is tested for
 */
export function lowerFallback(
  evaluator: Evaluator,
  node: Syntax,
  { first, second, value }: { readonly first: Syntax; readonly second: Syntax; readonly value: 'null' | 'true' },
  into: Location | undefined,
): Operand {
  const { state } = evaluator;
  const { builder } = state;
  const operand = located(evaluator, first);
  const { location } = operand;
  if (location === undefined) return operand;
  return state.join(node, into, (target, after) => {
    const [present, absent] = [builder.newBlock(), builder.newBlock()];
    const [then, otherwise] = value === 'null' ? [absent, present] : [present, absent];
    const text = testText(shortText(first), value);
    builder.branch({ op: 'is', location, value, span: spanOf(first), text }, then, otherwise);
    builder.start(present);
    state.assign(target, operand, spanOf(first));
    builder.goto(after);
    builder.start(absent);
    evaluator.value(second, target);
    builder.goto(after);
  });
}

/** `a ? b : c` */
export function lowerChoice(evaluator: Evaluator, node: Syntax, into: Location | undefined): Operand {
  const { builder } = evaluator.state;
  const [condition, then, otherwise] = [node.child('condition'), node.child('consequence'), node.child('alternative')];
  return evaluator.state.join(node, into, (target, after) => {
    const [thenBlock, elseBlock] = [builder.newBlock(), builder.newBlock()];
    if (condition) evaluator.condition(condition, thenBlock, elseBlock);
    builder.start(thenBlock);
    if (then) evaluator.value(then, target);
    builder.goto(after);
    builder.start(elseBlock);
    if (otherwise) evaluator.value(otherwise, target);
    builder.goto(after);
  });
}

/** A condition as a value: what it is true for stays known. */
export function lowerTruth(evaluator: Evaluator, node: Syntax, into: Location | undefined): Operand {
  const { state } = evaluator;
  const { builder } = state;
  return state.join(node, into, (target, after) => {
    const [holds, fails] = [builder.newBlock(), builder.newBlock()];
    evaluator.condition(node, holds, fails);
    builder.start(holds);
    state.constant(target, 'true', spanOf(node));
    builder.goto(after);
    builder.start(fails);
    state.constant(target, 'false', spanOf(node));
    builder.goto(after);
  });
}

/** The value at some place, if need be at one made for it, so that it can be tested. */
export function located(evaluator: Evaluator, node: Syntax): Operand {
  const operand = evaluator.value(node);
  if (operand.location !== undefined) return operand;
  return evaluator.state.settle(operand, evaluator.state.builder.newTemporary(), spanOf(node));
}
