/** Casts that the grammars take for something else, as only a name in brackets tells of them. */
import type { Syntax } from '../shared/syntax.ts';
import type { Lowering } from './lowering.ts';
import { isRawType } from './types.ts';

/** `(HANDLE)` of `(HANDLE)(x)`, which reads as a call, or of `(HANDLE)-1`, which reads as a subtraction. */
export function isTypeInBrackets(l: Lowering, node: Syntax | undefined): boolean {
  const name = node?.type === 'parenthesized_expression' && node.parts.length === 1 ? node.first : undefined;
  const { facts, names } = l.state;
  return (
    name?.type === 'identifier' &&
    !names.lookUp(name.text) &&
    (isRawType(name.text) || facts.aliases.has(name.text) || facts.classes.has(name.text))
  );
}

/** `(HANDLE)-1`. */
export function isCastOfNegative(l: Lowering, node: Syntax): boolean {
  return (
    node.type === 'binary_expression' &&
    node.child('operator')?.type === '-' &&
    node.child('right')?.type === 'number_literal' &&
    isTypeInBrackets(l, node.child('left'))
  );
}
