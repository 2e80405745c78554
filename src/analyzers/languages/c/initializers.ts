/** Values put into places: assignments, initialisers of declarations, lists in braces. */
import type { Node } from 'web-tree-sitter';
import { below } from '../../flow/graph.ts';
import type { Constant, Location, Operand, Span } from '../../flow/graph.ts';
import { assign, capture, shortText, spanOf } from './lowering.ts';
import type { Lowering } from './lowering.ts';
import { isBoolean, isRawType, simpleTypeName } from './types.ts';

/** Whether a variable of this type gives back what is put into it. */
export function isOwner(l: Lowering, type: string): boolean {
  return (
    l.state.facts.dialect === 'cpp' &&
    !isRawType(type) &&
    l.state.facts.classes.get(simpleTypeName(type))?.isPlain !== true
  );
}

export function storeInto(l: Lowering, to: Location, value: Node, type: string, span: Span): void {
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
function isDirect(value: Node): boolean {
  const wraps =
    value.type === 'parenthesized_expression' ||
    value.type === 'cast_expression' ||
    value.type === 'co_await_expression';
  const inner = wraps
    ? (value.childForFieldName('value') ?? value.childForFieldName('argument') ?? value.namedChildren.at(-1))
    : undefined;
  return inner && inner.id !== value.id
    ? isDirect(inner)
    : ['call_expression', 'conditional_expression', 'new_expression', 'compound_literal_expression'].includes(
        value.type,
      );
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
export function initialize(l: Lowering, to: Location, list: Node, type: string, owner: boolean): void {
  const elements = list.namedChildren.filter(({ type: kind }) => kind !== 'comment');
  const span = spanOf(l, list);
  const { builder, facts } = l.state;
  const [only] = elements;
  if (
    elements.length === 1 &&
    only &&
    type !== '' &&
    !isAggregate(l, type) &&
    only.type !== 'initializer_pair' &&
    !owner
  ) {
    // `HANDLE h{CreateFileMapping(...)}`; `int n[] = {1}` and `= {0}` are told apart by the type.
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
    const [place, value] = elementOf(to, element, shape?.fields[index], type);
    const fieldType = shape?.fieldTypes.get(place.split('.').at(-1) ?? '') ?? '';
    storeInto(l, place, value, fieldType, spanOf(l, element));
  }
}

/** Types whose braces list members: arrays, structures of the file and unknown structures. */
function isAggregate(l: Lowering, type: string): boolean {
  return (
    type.endsWith(']') ||
    l.state.facts.classes.has(simpleTypeName(type)) ||
    !isRawType(type) ||
    /^[A-Z_0-9]+(?:_INFO|_DATA|_ARGS|_PARAMS|_ATTRIBUTES|_CONTEXT|_STRUCT)$/u.test(type)
  );
}

function elementOf(to: Location, element: Node, field: string | undefined, type: string): readonly [Location, Node] {
  if (element.type === 'initializer_pair') {
    const value = element.childForFieldName('value') ?? element;
    const place = element.childrenForFieldName('designator').reduce((at, designator) => {
      const name = designator.type === 'field_designator' ? (designator.namedChildren[0]?.text ?? '?') : '[]';
      return below(at, name);
    }, to);
    return [place, value];
  }
  return [below(to, type.endsWith(']') ? '[]' : (field ?? '?')), element];
}

export function textOperand(node: Node): Operand {
  return { text: shortText(node) };
}
