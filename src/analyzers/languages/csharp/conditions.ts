/** Conditions: to jumps, with the tests that tell something of a value. */
import { shortText, spanOf } from '../shared/function-state.ts';
import type { Jumps } from '../shared/evaluator.ts';
import {
  branchOn,
  branchOnComparison,
  branchOnEquality,
  branchOnUnknown,
  comparisonOf,
  swapped,
} from '../shared/jumps.ts';
import type { Syntax } from '../shared/syntax.ts';
import { place } from './access.ts';
import { constantOperand } from './constants.ts';
import { repaired } from './logical-chains.ts';
import type { Lowering } from './lowering.ts';
import { lowerPattern } from './patterns.ts';
import { lowerNullTest } from '../shared/optional-chains.ts';
import { transparentInner } from './transparent.ts';

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
  const [left, right] = [node.child('left'), node.child('right')];
  if (left !== undefined && right !== undefined) {
    const comparison = comparisonOf(node.child('operator')?.type ?? '');
    const equality = (towards: Jumps): void => {
      lowerEquality(lowering, node, left, right, towards);
    };
    const compared = { sides: [left, right], constantOf: constantOperand, equality } as const;
    if (branchOnComparison(lowering, node, comparison, compared, jumps)) return;
  }
  lowerTruthOf(lowering, node, jumps);
}

function lowerEquality(lowering: Lowering, node: Syntax, left: Syntax, right: Syntax, jumps: Jumps): void {
  const [tested, constant] =
    constantOperand(left) === undefined ? [left, constantOperand(right)] : [right, constantOperand(left)];
  const other = constant === undefined ? right : undefined;
  const text = `${shortText(left)} == ${shortText(right)}`;
  branchOnEquality(lowering, node, { tested, value: constant?.constant, other, text }, jumps);
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
  if (location === undefined) branchOnUnknown(lowering, node, shortText(node), jumps);
  else branchOn(lowering, object, node, location, 'null', isAbsent ? jumps : swapped(jumps));
}

function lowerCallCondition(lowering: Lowering, node: Syntax, jumps: Jumps): void {
  const called = node.child('function');
  const name = (called?.type === 'member_access_expression' ? called.child('name') : called)?.text ?? '';
  const args = (node.child('arguments')?.parts ?? []).flatMap(({ last }) => last ?? []);
  const [first, second] = args;
  if (/^(?:NT_SUCCESS|SUCCEEDED|Succeeded)$/u.test(name) && first !== undefined && second === undefined) {
    const { location } = lowering.value(first);
    if (location === undefined) branchOnUnknown(lowering, node, shortText(node), jumps);
    else branchOn(lowering, first, node, location, 'success', jumps);
  } else if (/^(?:ReferenceEquals|Equals)$/u.test(name) && first !== undefined && second !== undefined) {
    lowerEquality(lowering, node, first, second, jumps);
  } else if (name === 'Equals' && first !== undefined && constantOperand(first) !== undefined) {
    const object = called?.child('expression');
    if (object) lowerEquality(lowering, node, object, first, jumps);
    else lowerTruthOf(lowering, node, jumps);
  } else if (jumps.elements.length > 0) {
    lowering.value(node);
    branchOnUnknown(lowering, node, shortText(node), jumps);
  } else {
    lowerTruthOf(lowering, node, jumps);
  }
}

/** A value that is true or false. */
function lowerTruthOf(lowering: Lowering, node: Syntax, jumps: Jumps): void {
  if (isComparison(node)) {
    for (const part of node.parts) lowering.value(part);
    branchOnUnknown(lowering, node, shortText(node), jumps);
    return;
  }
  const { location, constant } = lowering.value(node);
  if (constant === 'true') lowering.state.builder.goto(jumps.then);
  else if (constant === 'false') lowering.state.builder.goto(jumps.otherwise);
  else if (location === undefined) branchOnUnknown(lowering, node, shortText(node), jumps);
  else branchOn(lowering, node, node, location, 'true', jumps);
}

function isComparison(node: Syntax): boolean {
  return node.type === 'binary_expression' && node.child('operator')?.type !== '??';
}
