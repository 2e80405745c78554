/** Assignments, also by `+=` and `++`. */
import type { Location, Operand } from '../../flow/graph.ts';
import type { Syntax } from '../shared/syntax.ts';
import { storeInto } from './initializers.ts';
import { assign, settle, shortText, spanOf } from './lowering.ts';
import type { Lowering } from './lowering.ts';
import { typeOf } from './places.ts';
import { isNumber } from './types.ts';

export function lowerAssignment(l: Lowering, node: Syntax, into: Location | undefined): Operand {
  const [left, right] = [node.child('left'), node.child('right')];
  const operator = node.child('operator')?.text ?? '=';
  const span = spanOf(l, node);
  if (!left || !right) {
    return settle(l, { text: shortText(node) }, into, span);
  }
  if (operator !== '=') {
    const change = l.value(right);
    return changed(l, left, change.text, node, into);
  }
  const target = l.value(left);
  if (target.location === undefined) {
    return l.value(right, into);
  }
  storeInto(l, target.location, right, typeOf(l, left), span);
  return settle(l, { location: target.location, text: target.text }, into, span);
}

export function lowerUpdate(l: Lowering, node: Syntax, into: Location | undefined): Operand {
  const argument = node.child('argument');
  return argument ? changed(l, argument, '1', node, into) : settle(l, { text: shortText(node) }, into, spanOf(l, node));
}

/** A number that is counted up is not what it was; a pointer that is moved still points into its view. */
function changed(l: Lowering, target: Syntax, by: string, node: Syntax, into: Location | undefined): Operand {
  const { location } = l.value(target);
  const span = spanOf(l, node);
  const type = typeOf(l, target);
  if (location !== undefined && isNumber(type)) {
    assign(l, location, { text: by }, span);
  }
  return settle(
    l,
    location === undefined ? { text: shortText(node) } : { location, text: shortText(node) },
    into,
    span,
  );
}
