/** Values put into places: assignments, initialisers of declarations, lists in braces. */
import type { Syntax } from '../shared/syntax.ts';
import { below } from '../../flow/graph.ts';
import type { Constant, Location, Operand, Span } from '../../flow/graph.ts';
import { constantOf } from './constants.ts';
import { assign, capture, spanOf } from './lowering.ts';
import type { Lowering } from './lowering.ts';
import { isBoolean, isRawContainer, isRawType, simpleTypeName } from './types.ts';

/** Whether a variable of this type gives back what is put into it. */
export function isOwner(l: Lowering, type: string): boolean {
  return (
    l.state.facts.dialect === 'cpp' &&
    !isRawType(type) &&
    !isRawContainer(type) &&
    l.state.facts.classes.get(simpleTypeName(type))?.isPlain !== true
  );
}

export function storeInto(l: Lowering, to: Location, value: Syntax, type: string, span: Span): void {
  if (value.type === 'initializer_list') {
    initialize(l, to, value, type, isOwner(l, type));
    return;
  }
  if (isOwner(l, type)) {
    assign(l, to, stored(l, l.value(value), type, span), span, true);
    return;
  }
  const operand = l.value(value, isDirect(value) ? to : undefined);
  if (operand.location !== to) {
    assign(l, to, stored(l, operand, type, span), span);
  }
}

/** Calls and what only wraps them put their result where it belongs; everything else is a value first. */
function isDirect(value: Syntax): boolean {
  const wraps =
    value.type === 'parenthesized_expression' ||
    value.type === 'cast_expression' ||
    value.type === 'co_await_expression';
  const inner = wraps ? (value.child('value') ?? value.child('argument') ?? value.parts.at(-1)) : undefined;
  return inner && inner !== value
    ? isDirect(inner)
    : [
        'call_expression',
        'conditional_expression',
        'new_expression',
        'compound_literal_expression',
        'binary_expression',
        'unary_expression',
      ].includes(value.type);
}

/** What a place of this type keeps of the operand: no address of a local, and a flag's 0 is false. */
function stored(l: Lowering, operand: Operand, type: string, span: Span): Operand {
  if (operand.byReference === true && operand.location !== undefined) {
    capture(l, operand.location, span);
    return { text: operand.text };
  }
  const constant = operand.constant && constantFor(operand.constant, type);
  return constant === undefined ? operand : { ...operand, constant };
}

export function constantFor(constant: Constant, type: string): Constant {
  if (!isBoolean(type)) {
    return constant;
  }
  return constant === 'null' || constant === 'false' ? 'false' : 'true';
}

/** `{ ... }`: a new object or array; of an unknown class it is built by its constructor. */
export function initialize(l: Lowering, to: Location, list: Syntax, type: string, owner: boolean): void {
  const elements = list.parts;
  const span = spanOf(l, list);
  const { builder, facts } = l.state;
  const [only] = elements;
  const isZero = elements.length === 0 || (elements.length === 1 && constantOf(only?.text ?? '') === 'null');
  if (isZero && isHandle(type)) {
    assign(l, to, { constant: 'null', text: list.text }, span);
    return;
  }
  if (only && elements.length === 1 && !isZero && !owner && !isAggregate(l, type) && only.type !== 'initializer_pair') {
    // `HANDLE h{CreateFileMapping(...)}`, told from `int n[] = {1}` by the type.
    storeInto(l, to, only, type, span);
    return;
  }
  if (owner) {
    const args = elements.map((element) => l.value(element));
    builder.emit({ type: 'call', name: simpleTypeName(type), args, result: to, constructs: true, span });
    return;
  }
  builder.emit({ type: 'fresh', to, span });
  const shape = facts.classes.get(simpleTypeName(type));
  for (const [index, element] of elements.entries()) {
    const [place, value] = elementOf(to, element, shape?.fields[index] ?? `?${index}`, type);
    const fieldType = shape?.fieldTypes.get(place.split('.').at(-1) ?? '') ?? '';
    storeInto(l, place, value, fieldType, spanOf(l, element));
  }
}

/** Types that hold one value: `{}` makes it null. */
function isHandle(type: string): boolean {
  return /\*$|HANDLE$|^LP[A-Z]|^P[A-Z]+$/u.test(type);
}

/** Types whose braces list members: arrays, collections, structures of the file and unknown ones. */
function isAggregate(l: Lowering, type: string): boolean {
  return (
    type === '' ||
    type.endsWith(']') ||
    isRawContainer(type) ||
    l.state.facts.classes.has(simpleTypeName(type)) ||
    !isRawType(type) ||
    (!isHandle(type) && /^[A-Z][A-Z0-9_]*$/u.test(type))
  );
}

function elementOf(to: Location, element: Syntax, field: string, type: string): readonly [Location, Syntax] {
  if (element.type === 'initializer_pair') {
    const value = element.child('value') ?? element;
    const place = element.all('designator').reduce((at, designator) => {
      const name = designator.type === 'field_designator' ? (designator.parts[0]?.text ?? '?') : '[]';
      return below(at, name);
    }, to);
    return [place, value];
  }
  return [below(to, type.endsWith(']') || isRawContainer(type) ? '[]' : field), element];
}
