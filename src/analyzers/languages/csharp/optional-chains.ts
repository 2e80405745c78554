/** `a?.b.c()`: all that follows the question mark in the chain runs only where there is something before it. */
import type { Location, Operand } from '../../flow/graph.ts';
import { located, lowerOptional } from '../shared/branches.ts';
import { shortText } from '../shared/function-state.ts';
import type { Syntax } from '../shared/syntax.ts';
import type { Lowering } from './lowering.ts';

/** The next question mark of a chain that is not being lowered yet. */
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
export function lowerOptionalChain(
  lowering: Lowering,
  node: Syntax,
  questionMark: Syntax,
  result: Location | undefined,
): Operand {
  const condition = questionMark.child('condition');
  const receiver = condition && located(lowering, condition);
  if (receiver?.location === undefined) return { text: shortText(node) };
  return lowerOptional(lowering, questionMark, receiver.location, result, () => {
    lowering.receivers.set(questionMark, receiver);
    if (result === undefined) lowering.effect(node);
    else lowering.value(node, result);
    lowering.receivers.delete(questionMark);
  });
}
