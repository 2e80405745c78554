/** Conditions to branches: `&&`, `||`, `!`, and the tests that edges refine. */
import type { BlockId } from '../../flow/builder.ts';
import type { Constant, Location, Operand } from '../../flow/graph.ts';
import type { Syntax } from '../shared/syntax.ts';
import { isTestOfConstant, lowerComparison, swapped, testIs, testUnknown } from './comparisons.ts';
import type { Edges } from './comparisons.ts';
import { constantOf } from './constants.ts';
import { declareInCondition } from './declarations.ts';
import { assign, descend, settle, shortText, spanOf } from './lowering.ts';
import type { Lowering } from './lowering.ts';
import { expandCondition, macroArgument } from './macro-calls.ts';
import { typeOf, withoutParentheses } from './places.ts';
import { isBoolean, isNumber, isStatus } from './types.ts';

const EXPECTS = /^(?:\w*_)?(?:un)?likely$|^__builtin_expect$|_PREDICT_(?:TRUE|FALSE)$/iu;
const STATUS_TESTS = /^(?:NT_SUCCESS|SUCCEEDED|FAILED|NT_ERROR|SUCCEEDED_LOG|FAILED_LOG|BCRYPT_SUCCESS)$/u;

export function lowerCondition(l: Lowering, node: Syntax, then: BlockId, otherwise: BlockId): void {
  descend(l, () => {
    condition(l, withoutParentheses(node), { then, otherwise });
  });
}

function condition(l: Lowering, node: Syntax, edges: Edges): void {
  const { then, otherwise } = edges;
  switch (node.type) {
    case 'condition_clause':
      clause(l, node, edges);
      return;
    case 'unary_expression': {
      const argument = node.child('argument');
      if (isNegation(node) && argument) l.condition(argument, otherwise, then);
      else truthOf(l, node, edges);
      return;
    }
    case 'comma_expression': {
      const [left, right] = [node.child('left'), node.child('right')];
      if (left) l.effect(left);
      if (right) l.condition(right, then, otherwise);
      else testUnknown(l, node, edges);
      return;
    }
    case 'binary_expression':
      binary(l, node, edges);
      return;
    case 'call_expression':
      if (!callTest(l, node, edges)) truthOf(l, node, edges);
      return;
    case 'identifier':
      if (!nameTest(l, node, edges)) truthOf(l, node, edges);
      return;
    default:
      truthOf(l, node, edges);
  }
}

function isNegation(node: Syntax): boolean {
  const operator = node.child('operator')?.text;
  return operator === '!' || operator === 'not';
}

/** `if (T x = f(); x)`, `if (T x = f())`. */
function clause(l: Lowering, node: Syntax, edges: Edges): void {
  const initializer = node.child('initializer');
  const value = node.child('value') ?? node.last;
  if (initializer) l.statement(initializer);
  if (value === undefined || value === initializer) {
    testUnknown(l, node, edges);
  } else if (value.type === 'declaration') {
    const declared = declareInCondition(l, value);
    if (declared) truthOf(l, declared, edges);
    else testUnknown(l, node, edges);
  } else {
    l.condition(value, edges.then, edges.otherwise);
  }
}

/** A macro's argument or a macro that stands for a condition. */
function nameTest(l: Lowering, node: Syntax, { then, otherwise }: Edges): boolean {
  const argument = macroArgument(l, node.text);
  if (argument?.nodes[0]) {
    argument.of.condition(argument.nodes[0], then, otherwise);
    return true;
  }
  const expanded = l.state.names.lookUp(node.text) ? undefined : expandCondition(l, node, node.text, []);
  expanded?.of.condition(expanded.node, then, otherwise);
  return expanded !== undefined;
}

/** The value itself is the condition. */
function truthOf(l: Lowering, node: Syntax, edges: Edges): void {
  const constant = node.type === 'call_expression' ? undefined : constantOf(node.text);
  const operand: Operand = constant === undefined ? l.value(node) : { constant, text: node.text };
  const type = typeOf(l, node);
  if (operand.byReference === true) {
    // An address.
    l.state.builder.goto(edges.then);
  } else if (operand.constant !== undefined) {
    l.state.builder.goto(operand.constant === 'null' || operand.constant === 'false' ? edges.otherwise : edges.then);
  } else if (operand.location === undefined || (l.state.loopElements.length > 0 && isNumber(type))) {
    testUnknown(l, node, edges);
  } else if (isBoolean(type)) {
    testIs(l, operand.location, 'true', node, edges);
  } else {
    testIs(l, operand.location, isStatus(type) ? 'success' : 'null', node, swapped(edges));
  }
}

function callTest(l: Lowering, node: Syntax, edges: Edges): boolean {
  const callee = node.child('function')?.text ?? '';
  const args = node.child('arguments')?.parts ?? [];
  const [first] = args;
  if (first && EXPECTS.test(callee)) {
    l.condition(first, edges.then, edges.otherwise);
    return true;
  }
  if (first && args.length === 1 && STATUS_TESTS.test(callee)) {
    const { location } = l.value(first);
    if (location === undefined) testUnknown(l, node, edges);
    else testIs(l, location, 'success', node, callee.includes('SUCC') ? edges : swapped(edges), first);
    return true;
  }
  const expanded = l.state.names.lookUp(callee) ? undefined : expandCondition(l, node, callee, args);
  expanded?.of.condition(expanded.node, edges.then, edges.otherwise);
  return expanded !== undefined;
}

function binary(l: Lowering, node: Syntax, edges: Edges): void {
  const operator = node.child('operator')?.text ?? '';
  const [left, right] = [node.child('left'), node.child('right')];
  if (!left || !right) {
    testUnknown(l, node, edges);
  } else if (isConnective(operator)) {
    const next = l.state.builder.newBlock();
    const isAnd = operator === '&&' || operator === 'and';
    l.condition(left, isAnd ? next : edges.then, isAnd ? edges.otherwise : next);
    l.state.builder.start(next);
    l.condition(right, edges.then, edges.otherwise);
  } else {
    lowerComparison(l, node, left, right, edges);
  }
}

function isConnective(operator: string): boolean {
  return operator === '&&' || operator === '||' || operator === 'and' || operator === 'or';
}

/** A condition's outcome as a value: true on one way, false on the other. */
export function lowerBoolean(l: Lowering, node: Syntax, into: Location | undefined, used: boolean): Operand {
  const span = spanOf(l, node);
  const connects = isConnective(node.child('operator')?.text ?? '');
  const isTest = connects || node.type === 'unary_expression' || isTestOfConstant(l, node);
  if (!isTest || (!used && into === undefined && !connects)) {
    for (const child of node.parts) l.value(child);
    return settle(l, { text: shortText(node) }, into, span);
  }
  const { builder } = l.state;
  const result = into ?? builder.newTemporary();
  const outcome = (constant: Constant): void => {
    assign(l, result, { constant, text: constant }, span);
  };
  builder.ifElse(
    (then, otherwise) => {
      l.condition(node, then, otherwise);
    },
    () => {
      outcome('true');
    },
    () => {
      outcome('false');
    },
  );
  return { location: result, text: shortText(node) };
}
