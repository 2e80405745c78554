/** Where a chain such as `a?.b.c()` has its question marks. */
import type { QuestionMark } from '../shared/evaluator.ts';
import type { Syntax } from '../shared/syntax.ts';
import type { Lowering } from './lowering.ts';

/** The next question mark of a chain that is not being lowered yet. */
export function questionMarkOf(lowering: Lowering, node: Syntax): QuestionMark | undefined {
  let at: Syntax | undefined = node;
  for (;;) {
    switch (at?.type) {
      case 'conditional_access_expression':
        return lowering.receivers.has(at) ? undefined : markOf(at, 'condition');
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

function markOf(chain: Syntax, field: string): QuestionMark | undefined {
  const receiver = chain.child(field);
  return receiver && { chain, receiver };
}
