/** C# expressions: each to an operand, with the events that its evaluation causes. */
import type { Location, Operand } from '../../flow/graph.ts';
import { shortText, spanOf } from '../shared/function-state.ts';
import { lowerOptionalChain } from '../shared/optional-chains.ts';
import { lowerChoice, lowerFallback, lowerTruth } from '../shared/branches.ts';
import { lowerArithmetic, lowerParts } from '../shared/plain-values.ts';
import type { Syntax } from '../shared/syntax.ts';
import { place, read } from './access.ts';
import { lowerAssignment, lowerStep } from './assignments.ts';
import { lowerCall } from './calls.ts';
import { noteClosure } from './closures.ts';
import { constantOperand } from './constants.ts';
import { lowerAggregate, lowerCreation } from './creations.ts';
import type { Lowering } from './lowering.ts';
import { lowerSwitchExpression } from './switches.ts';
import { transparentInner } from './transparent.ts';
import { isNumeric } from './types.ts';

export function lowerValue(lowering: Lowering, node: Syntax, into?: Location): Operand {
  const constant = constantOperand(node);
  if (constant !== undefined) return lowering.state.settle(constant, into, spanOf(node));
  const inner = transparentInner(node);
  if (inner !== undefined) return lowering.value(inner, into);
  if (lowering.questionMarkOf(node) !== undefined) {
    return lowerOptionalChain(lowering, node, into ?? lowering.state.builder.newTemporary());
  }
  switch (node.type) {
    case 'identifier':
    case 'generic_name':
    case 'this':
    case 'base':
    case 'member_access_expression':
    case 'element_access_expression':
    case 'conditional_access_expression':
    case 'declaration_expression':
    case 'predefined_type':
    case 'alias_qualified_name':
    case 'qualified_name':
      return read(lowering, node, into);
    case 'invocation_expression':
      return lowerCall(lowering, node, into ?? lowering.state.builder.newTemporary());
    case 'object_creation_expression':
    case 'implicit_object_creation_expression':
      return lowerCreation(lowering, node, into ?? lowering.state.builder.newTemporary());
    case 'array_creation_expression':
    case 'implicit_array_creation_expression':
    case 'stackalloc_expression':
    case 'implicit_stackalloc_expression':
    case 'element_binding_expression':
    case 'initializer_expression':
    case 'tuple_expression':
    case 'anonymous_object_creation_expression':
    case 'with_expression':
      return lowerAggregate(lowering, node, into);
    case 'assignment_expression':
      return lowering.state.settle(lowerAssignment(lowering, node), into, spanOf(node));
    case 'conditional_expression':
      return lowerChoice(lowering, node, into);
    case 'switch_expression':
      return lowerSwitchExpression(lowering, node, into);
    case 'binary_expression':
      return lowerBinary(lowering, node, into);
    case 'is_expression':
    case 'is_pattern_expression':
      return lowerTruth(lowering, node, into);
    case 'prefix_unary_expression':
    case 'postfix_unary_expression':
      return lowerUnary(lowering, node, into);
    case 'throw_expression':
      lowering.state.builder.throw(node.first && lowering.value(node.first), spanOf(node));
      return { text: shortText(node) };
    case 'lambda_expression':
    case 'anonymous_method_expression':
      noteClosure(lowering, node);
      return lowering.state.settle({ closure: true, text: shortText(node) }, into, spanOf(node));
    case 'query_expression':
      return lowerQuery(lowering, node, into);
    default:
      return lowerParts(lowering, node, ({ field }) => field !== 'type', into);
  }
}

/** For the effects only: the result of a call is then used by nothing. */
export function lowerEffect(lowering: Lowering, node: Syntax): void {
  const inner = transparentInner(node);
  if (inner !== undefined) {
    lowering.effect(inner);
  } else if (lowering.questionMarkOf(node) !== undefined) {
    lowerOptionalChain(lowering, node, undefined);
  } else if (node.type === 'invocation_expression') {
    lowerCall(lowering, node, undefined);
  } else if (node.type === 'assignment_expression') {
    lowerAssignment(lowering, node);
  } else if (node.type === 'object_creation_expression') {
    lowerCreation(lowering, node, undefined);
  } else {
    lowering.value(node);
  }
}

const COMPARISON = /^(?:==|!=|<|>|<=|>=|&&|\|\|)$/u;

function isArithmetic(operator: string): boolean {
  return operator !== '??' && !COMPARISON.test(operator);
}

function lowerBinary(lowering: Lowering, node: Syntax, into: Location | undefined): Operand {
  const operator = node.child('operator')?.type ?? '';
  const [leftmost, rightmost] = [node.child('left'), node.child('right')];
  if (operator === '??' && leftmost && rightmost) {
    return lowerFallback(lowering, node, { first: leftmost, second: rightmost, value: 'null' }, into);
  }
  if (COMPARISON.test(operator)) return lowerTruth(lowering, node, into);
  // A pointer with an offset still reaches what it points into.
  return lowerArithmetic(lowering, node, isArithmetic, (first) => !isNumeric(lowering, first), into);
}

function lowerUnary(lowering: Lowering, node: Syntax, into: Location | undefined): Operand {
  const inner = node.first;
  if (inner === undefined) return { text: shortText(node) };
  if (node.has('!')) return lowerTruth(lowering, node, into);
  if (node.has('&')) {
    const location = place(lowering, inner);
    if (location === undefined) return { text: shortText(node) };
    lowering.state.capture(location, spanOf(node));
    return lowering.state.settle({ location, byReference: true, text: shortText(node) }, into, spanOf(node));
  }
  if (node.has('*')) return read(lowering, node, into);
  if (node.has('++') || node.has('--')) return lowerStep(lowering, node, inner, into);
  lowering.value(inner);
  return lowering.state.settle({ text: shortText(node) }, into, spanOf(node));
}

/** The query's variables stand for elements; what it selects is not followed. */
function lowerQuery(lowering: Lowering, node: Syntax, into: Location | undefined): Operand {
  lowering.state.names.within(() => {
    for (const clause of node.parts) {
      for (const part of clause.parts) if (part.field !== 'name' && part.field !== 'type') lowering.value(part);
    }
  });
  return lowering.state.settle({ text: shortText(node) }, into, spanOf(node));
}
