/** Expressions to events, in the order of evaluation. What is not known here is lowered child by child. */
import { descendants } from '../shared/syntax.ts';
import type { Syntax } from '../shared/syntax.ts';
import type { Location, Operand, Span } from '../../flow/graph.ts';
import { lowerAssignment, lowerUpdate } from './assignments.ts';
import { lowerCall } from './calls.ts';
import { isCastOfNegative } from './casts.ts';
import { lowerBoolean } from './conditions.ts';
import { constantOf, literalOf } from './constants.ts';
import { initialize } from './initializers.ts';
import { bindingOf, capture, descend, settle, shortText, spanOf } from './lowering.ts';
import type { Lowering } from './lowering.ts';
import { expandExpression, macroArgument } from './macro-calls.ts';
import { lowerDelete, lowerNew } from './objects.ts';
import { place, qualifiedName, typeOf } from './places.ts';
import { isPointer } from './types.ts';

/** `used` is false where only the effects count. */
export function lowerExpression(l: Lowering, node: Syntax, into: Location | undefined, used: boolean): Operand {
  return descend(l, () => expression(l, node, into, used));
}

function expression(l: Lowering, node: Syntax, into: Location | undefined, used: boolean): Operand {
  const span = spanOf(l, node);
  switch (node.type) {
    case 'parenthesized_expression':
      return parenthesized(l, node, into, used);
    case 'cast_expression':
    case 'co_await_expression':
    case 'extension_expression':
    case 'parameter_pack_expansion': {
      const constant = constantOf(node.text);
      const value = node.child('value') ?? node.child('argument') ?? node.parts.at(-1);
      if (constant !== undefined || !value) {
        return settle(l, { ...(constant === undefined ? {} : { constant }), text: shortText(node) }, into, span);
      }
      return used || into !== undefined ? l.value(value, into) : effectOnly(l, value);
    }
    case 'identifier':
    case 'field_identifier':
    case 'type_identifier':
    case 'qualified_identifier':
    case 'template_function':
    case 'this':
      return name(l, node, into, used);
    case 'field_expression':
    case 'subscript_expression':
    case 'pointer_expression':
      return settle(l, place(l, node), into, span);
    case 'assignment_expression':
      return lowerAssignment(l, node, into);
    case 'update_expression':
      return lowerUpdate(l, node, into);
    case 'call_expression':
      return lowerCall(l, node, into, used);
    case 'unary_expression':
      return node.child('operator')?.type === '!' || node.child('operator')?.text === 'not'
        ? lowerBoolean(l, node, into, used)
        : other(l, node, into);
    case 'binary_expression':
      return binary(l, node, into, used);
    case 'conditional_expression':
      return conditional(l, node, into, used);
    case 'comma_expression': {
      const [left, right] = [node.child('left'), node.child('right')];
      if (left) l.effect(left);
      if (!right) return settle(l, { text: shortText(node) }, into, span);
      return used || into !== undefined ? l.value(right, into) : effectOnly(l, right);
    }
    case 'initializer_list':
    case 'compound_literal_expression': {
      const list = node.type === 'initializer_list' ? node : node.child('value');
      const target = into ?? l.state.builder.newTemporary();
      if (list) initialize(l, target, list, node.child('type')?.text ?? '', false);
      return { location: target, text: shortText(node) };
    }
    case 'lambda_expression':
      return settle(l, closure(l, node), into, span);
    case 'new_expression':
      return lowerNew(l, node, into);
    case 'delete_expression':
      lowerDelete(l, node);
      return { text: shortText(node) };
    case 'sizeof_expression':
    case 'alignof_expression':
    case 'offsetof_expression':
    case 'type_descriptor':
    case 'requires_expression':
      return settle(l, { text: shortText(node) }, into, span);
    case 'compound_statement':
      l.statement(node);
      return settle(l, { text: shortText(node) }, into, span);
    default:
      return other(l, node, into);
  }
}

function effectOnly(l: Lowering, node: Syntax): Operand {
  l.effect(node);
  return { text: shortText(node) };
}

/** Literals, arithmetic and what the grammar may add one day: the parts in order, no place. */
function other(l: Lowering, node: Syntax, into: Location | undefined): Operand {
  const constant = constantOf(node.text);
  const literal = constant === undefined ? literalOf(node.text) : undefined;
  if (constant === undefined && literal === undefined) {
    for (const child of node.parts) l.value(child);
  }
  const operand: Operand = {
    ...(constant === undefined ? {} : { constant }),
    ...(literal === undefined ? {} : { literal }),
    text: shortText(node),
  };
  return settle(l, operand, into, spanOf(l, node));
}

function parenthesized(l: Lowering, node: Syntax, into: Location | undefined, used: boolean): Operand {
  const inner = node.first;
  if (!inner) {
    return settle(l, { text: shortText(node) }, into, spanOf(l, node));
  }
  if (inner.type !== 'compound_statement') {
    return used || into !== undefined ? l.value(inner, into) : effectOnly(l, inner);
  }
  // GNU's statement expression: its value is the last statement's.
  const { builder, names } = l.state;
  const result = into ?? builder.newTemporary();
  builder.scope({ span: spanOf(l, inner) }, () => {
    names.within(() => {
      const statements = inner.parts;
      for (const [index, statement] of statements.entries()) {
        const last =
          index === statements.length - 1 && statement.type === 'expression_statement' ? statement.parts[0] : undefined;
        if (last) {
          l.value(last, result);
        } else {
          l.statement(statement);
        }
      }
    });
  });
  return { location: result, text: shortText(node) };
}

function name(l: Lowering, node: Syntax, into: Location | undefined, used: boolean): Operand {
  const span = spanOf(l, node);
  const { text } = node;
  if (node.type === 'this') {
    return settle(l, { location: 'S', text }, into, span);
  }
  if (node.type === 'qualified_identifier' || node.type === 'template_function') {
    return settle(l, qualifiedName(l, node), into, span);
  }
  const argument = macroArgument(l, text);
  if (argument) {
    const [first] = argument.nodes;
    if (!first) return settle(l, { text }, into, span);
    return used || into !== undefined ? argument.of.value(first, into) : effectOnly(argument.of, first);
  }
  const local = l.state.names.lookUp(text);
  const constant = local ? undefined : constantOf(text);
  if (constant !== undefined) {
    return settle(l, { constant, text }, into, span);
  }
  const expanded = local ? undefined : expandExpression(l, node, text, [], into);
  if (expanded) {
    return expanded;
  }
  if (!local && /^[A-Z][A-Z0-9_]+$/u.test(text) && !l.state.facts.globals.has(text)) {
    return settle(l, { text }, into, span);
  }
  const { location, pointee } = bindingOf(l, text);
  // A pointer that only ever points to one variable is that variable's address.
  const operand = pointee === undefined ? { location, text } : { location: pointee, byReference: true, text };
  return settle(l, operand, into, span);
}

function binary(l: Lowering, node: Syntax, into: Location | undefined, used: boolean): Operand {
  const operator = node.child('operator')?.text ?? '';
  if (['&&', '||', '==', '!=', 'and', 'or', 'not_eq', '<', '>', '<=', '>='].includes(operator)) {
    return lowerBoolean(l, node, into, used);
  }
  const [left, right] = [node.child('left'), node.child('right')];
  if (!left || !right) {
    return other(l, node, into);
  }
  const constant = isCastOfNegative(l, node) ? constantOf(node.text) : undefined;
  if (constant !== undefined) {
    return settle(l, { constant, text: shortText(node) }, into, spanOf(l, node));
  }
  const values = [l.value(left), l.value(right)] as const;
  const moved = operator === '+' || operator === '-' ? values[0].location : undefined;
  const operand: Operand =
    moved !== undefined && isPointer(typeOf(l, left))
      ? { location: moved, text: shortText(node) }
      : { text: shortText(node) };
  return settle(l, operand, into, spanOf(l, node));
}

function conditional(l: Lowering, node: Syntax, into: Location | undefined, used: boolean): Operand {
  const [condition, then, otherwise] = [node.child('condition'), node.child('consequence'), node.child('alternative')];
  if (!condition || !otherwise) {
    return other(l, node, into);
  }
  const { builder } = l.state;
  const wanted = used || into !== undefined;
  const result = wanted ? (into ?? builder.newTemporary()) : undefined;
  const branch = (value: Syntax): void => {
    if (result === undefined) {
      l.effect(value);
    } else {
      l.value(value, result);
    }
  };
  // GNU's `x ?: y` gives the condition's own value.
  builder.ifElse(
    (yes, no) => {
      l.condition(condition, yes, no);
    },
    () => {
      branch(then ?? condition);
    },
    () => {
      branch(otherwise);
    },
  );
  return { ...(result === undefined ? {} : { location: result }), text: shortText(node) };
}

function closure(l: Lowering, node: Syntax): Operand {
  captureNames(l, node, spanOf(l, node));
  return { closure: true, text: shortText(node) };
}

/** The locals that are named in a closure, by a macro's arguments too. */
function captureNames(l: Lowering, node: Syntax, span: Span): void {
  for (const part of [node, ...descendants(node)]) {
    if (part.type !== 'identifier') continue;
    const argument = macroArgument(l, part.text);
    for (const inner of argument?.nodes ?? []) if (argument) captureNames(argument.of, inner, span);
    const location = argument ? undefined : l.state.names.lookUp(part.text)?.location;
    if (location !== undefined) capture(l, location, span);
  }
}
