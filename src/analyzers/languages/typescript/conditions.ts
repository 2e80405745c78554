/** Conditions: to jumps, with the tests that tell something of a value. */
import type { BlockId } from '../../flow/builder.ts';
import type { Constant, Location, Test } from '../../flow/graph.ts';
import { shortText, spanOf } from '../shared/function-state.ts';
import type { Syntax } from '../shared/syntax.ts';
import { lowerNullTest } from '../shared/optional-chains.ts';
import { testText } from '../shared/test-text.ts';
import { constantOperand } from './constants.ts';
import type { Lowering } from './lowering.ts';
import { transparentInner } from './transparent.ts';

interface Jumps {
  readonly then: BlockId;
  readonly otherwise: BlockId;
  /** Elements that the loop with this condition works on. */
  readonly elements: readonly Location[];
}

export function lowerCondition(lowering: Lowering, node: Syntax, jumps: Jumps): void {
  const inner = transparentInner(node);
  if (inner !== undefined) {
    lowering.condition(inner, jumps.then, jumps.otherwise, jumps.elements);
  } else if (node.type === 'true' || node.type === 'false') {
    lowering.state.builder.goto(node.type === 'true' ? jumps.then : jumps.otherwise);
  } else if (node.type === 'unary_expression' && node.child('operator')?.type === '!') {
    const argument = node.child('argument');
    if (argument) lowering.condition(argument, jumps.otherwise, jumps.then);
  } else if (node.type === 'binary_expression') {
    lowerBinaryCondition(lowering, node, jumps);
  } else {
    lowerTruthOf(lowering, node, jumps);
  }
}

function lowerBinaryCondition(lowering: Lowering, node: Syntax, jumps: Jumps): void {
  const { builder } = lowering.state;
  const [left, right] = [node.child('left'), node.child('right')];
  const operator = node.child('operator')?.type ?? '';
  if (left === undefined || right === undefined) {
    unknown(lowering, node, shortText(node), jumps);
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
    case '===':
      lowerEquality(lowering, node, left, right, jumps);
      break;
    case '!=':
    case '!==':
      lowerEquality(lowering, node, left, right, swapped(jumps));
      break;
    case '<':
      lowerOrder(lowering, node, left, right, jumps);
      break;
    case '>=':
      lowerOrder(lowering, node, left, right, swapped(jumps));
      break;
    case 'instanceof':
      lowerInstanceOf(lowering, node, left, jumps);
      break;
    case '??':
      lowerTruthOf(lowering, node, jumps);
      break;
    default:
      lowering.value(left);
      lowering.value(right);
      unknown(lowering, node, shortText(node), jumps);
  }
}

function lowerEquality(lowering: Lowering, node: Syntax, left: Syntax, right: Syntax, jumps: Jumps): void {
  const [written, constant] =
    constantOperand(left) === undefined ? [left, constantOperand(right)] : [right, constantOperand(left)];
  // `typeof x === 'undefined'`
  const isTypeOf = written.type === 'unary_expression' && written.child('operator')?.type === 'typeof';
  const tested = (isTypeOf ? written.child('argument') : undefined) ?? written;
  const isUndefined = isTypeOf && constant?.literal === 'undefined';
  const value = isUndefined ? 'null' : isTypeOf ? undefined : constant?.constant;
  if (value === 'null' && jumps.elements.length === 0) {
    lowerNullTest(lowering, tested, jumps.then, jumps.otherwise);
    return;
  }
  const operand = lowering.value(tested);
  if (constant === undefined) lowering.value(right);
  if (operand.location === undefined || value === undefined || value === 'other') {
    unknown(lowering, node, `${shortText(left)} === ${shortText(right)}`, jumps);
  } else {
    branchOn(lowering, tested, node, operand.location, value, jumps);
  }
}

/** A descriptor or status below zero is an error. */
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

/** Null is an instance of nothing. */
function lowerInstanceOf(lowering: Lowering, node: Syntax, left: Syntax, jumps: Jumps): void {
  const { location } = lowering.value(left);
  if (location !== undefined) {
    const present = lowering.state.builder.newBlock();
    branchOn(lowering, left, node, location, 'null', { then: jumps.otherwise, otherwise: present, elements: [] });
    lowering.state.builder.start(present);
  }
  unknown(lowering, node, shortText(node), jumps);
}

/** A value that counts as true or false. */
function lowerTruthOf(lowering: Lowering, node: Syntax, jumps: Jumps): void {
  const { location, constant } = lowering.value(node);
  if (constant === 'true') lowering.state.builder.goto(jumps.then);
  else if (constant === 'false' || constant === 'null') lowering.state.builder.goto(jumps.otherwise);
  else if (location === undefined || jumps.elements.length > 0) unknown(lowering, node, shortText(node), jumps);
  else branchOn(lowering, node, node, location, 'true', jumps);
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
  value: Constant | 'negative',
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
