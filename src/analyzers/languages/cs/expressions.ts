/** C# expressions: each to an operand, with the events that its evaluation causes. */
import type { Node } from 'web-tree-sitter';
import type { Location, Operand } from '../../flow/graph.ts';
import { below } from '../../flow/graph.ts';
import { field, hasToken, namedChildren, shortText, unknownOperand } from '../cs-shared/nodes.ts';
import { lowerAggregate } from './aggregates.ts';
import { lowerCall, lowerCreation } from './calls.ts';
import { constantOf, literalOf } from './constants.ts';
import { noteClosure } from './closures.ts';
import { assign, type Lowering, operandAt, placeOf, settle, spanOf } from './lowering.ts';

export function lowerValue(lowering: Lowering, node: Node, into?: Location): Operand {
  const constant = constantOf(node);
  if (constant !== undefined) {
    const literal = literalOf(node);
    return settle(
      lowering,
      { constant, text: shortText(node), ...(literal === undefined ? {} : { literal }) },
      into,
      node,
    );
  }
  switch (node.type) {
    case 'parenthesized_expression':
    case 'cast_expression':
    case 'checked_expression':
    case 'await_expression':
    case 'ref_expression':
      return transparent(lowering, node, namedChildren(node).at(-1), into);
    case 'as_expression':
      return transparent(lowering, node, field(node, 'left') ?? namedChildren(node)[0], into);
    case 'postfix_unary_expression':
    case 'prefix_unary_expression':
      return lowerUnary(lowering, node, into);
    case 'identifier':
    case 'generic_name':
    case 'this':
    case 'this_expression':
    case 'base':
    case 'base_expression':
    case 'member_access_expression':
    case 'element_access_expression':
    case 'declaration_expression':
      return settle(lowering, operandAt(lowering, node), into, node);
    case 'conditional_access_expression':
      return lowerConditionalAccess(lowering, node, into);
    case 'invocation_expression':
      return lowerInvocation(lowering, node, into);
    case 'object_creation_expression':
    case 'implicit_object_creation_expression':
      return lowerCreation(lowering, node, into);
    case 'array_creation_expression':
    case 'implicit_array_creation_expression':
    case 'element_binding_expression':
    case 'collection_expression':
    case 'initializer_expression':
    case 'tuple_expression':
    case 'anonymous_object_creation_expression':
      return lowerAggregate(lowering, node, into);
    case 'assignment_expression':
      return settle(lowering, lowerAssignment(lowering, node), into, node);
    case 'conditional_expression':
      return lowerChoice(lowering, node, into);
    case 'switch_expression':
      return lowerSwitchExpression(lowering, node, into);
    case 'throw_expression': {
      const thrown = namedChildren(node)[0];
      lowering.builder.throw(thrown && lowering.value(thrown), spanOf(lowering, node));
      return unknownOperand(node);
    }
    case 'lambda_expression':
    case 'anonymous_method_expression':
      noteClosure(lowering, node);
      return settle(lowering, { closure: true, text: shortText(node) }, into, node);
    case 'binary_expression':
    case 'is_expression':
    case 'is_pattern_expression':
      return lowerBinary(lowering, node, into);
    default:
      for (const child of namedChildren(node)) lowering.effect(child);
      return settle(lowering, unknownOperand(node), into, node);
  }
}

/** For the effects only: the result of a call is then used by nothing. */
export function lowerEffect(lowering: Lowering, node: Node): void {
  switch (node.type) {
    case 'invocation_expression':
      lowerCall(lowering, node, undefined);
      break;
    case 'parenthesized_expression':
    case 'await_expression':
    case 'cast_expression': {
      const inner = namedChildren(node).at(-1);
      if (inner) lowering.effect(inner);
      break;
    }
    case 'assignment_expression':
      lowerAssignment(lowering, node);
      break;
    default:
      lowering.value(node);
  }
}

function transparent(lowering: Lowering, outer: Node, inner: Node | undefined, into: Location | undefined): Operand {
  return inner ? lowering.value(inner, into) : unknownOperand(outer);
}

function lowerUnary(lowering: Lowering, node: Node, into: Location | undefined): Operand {
  const inner = namedChildren(node)[0];
  if (inner === undefined) return unknownOperand(node);
  if (node.type === 'postfix_unary_expression' && hasToken(node, '!')) return lowering.value(inner, into);
  if (hasToken(node, '&')) return settle(lowering, { ...operandAt(lowering, inner), byReference: true }, into, node);
  if (hasToken(node, '!')) return lowerTruth(lowering, node, into);
  lowering.effect(inner);
  return settle(lowering, unknownOperand(node), into, node);
}

/** Methods whose result is the receiver in another dress. */
const TRANSPARENT_METHODS: ReadonlySet<string> = new Set(['ConfigureAwait', 'AsTask', 'GetAwaiter', 'GetResult']);

function lowerInvocation(lowering: Lowering, node: Node, into: Location | undefined): Operand {
  const callee = field(node, 'function');
  const receiver = callee?.type === 'member_access_expression' ? field(callee, 'expression') : undefined;
  if (receiver && TRANSPARENT_METHODS.has(field(callee ?? node, 'name')?.text ?? ''))
    return lowering.value(receiver, into);
  const result = into ?? lowering.builder.newTemporary();
  lowerCall(lowering, node, result);
  return { location: result, text: shortText(node) };
}

/** `a?.b`: nothing where a is null. */
function lowerConditionalAccess(lowering: Lowering, node: Node, into: Location | undefined): Operand {
  const result = into ?? lowering.builder.newTemporary();
  const receiver = field(node, 'condition') ?? namedChildren(node)[0];
  const binding = namedChildren(node).at(-1);
  const place = placeOf(lowering, receiver);
  const span = spanOf(lowering, node);
  if (receiver === undefined || binding === undefined || place === undefined) return unknownOperand(node);
  lowering.builder.ifElse(
    (then, otherwise) => {
      lowering.builder.branch({ op: 'is', location: place, value: 'null', span, text: '' }, otherwise, then);
    },
    () => {
      const steps = binding.text.split(/[?.]+/u).filter((step) => /^\w+$/u.test(step));
      assign(lowering, result, { location: steps.reduce(below, place), text: shortText(node) }, node);
    },
    () => {
      assign(lowering, result, { constant: 'null', text: 'null' }, node);
    },
  );
  return { location: result, text: shortText(node) };
}

function lowerAssignment(lowering: Lowering, node: Node): Operand {
  const [left, right] = [field(node, 'left'), field(node, 'right')];
  if (left === undefined || right === undefined) return unknownOperand(node);
  const operator = field(node, 'operator')?.text ?? '=';
  if (left.type === 'tuple_expression' || left.type === 'declaration_expression')
    return deconstruct(lowering, left, lowering.value(right));
  if (left.type === 'identifier' && left.text === '_' && lowering.names.lookUp('_') === undefined) {
    lowering.effect(right);
    return unknownOperand(node);
  }
  const place = placeOf(lowering, left);
  if (place === undefined) return lowering.value(right);
  lowering.reassigned.add(place);
  if (operator === '??=') {
    const span = spanOf(lowering, node);
    lowering.builder.ifElse(
      (then, otherwise) => {
        lowering.builder.branch(
          { op: 'is', location: place, value: 'null', span, text: `${shortText(left)} is null` },
          then,
          otherwise,
        );
      },
      () => lowering.value(right, place),
      undefined,
    );
  } else if (operator === '=') {
    lowering.value(right, place);
  } else {
    lowering.effect(right);
  }
  return { location: place, text: shortText(left) };
}

function deconstruct(lowering: Lowering, left: Node, value: Operand): Operand {
  for (const [index, part] of namedChildren(left).entries()) {
    const target = part.type === 'argument' ? namedChildren(part).at(-1) : part;
    const place = target && placeOf(lowering, target);
    if (place === undefined || target === undefined) continue;
    const from = value.location === undefined ? {} : { location: below(value.location, `Item${index + 1}`) };
    assign(lowering, place, { ...from, text: shortText(target) }, left);
  }
  return value;
}

function lowerChoice(lowering: Lowering, node: Node, into: Location | undefined): Operand {
  const result = into ?? lowering.builder.newTemporary();
  const [condition, then, otherwise] = [
    field(node, 'condition'),
    field(node, 'consequence'),
    field(node, 'alternative'),
  ];
  if (!condition || !then || !otherwise) return unknownOperand(node);
  lowering.builder.ifElse(
    (yes, no) => {
      lowering.condition(condition, yes, no);
    },
    () => {
      lowering.value(then, result);
    },
    () => {
      lowering.value(otherwise, result);
    },
  );
  return { location: result, text: shortText(node) };
}

function lowerSwitchExpression(lowering: Lowering, node: Node, into: Location | undefined): Operand {
  const result = into ?? lowering.builder.newTemporary();
  const [subject, ...arms] = namedChildren(node);
  if (subject) lowering.effect(subject);
  const span = spanOf(lowering, node);
  lowering.builder.switch(
    span,
    arms.map((arm, index) => ({
      tests:
        index === arms.length - 1
          ? []
          : [
              {
                op: 'unknown' as const,
                span: spanOf(lowering, arm),
                text: shortText(arm).split('=>')[0]?.trim() ?? '',
              },
            ],
      isDefault: index === arms.length - 1,
      body: () => {
        const value = namedChildren(arm).at(-1);
        if (value) lowering.value(value, result);
      },
    })),
    false,
  );
  return { location: result, text: shortText(node) };
}

function lowerBinary(lowering: Lowering, node: Node, into: Location | undefined): Operand {
  const operator = field(node, 'operator')?.text ?? '';
  const [left, right] = [field(node, 'left'), field(node, 'right')];
  if (operator === '??' && left && right) return lowerCoalescing(lowering, node, left, right, into);
  if (node.type !== 'binary_expression' || ['&&', '||', '==', '!='].includes(operator))
    return lowerTruth(lowering, node, into);
  if (left) lowering.effect(left);
  if (right) lowering.effect(right);
  return settle(lowering, unknownOperand(node), into, node);
}

function lowerCoalescing(lowering: Lowering, node: Node, left: Node, right: Node, into: Location | undefined): Operand {
  const result = into ?? lowering.builder.newTemporary();
  lowering.value(left, result);
  const span = spanOf(lowering, node);
  lowering.builder.ifElse(
    (then, otherwise) => {
      lowering.builder.branch({ op: 'is', location: result, value: 'null', span, text: '' }, then, otherwise);
    },
    () => lowering.value(right, result),
    undefined,
  );
  return { location: result, text: shortText(node) };
}

/** A condition whose outcome is kept as a value. */
function lowerTruth(lowering: Lowering, node: Node, into: Location | undefined): Operand {
  const result = into ?? lowering.builder.newTemporary();
  lowering.builder.ifElse(
    (then, otherwise) => {
      lowering.condition(node, then, otherwise);
    },
    () => {
      assign(lowering, result, { constant: 'true', text: 'true' }, node);
    },
    () => {
      assign(lowering, result, { constant: 'false', text: 'false' }, node);
    },
  );
  return { location: result, text: shortText(node) };
}
