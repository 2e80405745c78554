/** Declarations of locals: what is declared, and what it is initialised with. */
import { below } from '../../flow/graph.ts';
import type { Location } from '../../flow/graph.ts';
import type { Syntax } from '../shared/syntax.ts';
import { lookedUpName } from './calls.ts';
import { declaratorsOf, readDeclarator } from './declarators.ts';
import type { Declarator } from './declarators.ts';
import { resolveType } from './file-facts.ts';
import { isOwner, storeInto } from './initializers.ts';
import { localAt, spanOf } from './lowering.ts';
import type { Lowering } from './lowering.ts';
import { withoutParentheses } from './places.ts';
import { classNameOf, isRawContainer, isRawType, simpleTypeName } from './types.ts';

/** Type as written, with the stars, brackets and references of the declarator. */
export function typeText(type: Syntax | undefined, { pointers, reference, rvalue, array }: Declarator): string {
  const base =
    type?.type === 'struct_specifier' || type?.type === 'union_specifier' || type?.type === 'class_specifier'
      ? (type.child('name')?.text ?? '')
      : (type?.text ?? '');
  return `${base}${'*'.repeat(pointers)}${rvalue ? '&&' : reference ? '&' : ''}${array ? '[]' : ''}`;
}

export function lowerDeclaration(l: Lowering, node: Syntax): void {
  const isStatic = node.parts.some(
    ({ type, text }) => type === 'storage_class_specifier' && /^(?:static|thread_local|__thread)$/u.test(text),
  );
  const isExtern = node.parts.some(({ type, text }) => type === 'storage_class_specifier' && text === 'extern');
  const type = node.child('type');
  for (const declarator of declaratorsOf(node)) {
    const inner = declarator.type === 'init_declarator' ? declarator.child('declarator') : declarator;
    const shape = readDeclarator(inner);
    if (!isExtern && shape.name !== undefined) {
      const written = resolveType(l.state.facts, typeText(type, shape));
      declareOne(l, node, declarator, shape.name, { ...shape, name: shape.name }, written, isStatic);
    }
  }
}

/** `if (HANDLE h = f())`: gives the name. */
export function declareInCondition(l: Lowering, node: Syntax): Syntax | undefined {
  const shape = readDeclarator(node.child('declarator'));
  const value = node.child('value') ?? node.child('default_value');
  if (!shape.name) {
    return undefined;
  }
  const type = resolveType(l.state.facts, typeText(node.child('type'), shape));
  const location = declareLocal(l, shape.name, type);
  if (value) storeInto(l, location, value, type, spanOf(l, node));
  return shape.name;
}

export function declareLocal(l: Lowering, name: Syntax, written: string): Location {
  const { builder, names, types, facts } = l.state;
  const type = resolveType(facts, written);
  const before = names.declaredHere(name.text)?.location;
  const location = before?.startsWith('L:') === true ? before : localAt(l, name.text, name);
  if (location !== before) builder.declare(location);
  names.bind(name.text, { location, type });
  if (type !== '') types.set(location, classNameOf(type));
  return location;
}

function declareOne(
  l: Lowering,
  node: Syntax,
  declarator: Syntax,
  name: Syntax,
  shape: Declarator,
  type: string,
  isStatic: boolean,
): void {
  const value =
    declarator.type === 'init_declarator' ? (declarator.child('value') ?? declarator.parts.at(-1)) : undefined;
  if (shape.parameters && value === undefined) {
    constructByParameters(l, node, name, shape.parameters, type);
    return;
  }
  if (name.type === 'structured_binding_declarator') {
    bindStructured(l, name, value);
    return;
  }
  if (isStatic) {
    declareStatic(l, name, type, value);
    return;
  }
  if (shape.reference && value && bindReference(l, name, value, type)) {
    return;
  }
  const made = value && /^auto\**$/u.test(type) ? madeType(value) : undefined;
  const location = declareLocal(l, name, made ?? type);
  if (value) {
    initializeLocal(l, name, location, value, type, node);
  } else {
    defaultInitialize(l, location, type, node);
  }
}

/** `auto x = new T(...)`. */
function madeType(value: Syntax): string | undefined {
  const inner = withoutParentheses(value);
  if (inner.type === 'new_expression') {
    return `${inner.child('type')?.text ?? ''}*`;
  }
  return undefined;
}

function initializeLocal(
  l: Lowering,
  name: Syntax,
  location: Location,
  value: Syntax,
  type: string,
  node: Syntax,
): void {
  const span = spanOf(l, node);
  const pointee = pointeeOf(l, name, value, type);
  if (pointee !== undefined) {
    l.state.names.bind(name.text, { location, type, pointee });
    return;
  }
  const calls = lookedUpName(value);
  if (calls !== undefined) l.state.names.bind(name.text, { location, type, calls });
  if (value.type === 'argument_list') {
    const args = value.parts;
    const [only] = args;
    if (only && args.length === 1 && isRawType(type)) {
      storeInto(l, location, only, type, span);
    } else {
      construct(l, location, type, args, value);
    }
  } else {
    storeInto(l, location, value, type, span);
  }
}

/** `T *p = &x;` where p is never made to point elsewhere: p-> is x. */
function pointeeOf(l: Lowering, name: Syntax, value: Syntax, type: string): Location | undefined {
  const inner = withoutParentheses(value);
  const isAddress = inner.type === 'pointer_expression' && inner.children[0]?.type === '&';
  const target = inner.child('argument');
  if (!isAddress || !target || !type.endsWith('*')) {
    return undefined;
  }
  const assignments =
    l.state.source.match(new RegExp(`(?<![\\w.>*])${name.text}\\s*(?:[-+]?=(?!=)|\\+\\+|--)`, 'gu')) ?? [];
  return assignments.length <= 1 ? l.value(target).location : undefined;
}

function bindReference(l: Lowering, name: Syntax, value: Syntax, type: string): boolean {
  const target = l.value(
    value.type === 'argument_list' || value.type === 'initializer_list' ? (value.first ?? value) : value,
  );
  if (target.location === undefined || target.location.startsWith('T:')) {
    const location = declareLocal(l, name, type);
    if (target.location !== undefined)
      l.state.builder.emit({ type: 'assign', to: location, from: target, span: spanOf(l, name) });
    return true;
  }
  l.state.names.bind(name.text, { location: target.location, type: type.replace(/&$/u, '') });
  return true;
}

/** `auto [a, b] = f();`: parts of one value. */
function bindStructured(l: Lowering, names: Syntax, value: Syntax | undefined): void {
  const whole = value && l.value(value).location;
  for (const [index, name] of names.parts.entries()) {
    const location = declareLocal(l, name, '');
    if (whole !== undefined) {
      l.state.builder.emit({
        type: 'assign',
        to: location,
        from: { location: below(whole, `?${index}`), text: name.text },
        span: spanOf(l, name),
      });
    }
  }
}

/** It outlives the call, and is initialised once. */
function declareStatic(l: Lowering, name: Syntax, type: string, value: Syntax | undefined): void {
  const location = `G.${name.text}`;
  l.state.names.bind(name.text, { location, type });
  if (value?.text.includes('(')) storeInto(l, location, value, type, spanOf(l, name));
}

/** In C++ `Guard g(handle);` reads as the declaration of a function. */
function constructByParameters(l: Lowering, node: Syntax, name: Syntax, parameters: Syntax, type: string): void {
  const args = parameters.parts.map((parameter) => parameter.child('type'));
  const areNames = parameters.parts.every(
    (parameter) => parameter.child('declarator') === undefined && parameter.child('type')?.type !== 'primitive_type',
  );
  if (
    l.state.facts.dialect !== 'cpp' ||
    args.length === 0 ||
    !areNames ||
    node.parts.some(({ type: kind }) => kind === 'storage_class_specifier')
  ) {
    return;
  }
  const location = declareLocal(l, name, type);
  const values = args.filter((argument) => argument !== undefined);
  const [only] = values;
  if (only && isRawType(type)) {
    storeInto(l, location, only, type, spanOf(l, node));
  } else {
    construct(l, location, type, values, node);
  }
}

function construct(l: Lowering, to: Location, type: string, args: readonly Syntax[], node: Syntax): void {
  const { builder } = l.state;
  const operands = args.map((argument) => l.value(argument));
  const span = spanOf(l, node);
  if (isRawContainer(type)) {
    builder.emit({ type: 'fresh', to, span });
  } else {
    builder.emit({ type: 'call', name: simpleTypeName(type), args: operands, result: to, constructs: true, span });
  }
}

function defaultInitialize(l: Lowering, location: Location, type: string, node: Syntax): void {
  const { builder, facts } = l.state;
  const span = spanOf(l, node);
  const shape = facts.classes.get(simpleTypeName(type));
  if (type.endsWith('*') || type.endsWith('&')) {
    return;
  }
  if (isOwner(l, type)) {
    builder.emit({ type: 'call', name: simpleTypeName(type), args: [], result: location, constructs: true, span });
  } else if (type.endsWith('[]') || shape !== undefined || isRawContainer(type)) {
    builder.emit({ type: 'fresh', to: location, span });
  }
}
