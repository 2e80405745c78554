/** Expressions that stand for the value of what they enclose: parentheses, `as`, `!`, `await`, conversions. */
import { withoutWrapping } from '../shared/plain-values.ts';
import type { Syntax } from '../shared/syntax.ts';

/** Conversions between handles, addresses and numbers. */
const CONVERSION = /^(?:Number|BigInt|Promise\.resolve|Object\.freeze|koffi\.(?:address|as))$/u;

/** What the expression stands for; undefined where it is not transparent. */
export function transparentInner(node: Syntax): Syntax | undefined {
  switch (node.type) {
    case 'parenthesized_expression':
    case 'as_expression':
    case 'satisfies_expression':
    case 'non_null_expression':
    case 'instantiation_expression':
      return node.first;
    case 'await_expression':
    case 'type_assertion':
      return node.last;
    case 'sequence_expression':
      return node.parts.length === 1 ? node.first : undefined;
    case 'call_expression': {
      const called = node.child('function');
      if (called === undefined || called.end - called.start > 20 || !CONVERSION.test(called.text)) return undefined;
      return node.child('arguments')?.first;
    }
    default:
      return undefined;
  }
}

export function withoutTransparent(node: Syntax): Syntax {
  return withoutWrapping(node, transparentInner);
}
