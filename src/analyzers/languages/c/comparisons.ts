/** Comparisons as tests: of handles with their failure values, of descriptors and status codes with zero. */
import type { BlockId } from '../../flow/builder.ts';
import type { Constant, Location, Test } from '../../flow/graph.ts';
import type { Syntax } from '../shared/syntax.ts';
import { testText } from '../shared/test-text.ts';
import { isCastOfNegative } from './casts.ts';
import { constantOf, isSuccessName } from './constants.ts';
import { constantFor } from './initializers.ts';
import { shortText, spanOf } from './lowering.ts';
import type { Lowering } from './lowering.ts';
import { macroArgument } from './macro-calls.ts';
import { typeOf, withoutParentheses } from './places.ts';
import { isBoolean, isNumber, isStatus } from './types.ts';

/** Where control goes when a condition holds, and when it does not. */
export interface Edges {
  readonly then: BlockId;
  readonly otherwise: BlockId;
}

export function swapped({ then, otherwise }: Edges): Edges {
  return { then: otherwise, otherwise: then };
}

/** A test of which nothing is known; in the head of a loop over elements it says so. */
export function testUnknown(l: Lowering, node: Syntax, { then, otherwise }: Edges): void {
  const { state } = l;
  const [span, text] = [spanOf(l, node), shortText(node)];
  const elements = state.loopElements;
  state.loopElements = [];
  state.builder.branch(
    elements.length > 0 ? { op: 'loop', elements, span, text } : { op: 'unknown', span, text },
    then,
    otherwise,
  );
}

export function testIs(
  l: Lowering,
  location: Location,
  value: Constant | 'negative' | 'success',
  node: Syntax,
  { then, otherwise }: Edges,
  tested = node,
): void {
  const told = testText(shortText(tested), value);
  const test: Test = { op: 'is', location, value, span: spanOf(l, node), text: shortText(node), told };
  l.state.builder.branch(test, then, otherwise);
}

/** The operators, and what each becomes when its sides are exchanged. */
const MIRRORED: ReadonlyMap<string, string> = new Map([
  ['<', '>'],
  ['>', '<'],
  ['<=', '>='],
  ['>=', '<='],
  ['==', '=='],
  ['!=', '!='],
  ['not_eq', '!='],
]);

export function lowerComparison(l: Lowering, node: Syntax, left: Syntax, right: Syntax, edges: Edges): void {
  const operator = node.child('operator')?.text ?? '';
  const mirrored = MIRRORED.get(operator);
  const [ofLeft, ofRight] = [constantOfNode(l, left), constantOfNode(l, right)];
  if (mirrored !== undefined && ofLeft === undefined && ofRight !== undefined) {
    compare(l, { node, value: left, operator: MIRRORED.get(mirrored) ?? '', constant: ofRight, written: right }, edges);
  } else if (mirrored !== undefined && ofRight === undefined && ofLeft !== undefined) {
    compare(l, { node, value: right, operator: mirrored, constant: ofLeft, written: left }, edges);
  } else {
    l.value(left);
    l.value(right);
    testUnknown(l, node, edges);
  }
}

/** Comparisons of numbers say nothing of resources. */
export function isTestOfConstant(l: Lowering, comparison: Syntax): boolean {
  return [comparison.child('left'), comparison.child('right')].some((side) => {
    const constant = side && constantOfNode(l, side);
    return constant !== undefined && constant !== 'other';
  });
}

const CONSTANT_NODES: ReadonlySet<string> = new Set([
  'number_literal',
  'null',
  'true',
  'false',
  'unary_expression',
  'cast_expression',
  'qualified_identifier',
  'call_expression',
]);

/** A constant through the arguments of macros and the file's own constants. */
function constantOfNode(l: Lowering, node: Syntax): Constant | undefined {
  const inner = withoutParentheses(node);
  if (inner.type !== 'identifier') {
    return CONSTANT_NODES.has(inner.type) || isCastOfNegative(l, inner) ? constantOf(inner.text) : undefined;
  }
  const argument = macroArgument(l, inner.text);
  if (argument) {
    return argument.nodes[0] ? constantOfNode(argument.of, argument.nodes[0]) : undefined;
  }
  if (l.state.names.lookUp(inner.text)) {
    return undefined;
  }
  const macro = l.state.facts.macros.get(inner.text);
  return macro && macro.parameters === undefined ? constantOf(macro.body) : constantOf(inner.text);
}

interface Comparison {
  readonly node: Syntax;
  readonly value: Syntax;
  readonly operator: string;
  readonly constant: Constant;
  /** The constant as the source has it. */
  readonly written: Syntax;
}

function compare(l: Lowering, { node, value, operator, constant, written }: Comparison, edges: Edges): void {
  const type = typeOf(l, value);
  const { location, byReference } = l.value(value);
  const isEquality = operator === '==' || operator === '!=';
  const asked = isEquality ? equality(constant, written, type) : undefined;
  const counts = l.state.loopElements.length > 0 && isNumber(type);
  if (location === undefined || byReference === true || counts) {
    testUnknown(l, node, edges);
  } else if (asked !== undefined) {
    testIs(l, location, asked, node, operator === '==' ? edges : swapped(edges), value);
  } else if ((operator === '<' && constant === 'null') || (operator === '<=' && constant === 'minus-one')) {
    testIs(l, location, 'negative', node, edges, value);
  } else if ((operator === '>=' && constant === 'null') || (operator === '>' && constant === 'minus-one')) {
    testIs(l, location, 'negative', node, swapped(edges), value);
  } else if (!isEquality && constant === 'null') {
    testPositive(l, location, node, operator === '>' ? edges : swapped(edges), value);
  } else {
    testUnknown(l, node, edges);
  }
}

/** `x > 0`: neither negative nor zero. */
function testPositive(l: Lowering, location: Location, node: Syntax, { then, otherwise }: Edges, tested: Syntax): void {
  const next = l.state.builder.newBlock();
  testIs(l, location, 'negative', node, { then: otherwise, otherwise: next }, tested);
  l.state.builder.start(next);
  testIs(l, location, 'null', node, { then: otherwise, otherwise: then }, tested);
}

function equality(constant: Constant, written: Syntax, type: string): Constant | 'success' | undefined {
  if (isSuccessName(written.text) || (constant === 'null' && isStatus(type))) {
    return 'success';
  }
  if (constant === 'other') {
    return isBoolean(type) ? 'true' : undefined;
  }
  return constantFor(constant, type);
}
