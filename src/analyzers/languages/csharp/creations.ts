/** New objects, arrays, collections and tuples, with what their initialisers put into them. */
import type { Location, Operand } from '../../flow/graph.ts';
import { below } from '../../flow/graph.ts';
import { shortText, spanOf } from '../shared/function-state.ts';
import type { Syntax } from '../shared/syntax.ts';
import { lowerArguments } from './calls.ts';
import { writtenType } from './declare.ts';
import type { Lowering } from './lowering.ts';

/**
 * `new T(...) { ... }`.
 * @param result where the object goes; undefined where it is used by nothing
 * @param expected the type that `new(...)` stands for, where a declaration says it
 */
export function lowerCreation(
  lowering: Lowering,
  node: Syntax,
  result: Location | undefined,
  expected?: string,
): Operand {
  const type = node.child('type');
  const span = spanOf(node);
  const initializer = node.child('initializer') ?? node.ofType('initializer_expression');
  const target = result ?? (initializer === undefined ? undefined : lowering.state.builder.newTemporary());
  if (type?.type === 'array_type') return lowerAggregate(lowering, node, target);
  const args = lowerArguments(lowering, node.child('arguments') ?? node.ofType('argument_list'));
  const name = writtenType(type) ?? expected ?? 'new';
  if (target !== undefined && COLLECTION.test(name)) {
    makeCollection(lowering, node, target, args);
  } else if (target !== undefined && TUPLE.test(name)) {
    makeTuple(lowering, node, name, target, args);
  } else {
    lowering.state.call({ name, args, ...(target === undefined ? {} : { result: target }), constructs: true, span });
  }
  if (target !== undefined && initializer !== undefined) initialize(lowering, initializer, target);
  return { ...(target === undefined ? {} : { location: target }), text: shortText(node) };
}

/** The library's collections keep what is put into them, and their constructors do nothing else. */
const COLLECTION =
  /^(?:(?:Concurrent|Sorted|Linked|Observable|Array|Blocking)?(?:List|Dictionary|Queue|Stack|Bag|Set|Collection)|HashSet|Hashtable|ArrayList|PriorityQueue|ConditionalWeakTable)$/u;

const TUPLE = /^(?:KeyValuePair|ValueTuple|Tuple)$/u;

/** A pair of key and value is read as the value, see TRANSPARENT_MEMBERS. */
function makeTuple(lowering: Lowering, node: Syntax, name: string, target: Location, args: readonly Operand[]): void {
  const [, value] = args;
  if (name === 'KeyValuePair') {
    if (value) lowering.state.assign(target, value, spanOf(node));
    return;
  }
  lowering.state.fresh(target, spanOf(node));
  for (const [index, argument] of args.entries()) {
    lowering.state.assign(below(target, `Item${index + 1}`), argument, spanOf(node));
  }
}

function makeCollection(lowering: Lowering, node: Syntax, target: Location, args: readonly Operand[]): void {
  lowering.state.fresh(target, spanOf(node));
  for (const { location, text } of args) {
    if (location === undefined) continue;
    lowering.state.assign(below(target, '[]'), { location: below(location, '[]'), text }, spanOf(node));
  }
}

/** An array, a collection expression, a tuple, an anonymous object, a copy `with` changes. */
export function lowerAggregate(lowering: Lowering, node: Syntax, into: Location | undefined): Operand {
  const target = into ?? lowering.state.builder.newTemporary();
  const made = { location: target, text: shortText(node) };
  if (node.type === 'with_expression') {
    if (node.first) lowering.value(node.first, target);
    for (const change of node.parts.filter(({ type }) => type === 'with_initializer')) {
      const [name, value] = change.parts;
      if (name && value) lowering.value(value, below(target, name.text));
    }
    return made;
  }
  for (const length of lengths(node)) lowering.value(length);
  lowering.state.fresh(target, spanOf(node));
  switch (node.type) {
    case 'tuple_expression':
      for (const [index, argument] of node.parts.entries()) {
        if (argument.last) lowering.value(argument.last, below(target, `Item${index + 1}`));
      }
      break;
    case 'anonymous_object_creation_expression':
      anonymousMembers(lowering, node, target);
      break;
    case 'initializer_expression':
    case 'element_binding_expression':
      initialize(lowering, node, target);
      break;
    default: {
      const initializer = node.child('initializer') ?? node.ofType('initializer_expression');
      if (initializer) initialize(lowering, initializer, target);
    }
  }
  return made;
}

/** Sizes of an array that is made. */
function lengths(node: Syntax): readonly Syntax[] {
  const type = node.child('type');
  return type?.type === 'array_type' ? (type.child('rank')?.parts ?? []) : [];
}

function anonymousMembers(lowering: Lowering, node: Syntax, target: Location): void {
  for (const [index, part] of node.children.entries()) {
    const isName = node.children[index + 1]?.type === '=';
    if (!part.named || isName) continue;
    const name = node.children[index - 1]?.type === '=' ? node.children[index - 2] : (part.child('name') ?? part);
    lowering.value(part, below(target, name?.type === 'identifier' ? name.text : '[]'));
  }
}

/** Members by name, elements by `[]`. */
function initialize(lowering: Lowering, initializer: Syntax, target: Location): void {
  for (const part of initializer.parts) {
    const element = part.type === 'argument' ? (part.last ?? part) : part;
    if (element.text === '') continue;
    switch (element.type) {
      case 'assignment_expression':
        initializeMember(lowering, element, target);
        break;
      case 'initializer_expression': {
        // A pair for a dictionary: what it keeps is the value.
        const [last, ...before] = element.parts.toReversed();
        for (const key of before.reverse()) lowering.value(key);
        if (last) lowering.value(last, below(target, '[]'));
        break;
      }
      case 'range_expression':
        spread(lowering, element, target);
        break;
      default:
        lowering.value(element, below(target, '[]'));
    }
  }
}

function initializeMember(lowering: Lowering, part: Syntax, target: Location): void {
  const [left, right] = [part.child('left'), part.child('right')];
  if (left === undefined || right === undefined) return;
  const isElement = left.type === 'element_binding_expression';
  for (const index of isElement ? left.parts : []) lowering.value(index.last ?? index);
  const member = below(target, isElement ? '[]' : left.text);
  if (right.type === 'initializer_expression') initialize(lowering, right, member);
  else lowering.value(right, member);
}

function spread(lowering: Lowering, part: Syntax, target: Location): void {
  const from = part.last && lowering.value(part.last);
  if (from?.location === undefined) return;
  const element = { location: below(from.location, '[]'), text: from.text };
  lowering.state.assign(below(target, '[]'), element, spanOf(part));
}
