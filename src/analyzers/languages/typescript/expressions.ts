/** JavaScript expressions: each to an operand, with the events that its evaluation causes. */
import type { Location, Operand } from '../../flow/graph.ts';
import { lowerChoice, lowerFallback, lowerTruth } from '../shared/branches.ts';
import { shortText, spanOf } from '../shared/function-state.ts';
import { lowerArithmetic, lowerParts } from '../shared/plain-values.ts';
import { lowerOptionalChain } from '../shared/optional-chains.ts';
import type { Syntax } from '../shared/syntax.ts';
import { lowerAssignment, lowerAugmented, lowerStep } from './assignments.ts';
import { lowerCall } from './calls.ts';
import { isClosure, noteClosure } from './closures.ts';
import { constantOperand } from './constants.ts';
import { lowerArray, lowerNew, lowerObject } from './creations.ts';
import type { Lowering } from './lowering.ts';
import { read } from './places.ts';
import { transparentInner } from './transparent.ts';

export function lowerValue(lowering: Lowering, node: Syntax, into?: Location): Operand {
  const { state } = lowering;
  const constant = constantOperand(node);
  if (constant !== undefined) return state.settle(constant, into, spanOf(node));
  const inner = transparentInner(node);
  if (inner !== undefined) return lowering.value(inner, into);
  if (lowering.questionMarkOf(node) !== undefined) {
    return lowerOptionalChain(lowering, node, into ?? state.builder.newTemporary());
  }
  if (isClosure(node)) {
    noteClosure(lowering, node);
    return state.settle({ closure: true, text: shortText(node) }, into, spanOf(node));
  }
  switch (node.type) {
    case 'identifier':
    case 'shorthand_property_identifier':
    case 'this':
    case 'super':
    case 'member_expression':
    case 'subscript_expression':
      return read(lowering, node, into);
    case 'call_expression':
      return lowerCall(lowering, node, into ?? state.builder.newTemporary());
    case 'new_expression':
      return lowerNew(lowering, node, into ?? state.builder.newTemporary());
    case 'object':
      return lowerObject(lowering, node, into);
    case 'array':
      return lowerArray(lowering, node, into);
    case 'assignment_expression':
      return state.settle(lowerAssignment(lowering, node), into, spanOf(node));
    case 'augmented_assignment_expression':
      return state.settle(lowerAugmented(lowering, node), into, spanOf(node));
    case 'update_expression':
      return state.settle(lowerStep(lowering, node), into, spanOf(node));
    case 'ternary_expression':
      return lowerChoice(lowering, node, into);
    case 'binary_expression':
      return lowerBinary(lowering, node, into);
    case 'unary_expression':
      return lowerUnary(lowering, node, into);
    case 'sequence_expression':
      return lowerSequenceExpression(lowering, node, into);
    case 'yield_expression':
      return lowerYield(lowering, node, into);
    default:
      return lowerParts(lowering, node, ({ type }) => !TYPES.test(type), into);
  }
}

/** For the effects only: the result of a call is then used by nothing. */
export function lowerEffect(lowering: Lowering, node: Syntax): void {
  const inner = transparentInner(node);
  if (inner !== undefined) {
    lowering.effect(inner);
  } else if (lowering.questionMarkOf(node) !== undefined) {
    lowerOptionalChain(lowering, node, undefined);
  } else if (node.type === 'call_expression') {
    lowerCall(lowering, node, undefined);
  } else if (node.type === 'new_expression') {
    lowerNew(lowering, node, undefined);
  } else if (node.type === 'sequence_expression') {
    for (const part of node.parts) lowering.effect(part);
  } else if (node.type === 'unary_expression' && node.child('operator')?.type === 'void') {
    const argument = node.child('argument');
    if (argument) lowering.effect(argument);
  } else if (isShortCircuit(node)) {
    lowerWhere(lowering, node);
  } else {
    lowering.value(node);
  }
}

const COMPARISON = /^(?:===?|!==?|<|>|<=|>=|instanceof|in)$/u;
const LOGICAL = /^(?:&&|\|\||\?\?)$/u;

function isShortCircuit(node: Syntax): boolean {
  return node.type === 'binary_expression' && /^(?:&&|\|\|)$/u.test(node.child('operator')?.type ?? '');
}

/** `a && f();` as a statement. */
function lowerWhere(lowering: Lowering, node: Syntax): void {
  const { builder } = lowering.state;
  const [left, right] = [node.child('left'), node.child('right')];
  if (left === undefined || right === undefined) return;
  const [run, after] = [builder.newBlock(), builder.newBlock()];
  if (node.child('operator')?.type === '&&') lowering.condition(left, run, after);
  else lowering.condition(left, after, run);
  builder.start(run);
  lowering.effect(right);
  builder.start(after);
}

function lowerBinary(lowering: Lowering, node: Syntax, into: Location | undefined): Operand {
  const operator = node.child('operator')?.type ?? '';
  const [first, second] = [node.child('left'), node.child('right')];
  if (first === undefined || second === undefined) return { text: shortText(node) };
  if (operator === '??') return lowerFallback(lowering, node, { first, second, value: 'null' }, into);
  if (operator === '||') return lowerFallback(lowering, node, { first, second, value: 'true' }, into);
  if (operator === '&&' || COMPARISON.test(operator)) return lowerTruth(lowering, node, into);
  // An address with an offset still reaches what it points into.
  const isAddress = operator === '+' || operator === '-';
  return lowerArithmetic(lowering, node, isArithmetic, (at) => isAddress && !lowering.counters.has(at), into);
}

function isArithmetic(operator: string): boolean {
  return !COMPARISON.test(operator) && !LOGICAL.test(operator);
}

function lowerUnary(lowering: Lowering, node: Syntax, into: Location | undefined): Operand {
  const argument = node.child('argument');
  const operator = node.child('operator')?.type;
  if (operator === '!') return lowerTruth(lowering, node, into);
  // `delete map[key]`: what stood there is not touched.
  if (argument) lowering.value(argument);
  return lowering.state.settle({ text: shortText(node) }, into, spanOf(node));
}

function lowerSequenceExpression(lowering: Lowering, node: Syntax, into: Location | undefined): Operand {
  const [last, ...before] = node.parts.toReversed();
  for (const part of before.reverse()) lowering.effect(part);
  return last === undefined ? { text: '' } : lowering.value(last, into);
}

/** An element is given to whoever runs the generator. */
function lowerYield(lowering: Lowering, node: Syntax, into: Location | undefined): Operand {
  const result = into ?? lowering.state.builder.newTemporary();
  const args = node.first === undefined ? [] : [lowering.value(node.first)];
  lowering.state.call({ name: 'yield', args, result, span: spanOf(node) });
  return { location: result, text: shortText(node) };
}

const TYPES = /^type_(?!assertion)|_type$|^(?:asserts|decorator|property_identifier|string_fragment)/u;
