/** Values that depend on a test. */
import type { BlockId } from '../../flow/builder.ts';
import type { Location, Operand } from '../../flow/graph.ts';
import type { Evaluator } from './evaluator.ts';
import { shortText, spanOf } from './function-state.ts';
import { located, lowerNullTest } from './optional-chains.ts';
import type { Syntax, Written } from './syntax.ts';
import { testText } from './test-text.ts';

/** `a ?? b`: the second one where the first one is null; with `value` true `a || b`: where it is null or false. */
export function lowerFallback<Node extends Written>(
  evaluator: Evaluator<Node>,
  node: Node,
  { first, second, value }: { readonly first: Node; readonly second: Node; readonly value: 'null' | 'true' },
  into: Location | undefined,
): Operand {
  const { state } = evaluator;
  const { builder } = state;
  return state.join(node, into, (target, after) => {
    const [present, absent] = [builder.newBlock(), builder.newBlock()];
    const operand =
      value === 'null'
        ? lowerNullTest(evaluator, first, absent, present)
        : branchOnTruth(evaluator, first, present, absent);
    builder.start(present);
    state.assign(target, operand, spanOf(first));
    builder.goto(after);
    builder.start(absent);
    evaluator.value(second, target);
    builder.goto(after);
  });
}

function branchOnTruth<Node extends Written>(
  evaluator: Evaluator<Node>,
  node: Node,
  holds: BlockId,
  fails: BlockId,
): Operand {
  const operand = located(evaluator, node);
  const { location } = operand;
  const about = { span: spanOf(node), text: testText(shortText(node), 'true') };
  if (location === undefined) evaluator.state.builder.goto(holds);
  else evaluator.state.builder.branch({ op: 'is', location, value: 'true', ...about }, holds, fails);
  return operand;
}

/** `a ? b : c` */
export function lowerChoice(evaluator: Evaluator, node: Syntax, into: Location | undefined): Operand {
  const [condition, then, otherwise] = [node.child('condition'), node.child('consequence'), node.child('alternative')];
  return chooseValue(evaluator, node, { condition, then, otherwise }, into);
}

interface Choice<Node> {
  readonly condition: Node | undefined;
  readonly then: Node | undefined;
  readonly otherwise: Node | undefined;
}

export function chooseValue<Node extends Written>(
  evaluator: Evaluator<Node>,
  node: Node,
  { condition, then, otherwise }: Choice<Node>,
  into: Location | undefined,
): Operand {
  const { builder } = evaluator.state;
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
export function lowerTruth<Node extends Written>(
  evaluator: Evaluator<Node>,
  node: Node,
  into: Location | undefined,
): Operand {
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
