/** Assignments, deconstruction, `??=`, `+=`, `++`. */
import type { Location, Operand } from '../../flow/graph.ts';
import { below } from '../../flow/graph.ts';
import { shortText, spanOf } from '../shared/function-state.ts';
import type { Syntax } from '../shared/syntax.ts';
import { place, typeOf, writeByAccessor } from './access.ts';
import { lowerCreation } from './creations.ts';
import { declareDesignated } from './declare.ts';
import type { Lowering } from './lowering.ts';
import { isNumeric } from './types.ts';

/** @returns the assigned place as an operand */
export function lowerAssignment(lowering: Lowering, node: Syntax): Operand {
  const [left, right] = [node.child('left'), node.child('right')];
  if (left === undefined || right === undefined) return { text: shortText(node) };
  const operator = node.child('operator')?.type ?? '=';
  if (left.type === 'tuple_expression' || (left.type === 'declaration_expression' && isTuple(left.child('name')))) {
    deconstruct(lowering, left, right);
    return { text: shortText(node) };
  }
  if (isDiscard(lowering, left)) {
    lowering.effect(right);
    return { text: shortText(node) };
  }
  if (operator === '=') {
    const written = writeByAccessor(lowering, left, right);
    if (written !== undefined) return written;
  }
  const target = place(lowering, left);
  if (target === undefined) return lowering.value(right);
  switch (operator) {
    case '=':
      return assignTo(lowering, right, target);
    case '??=':
      return fillIn(lowering, node, left, right, target);
    default:
      lowering.value(right);
      changeNumber(lowering, node, target);
      return { location: target, text: shortText(left) };
  }
}

/** `x++`, `--x` */
export function lowerStep(lowering: Lowering, node: Syntax, inner: Syntax, into: Location | undefined): Operand {
  const target = place(lowering, inner);
  if (target !== undefined) changeNumber(lowering, node, target);
  const location = target === undefined ? {} : { location: target };
  return lowering.state.settle({ ...location, text: shortText(node) }, into, spanOf(node));
}

/** A number is another one afterwards; a pointer that moves still reaches what it points into. */
function changeNumber(lowering: Lowering, node: Syntax, target: Location): void {
  if (isNumeric(lowering, target)) lowering.state.assign(target, { text: shortText(node) }, spanOf(node));
}

function assignTo(lowering: Lowering, right: Syntax, target: Location): Operand {
  if (right.type === 'implicit_object_creation_expression') {
    return lowerCreation(lowering, right, target, typeOf(lowering, target));
  }
  // An initialiser may still read the old value.
  const hasInitializer = right.child('initializer') !== undefined || right.has('initializer_expression');
  if (hasInitializer) return lowering.state.settle(lowering.value(right), target, spanOf(right));
  return lowering.value(right, target);
}

function fillIn(lowering: Lowering, node: Syntax, left: Syntax, right: Syntax, target: Location): Operand {
  const { builder } = lowering.state;
  const text = `${shortText(left)} is null`;
  builder.ifElse(
    (then, otherwise) => {
      builder.branch({ op: 'is', location: target, value: 'null', span: spanOf(node), text }, then, otherwise);
    },
    () => assignTo(lowering, right, target),
    undefined,
  );
  return { location: target, text: shortText(left) };
}

function isDiscard(lowering: Lowering, left: Syntax): boolean {
  return (
    left.type === 'discard' ||
    (left.type === 'identifier' && left.text === '_' && lowering.state.names.lookUp('_') === undefined)
  );
}

function isTuple(name: Syntax | undefined): boolean {
  return name !== undefined && name.type !== 'identifier' && name.type !== 'discard';
}

/** `(a, var b) = ...`, `var (a, b) = ...`. @param left the pattern, tuple or declaration that names the targets */
export function deconstruct(lowering: Lowering, left: Syntax, right: Syntax): void {
  const targets = targetsOf(left);
  if (right.type === 'tuple_expression') {
    const values = right.parts.map(({ last }) => {
      if (last === undefined) return undefined;
      // All values are taken before the first target gets one: `(a, b) = (b, a)`.
      return targets.length > 1 && left.type === 'tuple_expression'
        ? lowering.value(last, lowering.state.builder.newTemporary())
        : lowering.value(last);
    });
    for (const [index, target] of targets.entries()) give(lowering, target, values[index]);
    return;
  }
  const value = lowering.value(right);
  for (const [index, target] of targets.entries()) {
    const location = value.location === undefined ? {} : { location: below(value.location, `Item${index + 1}`) };
    give(lowering, target, { ...location, text: shortText(right) });
  }
}

/** The parts of a pattern that get a value each. */
export function targetsOf(left: Syntax): readonly Syntax[] {
  switch (left.type) {
    case 'tuple_expression':
      return left.parts.map((argument) => argument.last ?? argument);
    case 'declaration_expression':
      return left.child('name')?.parts ?? [];
    default:
      return left.parts;
  }
}

/** A target of a deconstruction gets its value; names in a pattern are declared by it. */
export function give(lowering: Lowering, target: Syntax, value: Operand | undefined): void {
  const isPattern = target.field === 'name' || target.type === 'discard';
  if (target.type === 'tuple_pattern' || target.type === 'parenthesized_variable_designation') {
    for (const [index, part] of target.parts.entries()) {
      const location = value?.location === undefined ? {} : { location: below(value.location, `Item${index + 1}`) };
      give(lowering, part, { ...location, text: shortText(part) });
    }
    return;
  }
  const location = isPattern
    ? declareDesignated(lowering, target, undefined)
    : isDiscard(lowering, target)
      ? undefined
      : place(lowering, target);
  if (location !== undefined && value !== undefined) lowering.state.assign(location, value, spanOf(target));
}
