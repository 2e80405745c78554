/** Where a chain such as `a?.b.c()` has its question marks. */
import type { QuestionMark } from '../shared/evaluator.ts';
import type { Syntax } from '../shared/syntax.ts';
import type { Lowering } from './lowering.ts';

/** The next question mark of a chain that is not being lowered yet. A call's own (`f?.()`) is taken to be answered yes. */
export function questionMarkOf(lowering: Lowering, node: Syntax): QuestionMark | undefined {
  let at: Syntax | undefined = node;
  for (;;) {
    switch (at?.type) {
      case 'member_expression':
      case 'subscript_expression':
        if (lowering.receivers.has(at)) return undefined;
        if (at.child('optional_chain') !== undefined) return markOf(at, 'object');
        at = at.child('object');
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

function markOf(chain: Syntax, field: string): QuestionMark | undefined {
  const receiver = chain.child(field);
  return receiver && { chain, receiver };
}
