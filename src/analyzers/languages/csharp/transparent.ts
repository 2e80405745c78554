/** Expressions that stand for the value of what they enclose: parentheses, casts, `!`, `as`, `await`, `checked`. */
import { withoutWrapping } from '../shared/plain-values.ts';
import type { Syntax } from '../shared/syntax.ts';

/** Calls that give the very thing back that they are called on or with. */
const TRANSPARENT_CALLS = new Set(['ConfigureAwait', 'AsTask', 'GetAwaiter', 'GetResult', 'AsNonNull']);

/** What the expression stands for; undefined where it is not transparent. */
export function transparentInner(node: Syntax): Syntax | undefined {
  switch (node.type) {
    case 'parenthesized_expression':
    case 'await_expression':
    case 'checked_expression':
    case 'ref_expression':
      return node.last;
    case 'cast_expression':
      return node.child('value');
    case 'as_expression':
      return node.child('left');
    case 'postfix_unary_expression':
      return node.has('!') ? node.first : undefined;
    case 'invocation_expression': {
      const called = node.child('function');
      const name = called?.type === 'member_access_expression' ? called.child('name')?.text : undefined;
      return name !== undefined && TRANSPARENT_CALLS.has(name) ? called?.child('expression') : undefined;
    }
    default:
      return undefined;
  }
}

export function withoutTransparent(node: Syntax): Syntax {
  return withoutWrapping(node, transparentInner);
}
