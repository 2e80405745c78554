/** Values that depend on a test: `?.`, `??`, `?:`, and conditions used as values. */
import type { Location, Operand } from '../../flow/graph.ts';
import { shortText, spanOf } from '../shared/function-state.ts';
import type { Syntax } from '../shared/syntax.ts';
import type { Lowering } from './lowering.ts';

/** The next `?.` of a chain that is not being lowered yet: all that follows it in the chain depends on it. */
export function questionMarkOf(lowering: Lowering, node: Syntax): Syntax | undefined {
  let at: Syntax | undefined = node;
  for (;;) {
    switch (at?.type) {
      case 'conditional_access_expression':
        return lowering.receivers.has(at) ? undefined : at;
      case 'invocation_expression':
        at = at.child('function');
        break;
      case 'member_access_expression':
      case 'element_access_expression':
        at = at.child('expression');
        break;
      case 'postfix_unary_expression':
        at = at.has('!') ? at.first : undefined;
        break;
      default:
        return undefined;
    }
  }
}

/** @param result where the value goes; undefined where it is used by nothing */
export function lowerConditionalChain(
  lowering: Lowering,
  node: Syntax,
  questionMark: Syntax,
  result: Location | undefined,
): Operand {
  const { state } = lowering;
  const { builder } = state;
  const condition = questionMark.child('condition');
  const receiver = condition && located(lowering, condition);
  if (receiver?.location === undefined) return { text: shortText(node) };
  const [present, absent, after] = [builder.newBlock(), builder.newBlock(), builder.newBlock()];
  const span = spanOf(questionMark);
  builder.branch({ op: 'is', location: receiver.location, value: 'null', span, text: '' }, absent, present);
  builder.start(present);
  lowering.receivers.set(questionMark, receiver);
  if (result === undefined) lowering.effect(node);
  else lowering.value(node, result);
  lowering.receivers.delete(questionMark);
  builder.goto(after);
  builder.start(absent);
  if (result !== undefined) state.constant(result, 'null', span);
  builder.start(after);
  return { ...(result === undefined ? {} : { location: result }), text: shortText(node) };
}

/** `a ?? b` */
export function lowerCoalesce(lowering: Lowering, node: Syntax, into: Location | undefined): Operand {
  const { state } = lowering;
  const { builder } = state;
  const [left, right] = [node.child('left'), node.child('right')];
  const first = left && located(lowering, left);
  if (first?.location === undefined || left === undefined || right === undefined) return { text: shortText(node) };
  const { location } = first;
  return state.join(node, into, (target, after) => {
    const [present, absent] = [builder.newBlock(), builder.newBlock()];
    builder.branch(
      { op: 'is', location, value: 'null', span: spanOf(left), text: `${shortText(left)} is null` },
      absent,
      present,
    );
    builder.start(present);
    state.assign(target, first, spanOf(left));
    builder.goto(after);
    builder.start(absent);
    lowering.value(right, target);
    builder.goto(after);
  });
}

/** `a ? b : c` */
export function lowerChoice(lowering: Lowering, node: Syntax, into: Location | undefined): Operand {
  const { builder } = lowering.state;
  const [condition, then, otherwise] = [node.child('condition'), node.child('consequence'), node.child('alternative')];
  return lowering.state.join(node, into, (target, after) => {
    const [thenBlock, elseBlock] = [builder.newBlock(), builder.newBlock()];
    if (condition) lowering.condition(condition, thenBlock, elseBlock);
    builder.start(thenBlock);
    if (then) lowering.value(then, target);
    builder.goto(after);
    builder.start(elseBlock);
    if (otherwise) lowering.value(otherwise, target);
    builder.goto(after);
  });
}

/** A condition as a value: what it is true for stays known. */
export function lowerTruth(lowering: Lowering, node: Syntax, into: Location | undefined): Operand {
  const { state } = lowering;
  const { builder } = state;
  return state.join(node, into, (target, after) => {
    const [holds, fails] = [builder.newBlock(), builder.newBlock()];
    lowering.condition(node, holds, fails);
    builder.start(holds);
    state.constant(target, 'true', spanOf(node));
    builder.goto(after);
    builder.start(fails);
    state.constant(target, 'false', spanOf(node));
    builder.goto(after);
  });
}

/** The value at some place, if need be at one made for it, so that it can be tested. */
function located(lowering: Lowering, node: Syntax): Operand {
  const operand = lowering.value(node);
  if (operand.location !== undefined) return operand;
  return lowering.state.settle(operand, lowering.state.builder.newTemporary(), spanOf(node));
}
