/** Conditions: to jumps, with the tests that tell something of a value. */
import type { BlockId } from '../../flow/builder.ts';
import type { Constant, Location, Test } from '../../flow/graph.ts';
import { shortText, spanOf } from '../shared/function-state.ts';
import type { Syntax } from '../shared/syntax.ts';
import { place } from './access.ts';
import { constantOperand } from './constants.ts';
import { repaired } from './logical-chains.ts';
import type { Lowering } from './lowering.ts';
import { lowerPattern } from './patterns.ts';
import { lowerNullTest } from '../shared/optional-chains.ts';
import { testText } from '../shared/test-text.ts';
import { transparentInner } from './transparent.ts';

interface Jumps {
  readonly then: BlockId;
  readonly otherwise: BlockId;
  /** Elements that the loop with this condition works on. */
  readonly elements: readonly Location[];
}

export function lowerCondition(lowering: Lowering, written: Syntax, jumps: Jumps): void {
  const node = repaired(written);
  const inner = node.type === 'invocation_expression' ? undefined : transparentInner(node);
  if (inner !== undefined) {
    lowering.condition(inner, jumps.then, jumps.otherwise, jumps.elements);
    return;
  }
  switch (node.type) {
    case 'boolean_literal':
      lowering.state.builder.goto(node.text === 'true' ? jumps.then : jumps.otherwise);
      break;
    case 'prefix_unary_expression':
      if (node.has('!') && node.first) {
        lowering.condition(node.first, jumps.otherwise, jumps.then, []);
      } else {
        lowerTruthOf(lowering, node, jumps);
      }
      break;
    case 'binary_expression':
      lowerBinaryCondition(lowering, node, jumps);
      break;
    case 'is_pattern_expression':
    case 'is_expression':
      lowerIs(lowering, node, jumps);
      break;
    case 'member_access_expression':
      lowerProperty(lowering, node, jumps);
      break;
    case 'invocation_expression':
      lowerCallCondition(lowering, node, jumps);
      break;
    default:
      lowerTruthOf(lowering, node, jumps);
  }
}

function lowerBinaryCondition(lowering: Lowering, node: Syntax, jumps: Jumps): void {
  const { builder } = lowering.state;
  const [left, right] = [node.child('left'), node.child('right')];
  const operator = node.child('operator')?.type ?? '';
  if (left === undefined || right === undefined) {
    lowerTruthOf(lowering, node, jumps);
    return;
  }
  switch (operator) {
    case '&&':
    case '||': {
      const next = builder.newBlock();
      const isAnd = operator === '&&';
      lowering.condition(left, isAnd ? next : jumps.then, isAnd ? jumps.otherwise : next, isAnd ? jumps.elements : []);
      builder.start(next);
      lowering.condition(right, jumps.then, jumps.otherwise);
      break;
    }
    case '==':
      lowerEquality(lowering, node, left, right, jumps);
      break;
    case '!=':
      lowerEquality(lowering, node, left, right, swapped(jumps));
      break;
    case '<':
      lowerOrder(lowering, node, left, right, jumps);
      break;
    case '>=':
      lowerOrder(lowering, node, left, right, swapped(jumps));
      break;
    default:
      lowerTruthOf(lowering, node, jumps);
  }
}

function lowerEquality(lowering: Lowering, node: Syntax, left: Syntax, right: Syntax, jumps: Jumps): void {
  const [tested, constant] =
    constantOperand(left) === undefined ? [left, constantOperand(right)] : [right, constantOperand(left)];
  if (constant?.constant === 'null' && jumps.elements.length === 0) {
    lowerNullTest(lowering, tested, jumps.then, jumps.otherwise);
    return;
  }
  const operand = lowering.value(tested);
  if (constant === undefined) lowering.value(right);
  const value = constant?.constant;
  if (operand.location === undefined || value === undefined || value === 'other') {
    unknown(lowering, node, `${shortText(left)} == ${shortText(right)}`, jumps);
  } else {
    branchOn(lowering, tested, node, operand.location, value, jumps);
  }
}

/** A status below zero is an error. */
function lowerOrder(lowering: Lowering, node: Syntax, left: Syntax, right: Syntax, jumps: Jumps): void {
  const operand = lowering.value(left);
  const isZero = constantOperand(right)?.constant === 'null';
  if (!isZero) lowering.value(right);
  if (isZero && operand.location !== undefined && jumps.elements.length === 0) {
    branchOn(lowering, left, node, operand.location, 'negative', jumps);
  } else {
    unknown(lowering, node, `${shortText(left)} < ${shortText(right)}`, jumps);
  }
}

function lowerIs(lowering: Lowering, node: Syntax, jumps: Jumps): void {
  const expression = node.child('expression') ?? node.child('left');
  const pattern = node.child('pattern') ?? node.child('right');
  if (expression === undefined || pattern === undefined) {
    lowerTruthOf(lowering, node, jumps);
    return;
  }
  const isNull = nullPattern(pattern);
  if (isNull !== undefined) {
    const [absent, present] = isNull ? [jumps.then, jumps.otherwise] : [jumps.otherwise, jumps.then];
    lowerNullTest(lowering, expression, absent, present);
    return;
  }
  const { location } = lowering.value(expression);
  const isTypeTest = node.type === 'is_expression';
  lowerPattern(lowering, { location, text: shortText(expression), span: spanOf(node), isTypeTest }, pattern, jumps);
}

/** Whether the pattern is null, or (false) its opposite. */
function nullPattern(pattern: Syntax): boolean | undefined {
  const inner = pattern.first;
  if (inner === undefined) return undefined;
  switch (pattern.type) {
    case 'constant_pattern':
      return constantOperand(inner)?.constant === 'null' ? true : undefined;
    case 'negated_pattern': {
      const negated = nullPattern(inner);
      return negated === undefined ? undefined : !negated;
    }
    case 'parenthesized_pattern':
      return nullPattern(inner);
    default:
      return undefined;
  }
}

/** Properties that say that there is no handle, or that there is a value. */
function lowerProperty(lowering: Lowering, node: Syntax, jumps: Jumps): void {
  const name = node.child('name')?.text ?? '';
  const object = node.child('expression');
  const isAbsent = /^(?:IsInvalid|IsClosed|IsNull|IsEmpty|IsDefault)$/u.test(name);
  if (object === undefined || !(isAbsent || name === 'HasValue')) {
    lowerTruthOf(lowering, node, jumps);
    return;
  }
  const location = place(lowering, object);
  if (location === undefined) unknown(lowering, node, shortText(node), jumps);
  else branchOn(lowering, object, node, location, 'null', isAbsent ? jumps : swapped(jumps));
}

function lowerCallCondition(lowering: Lowering, node: Syntax, jumps: Jumps): void {
  const called = node.child('function');
  const name = (called?.type === 'member_access_expression' ? called.child('name') : called)?.text ?? '';
  const args = (node.child('arguments')?.parts ?? []).flatMap(({ last }) => last ?? []);
  const [first, second] = args;
  if (/^(?:NT_SUCCESS|SUCCEEDED|Succeeded)$/u.test(name) && first !== undefined && second === undefined) {
    const { location } = lowering.value(first);
    if (location === undefined) unknown(lowering, node, shortText(node), jumps);
    else branchOn(lowering, first, node, location, 'success', jumps);
  } else if (/^(?:ReferenceEquals|Equals)$/u.test(name) && first !== undefined && second !== undefined) {
    lowerEquality(lowering, node, first, second, jumps);
  } else if (name === 'Equals' && first !== undefined && constantOperand(first) !== undefined) {
    const object = called?.child('expression');
    if (object) lowerEquality(lowering, node, object, first, jumps);
    else lowerTruthOf(lowering, node, jumps);
  } else if (jumps.elements.length > 0) {
    lowering.value(node);
    unknown(lowering, node, shortText(node), jumps);
  } else {
    lowerTruthOf(lowering, node, jumps);
  }
}

/** A value that is true or false. */
function lowerTruthOf(lowering: Lowering, node: Syntax, jumps: Jumps): void {
  if (isComparison(node)) {
    for (const part of node.parts) lowering.value(part);
    unknown(lowering, node, shortText(node), jumps);
    return;
  }
  const { location, constant } = lowering.value(node);
  if (constant === 'true') lowering.state.builder.goto(jumps.then);
  else if (constant === 'false') lowering.state.builder.goto(jumps.otherwise);
  else if (location === undefined) unknown(lowering, node, shortText(node), jumps);
  else branchOn(lowering, node, node, location, 'true', jumps);
}

function isComparison(node: Syntax): boolean {
  return node.type === 'binary_expression' && node.child('operator')?.type !== '??';
}

function swapped({ then, otherwise, elements }: Jumps): Jumps {
  return { then: otherwise, otherwise: then, elements };
}

/** @param tested what the value is of */
function branchOn(
  lowering: Lowering,
  tested: Syntax,
  node: Syntax,
  location: Location,
  value: Constant | 'negative' | 'success',
  jumps: Jumps,
): void {
  const test: Test = { op: 'is', location, value, span: spanOf(node), text: testText(shortText(tested), value) };
  lowering.state.builder.branch(test, jumps.then, jumps.otherwise);
}

/** @param text what holds on the way to `then` */
function unknown(lowering: Lowering, node: Syntax, text: string, { then, otherwise, elements }: Jumps): void {
  const span = spanOf(node);
  const test: Test = elements.length > 0 ? { op: 'loop', elements, span, text } : { op: 'unknown', span, text };
  lowering.state.builder.branch(test, then, otherwise);
}
