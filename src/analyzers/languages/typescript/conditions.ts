/** Conditions: to jumps, with the tests that tell something of a value. */
import { shortText } from '../shared/function-state.ts';
import type { Jumps } from '../shared/evaluator.ts';
import { branchOn, branchOnComparison, branchOnEquality, branchOnUnknown, comparisonOf } from '../shared/jumps.ts';
import type { Syntax } from '../shared/syntax.ts';
import { constantOperand } from './constants.ts';
import type { Lowering } from './lowering.ts';
import { transparentInner } from './transparent.ts';

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
  const [left, right] = [node.child('left'), node.child('right')];
  const operator = node.child('operator')?.type ?? '';
  if (left === undefined || right === undefined) {
    branchOnUnknown(lowering, node, shortText(node), jumps);
    return;
  }
  if (operator === 'instanceof') {
    lowerInstanceOf(lowering, node, left, jumps);
    return;
  }
  if (operator === '??') {
    lowerTruthOf(lowering, node, jumps);
    return;
  }
  const equality = (towards: Jumps): void => {
    lowerEquality(lowering, node, left, right, towards);
  };
  const compared = { sides: [left, right], constantOf: constantOperand, equality } as const;
  if (branchOnComparison(lowering, node, comparisonOf(operator), compared, jumps)) return;
  lowering.value(left);
  lowering.value(right);
  branchOnUnknown(lowering, node, shortText(node), jumps);
}

function lowerEquality(lowering: Lowering, node: Syntax, left: Syntax, right: Syntax, jumps: Jumps): void {
  const [written, constant] =
    constantOperand(left) === undefined ? [left, constantOperand(right)] : [right, constantOperand(left)];
  // `typeof x === 'undefined'`
  const isTypeOf = written.type === 'unary_expression' && written.child('operator')?.type === 'typeof';
  const tested = (isTypeOf ? written.child('argument') : undefined) ?? written;
  const isUndefined = isTypeOf && constant?.literal === 'undefined';
  const value = isUndefined ? 'null' : isTypeOf ? undefined : constant?.constant;
  const other = constant === undefined ? right : undefined;
  const text = `${shortText(left)} === ${shortText(right)}`;
  branchOnEquality(lowering, node, { tested, value, other, text }, jumps);
}

/** Null is an instance of nothing. */
function lowerInstanceOf(lowering: Lowering, node: Syntax, left: Syntax, jumps: Jumps): void {
  const { location } = lowering.value(left);
  if (location !== undefined) {
    const present = lowering.state.builder.newBlock();
    branchOn(lowering, left, node, location, 'null', { then: jumps.otherwise, otherwise: present, elements: [] });
    lowering.state.builder.start(present);
  }
  branchOnUnknown(lowering, node, shortText(node), jumps);
}

/** A value that counts as true or false. */
function lowerTruthOf(lowering: Lowering, node: Syntax, jumps: Jumps): void {
  const { location, constant } = lowering.value(node);
  if (constant === 'true') lowering.state.builder.goto(jumps.then);
  else if (constant === 'false' || constant === 'null') lowering.state.builder.goto(jumps.otherwise);
  else if (location === undefined || jumps.elements.length > 0) branchOnUnknown(lowering, node, shortText(node), jumps);
  else branchOn(lowering, node, node, location, 'true', jumps);
}
