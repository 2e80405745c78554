/** Assignments to names, members and patterns; `??=`, `+=`, `++`; `using` as the grammar reads it. */
import type { Location, Operand } from '../../flow/graph.ts';
import { shortText, spanOf } from '../shared/function-state.ts';
import type { Syntax } from '../shared/syntax.ts';
import { testText } from '../shared/test-text.ts';
import type { Lowering } from './lowering.ts';
import { existing, isPattern, takeApart } from './patterns.ts';
import { place, writeBySetter } from './places.ts';

/** @returns the assigned place as an operand */
export function lowerAssignment(lowering: Lowering, node: Syntax): Operand {
  const [left, right] = [node.child('left'), node.child('right')];
  if (left === undefined || right === undefined) return { text: shortText(node) };
  if (isPattern(left)) {
    const value = lowering.value(right);
    takeApart(lowering, left, value, existing);
    return value;
  }
  const written = writeBySetter(lowering, left, right);
  if (written !== undefined) return written;
  const target = place(lowering, left);
  if (target === undefined) return lowering.value(right);
  // A literal may still read the old value while it is made.
  if (/^(?:object|array)$/u.test(right.type)) {
    return lowering.state.settle(lowering.value(right), target, spanOf(right));
  }
  return lowering.value(right, target);
}

export function lowerAugmented(lowering: Lowering, node: Syntax): Operand {
  const [left, right] = [node.child('left'), node.child('right')];
  if (left === undefined || right === undefined) return { text: shortText(node) };
  const target = place(lowering, left);
  if (target === undefined) return lowering.value(right);
  switch (node.child('operator')?.type) {
    case '??=':
      assignWhere(lowering, node, { left, right, target }, 'null', true);
      break;
    case '||=':
      assignWhere(lowering, node, { left, right, target }, 'true', false);
      break;
    case '&&=':
      assignWhere(lowering, node, { left, right, target }, 'true', true);
      break;
    default:
      lowering.value(right);
      changeNumber(lowering, node, target);
  }
  return { location: target, text: shortText(left) };
}

/** `x++`, `--x` */
export function lowerStep(lowering: Lowering, node: Syntax): Operand {
  const argument = node.child('argument');
  const target = argument && place(lowering, argument);
  if (target === undefined) return { text: shortText(node) };
  changeNumber(lowering, node, target);
  return { location: target, text: shortText(node) };
}

/** A counter is another number afterwards; an address that moves still reaches what it points into. */
function changeNumber(lowering: Lowering, node: Syntax, target: Location): void {
  if (lowering.counters.has(target)) lowering.state.assign(target, { text: shortText(node) }, spanOf(node));
}

function assignWhere(
  lowering: Lowering,
  node: Syntax,
  { left, right, target }: { readonly left: Syntax; readonly right: Syntax; readonly target: Location },
  value: 'null' | 'true',
  holds: boolean,
): void {
  const { builder } = lowering.state;
  const text = testText(shortText(left), value);
  builder.ifElse(
    (then, otherwise) => {
      const [yes, no] = holds ? [then, otherwise] : [otherwise, then];
      builder.branch({ op: 'is', location: target, value, span: spanOf(node), text }, yes, no);
    },
    () => lowering.value(right, target),
    undefined,
  );
}
