/** Where an lvalue stands, and what the file says of its type. */
import type { Syntax } from '../shared/syntax.ts';
import { below } from '../../flow/graph.ts';
import type { Location, Operand } from '../../flow/graph.ts';
import { constantOf } from './constants.ts';
import { resolveType } from './file-facts.ts';
import { bindingOf, shortText } from './lowering.ts';
import type { Lowering } from './lowering.ts';
import { macroArgument } from './macro-calls.ts';
import { isPointer, simpleTypeName } from './types.ts';

/** `Class::field` is a member inside of the class's methods, something global elsewhere. */
export function qualifiedName(l: Lowering, node: Syntax): Operand {
  const parts = node.text.split('::').map((part) => part.trim());
  const last = parts.at(-1) ?? '';
  const scope = parts.at(-2) ?? '';
  const constant = constantOf(last);
  if (constant !== undefined || !/^\w+$/u.test(last)) {
    return { ...(constant === undefined ? {} : { constant }), text: shortText(node) };
  }
  const { owner } = l.state.names;
  return {
    location: `${owner !== undefined && simpleTypeName(scope) === owner ? 'S' : 'G'}.${last}`,
    text: shortText(node),
  };
}

/** Where an lvalue stands: `p->f`, `a[i]`, `*p`, `&x`. */
export function place(l: Lowering, node: Syntax): Operand {
  const text = shortText(node);
  if (node.type === 'field_expression') {
    const [object, field] = [node.child('argument'), node.child('field')];
    const base = object && objectLocation(l, object, isArrow(node));
    const fieldName = field && macroArgumentName(l, field);
    if (base === undefined || fieldName === undefined) return { text };
    // What a map keeps is the second of each pair.
    return { location: fieldName === 'second' && base.endsWith('.[]') ? base : below(base, fieldName), text };
  }
  const argument = node.child('argument');
  if (!argument) {
    return { text };
  }
  if (node.type === 'subscript_expression') {
    const base = l.value(argument);
    for (const child of node.parts) if (child !== argument) l.value(child);
    return base.location === undefined ? { text } : { location: below(base.location, '[]'), text };
  }
  const operator = node.child('operator')?.type ?? node.children[0]?.type;
  return operator === '&' ? addressOf(l, argument, text) : pointedTo(l, argument, text);
}

function macroArgumentName(l: Lowering, field: Syntax): string {
  const argument = macroArgument(l, field.text)?.nodes[0];
  return (argument ?? field).text.replace(/<[^]*$/u, '').replace(/^[^]*::/u, '');
}

/** `p->f`, not `x.f`. */
export function isArrow(node: Syntax): boolean {
  return node.child('operator')?.type === '->' || node.children.some(({ type }) => type === '->');
}

/** The object of `x.f`, `p->f`, `(*p).f`, `(&x)->f`: the same place for all of them; `(*p)->f` lies one step deeper. */
export function objectLocation(l: Lowering, node: Syntax, arrow: boolean): Location | undefined {
  const inner = withoutParentheses(node);
  const operator =
    inner.type === 'pointer_expression' ? (inner.child('operator')?.type ?? inner.children[0]?.type) : undefined;
  const argument = operator === '*' && !arrow ? inner.child('argument') : undefined;
  const pointer = argument ?? inner;
  const pointee =
    pointer.type === 'identifier' && !macroArgument(l, pointer.text)
      ? l.state.names.lookUp(pointer.text)?.pointee
      : undefined;
  return pointee ?? l.value(pointer).location;
}

function pointedTo(l: Lowering, argument: Syntax, text: string): Operand {
  const inner = withoutParentheses(argument);
  const pointee =
    inner.type === 'identifier' && !macroArgument(l, inner.text)
      ? l.state.names.lookUp(inner.text)?.pointee
      : undefined;
  if (pointee !== undefined) {
    return { location: pointee, text };
  }
  const pointer = l.value(argument);
  if (pointer.location === undefined) {
    return { text };
  }
  if (pointer.location === 'S') {
    return { location: 'S', text };
  }
  return { location: pointer.byReference === true ? pointer.location : below(pointer.location, '*'), text };
}

/** `&x`; `&*p` is `p`, and `&p[i]` points into what `p` points to. */
function addressOf(l: Lowering, argument: Syntax, text: string): Operand {
  const inner = withoutParentheses(argument);
  const isDereference =
    inner.type === 'pointer_expression' && (inner.child('operator')?.type ?? inner.children[0]?.type) === '*';
  const pointer = inner.child('argument');
  if (isDereference && pointer) {
    return { ...l.value(pointer), text };
  }
  const value = l.value(argument);
  if (inner.type === 'subscript_expression' && pointer && isPointer(typeOf(l, pointer))) {
    const base = l.value(pointer);
    return base.location === undefined ? { text } : { location: base.location, text };
  }
  return value.location === undefined ? { text } : { location: value.location, byReference: true, text };
}

export function withoutParentheses(node: Syntax): Syntax {
  let inner = node;
  while (inner.type === 'parenthesized_expression' && inner.parts[0] && inner.parts[0].type !== 'compound_statement') {
    inner = inner.parts[0];
  }
  return inner;
}

/** Declared type of a variable or field, as far as the file shows it. */
export function typeOf(l: Lowering, node: Syntax): string {
  const inner = withoutParentheses(node);
  if (inner.type === 'identifier') {
    const argument = macroArgument(l, inner.text);
    if (argument) return argument.nodes[0] ? typeOf(argument.of, argument.nodes[0]) : '';
    return bindingOf(l, inner.text).type;
  }
  if (inner.type === 'cast_expression') {
    return inner.child('type')?.text ?? '';
  }
  if (inner.type === 'call_expression') {
    const callee = inner.child('function')?.text ?? '';
    return /^(?:::)?(?:Nt|Zw|Rtl|Ldr)[A-Z]\w*$/u.test(callee)
      ? 'NTSTATUS'
      : (/^(?:reinterpret|static)_cast\s*<([^]*)>$/u.exec(callee)?.[1] ?? '');
  }
  if (inner.type === 'assignment_expression' || inner.type === 'update_expression') {
    const left = inner.child('left') ?? inner.child('argument');
    return left ? typeOf(l, left) : '';
  }
  if (inner.type === 'field_expression') {
    const [object, field] = [inner.child('argument'), inner.child('field')];
    const className =
      object?.type === 'this' ? (l.state.names.owner ?? '') : object ? simpleTypeName(typeOf(l, object)) : '';
    const type = field && l.state.facts.classes.get(className)?.fieldTypes.get(field.text);
    return resolveType(l.state.facts, type ?? '');
  }
  return '';
}
