/** `a?.b.c()`: all that follows the question mark in the chain runs only where there is something before it. */
import type { Location, Operand } from '../../flow/graph.ts';
import { located, lowerOptional } from '../shared/branches.ts';
import { shortText } from '../shared/function-state.ts';
import type { Syntax } from '../shared/syntax.ts';
import type { Lowering } from './lowering.ts';

/** The next question mark of a chain that is not being lowered yet. A call's own (`f?.()`) is taken to be answered yes. */
export function questionMarkOf(lowering: Lowering, node: Syntax): Syntax | undefined {
  let at: Syntax | undefined = node;
  for (;;) {
    switch (at?.type) {
      case 'member_expression':
      case 'subscript_expression':
        if (at.child('optional_chain') !== undefined && !lowering.receivers.has(at)) return at;
        at = lowering.receivers.has(at) ? undefined : at.child('object');
        break;
      case 'call_expression':
        at = at.child('function');
        break;
      case 'non_null_expression':
        at = at.first;
        break;
      default:
        return undefined;
    }
  }
}

/** @param result where the value goes; undefined where it is used by nothing */
export function lowerOptionalChain(
  lowering: Lowering,
  node: Syntax,
  questionMark: Syntax,
  result: Location | undefined,
): Operand {
  const object = questionMark.child('object');
  const receiver = object && located(lowering, object);
  if (receiver?.location === undefined) return { text: shortText(node) };
  return lowerOptional(lowering, questionMark, receiver.location, result, () => {
    lowering.receivers.set(questionMark, receiver);
    if (result === undefined) lowering.effect(node);
    else lowering.value(node, result);
    lowering.receivers.delete(questionMark);
  });
}
