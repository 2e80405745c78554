/** Conditions to branches: `&&`, `||`, `!`, and the tests on handles, status codes and flags that edges refine. */
import type { Syntax } from '../shared/syntax.ts';
import type { BlockId } from '../../flow/builder.ts';
import type { Constant, Location, Operand, Test } from '../../flow/graph.ts';
import { constantOf, isSuccessName } from './constants.ts';
import { declareInCondition } from './declarations.ts';
import { constantFor } from './initializers.ts';
import { assign, descend, settle, shortText, spanOf } from './lowering.ts';
import type { Lowering } from './lowering.ts';
import { expandCondition, macroArgument } from './macro-calls.ts';
import { typeOf, withoutParentheses } from './places.ts';
import { isBoolean, isNumber, isStatus } from './types.ts';

const EXPECTS =
  /^(?:likely|unlikely|LIKELY|UNLIKELY|__builtin_expect|G_LIKELY|G_UNLIKELY|Q_LIKELY|Q_UNLIKELY|JUST_LIKELY|ABSL_PREDICT_TRUE|ABSL_PREDICT_FALSE)$/u;

export function lowerCondition(l: Lowering, node: Syntax, then: BlockId, otherwise: BlockId): void {
  descend(l, () => {
    condition(l, node, then, otherwise);
  });
}

function condition(l: Lowering, node: Syntax, then: BlockId, otherwise: BlockId): void {
  const { builder } = l.state;
  const inner = withoutParentheses(node);
  switch (inner.type) {
    case 'condition_clause':
      clause(l, inner, then, otherwise);
      return;
    case 'unary_expression': {
      const operator = inner.child('operator')?.text;
      const argument = inner.child('argument');
      if ((operator === '!' || operator === 'not') && argument) {
        l.condition(argument, otherwise, then);
        return;
      }
      break;
    }
    case 'comma_expression': {
      const [left, right] = [inner.child('left'), inner.child('right')];
      if (left && right) {
        l.effect(left);
        l.condition(right, then, otherwise);
        return;
      }
      break;
    }
    case 'binary_expression':
      binary(l, inner, then, otherwise);
      return;
    case 'call_expression':
      if (callTest(l, inner, then, otherwise)) return;
      break;
    case 'identifier': {
      const argument = macroArgument(l, inner.text);
      if (argument?.nodes[0]) {
        argument.of.condition(argument.nodes[0], then, otherwise);
        return;
      }
      const expanded = l.state.names.lookUp(inner.text) ? undefined : expandCondition(l, inner, inner.text, []);
      if (expanded) {
        expanded.of.condition(expanded.node, then, otherwise);
        return;
      }
      break;
    }
    default:
  }
  const constant = constantOf(inner.text);
  if (constant !== undefined && inner.type !== 'call_expression') {
    builder.goto(constant === 'null' || constant === 'false' ? otherwise : then);
    return;
  }
  truthOf(l, inner, then, otherwise);
}

/** `if (T x = f(); x)`, `if (T x = f())`. */
function clause(l: Lowering, node: Syntax, then: BlockId, otherwise: BlockId): void {
  const initializer = node.child('initializer');
  const value = node.child('value') ?? node.parts.at(-1);
  if (initializer) l.statement(initializer);
  const declared = value?.type === 'declaration' ? declareInCondition(l, value) : undefined;
  if (declared) {
    truthOf(l, declared, then, otherwise);
    return;
  }
  if (value && value.type !== 'declaration') {
    l.condition(value, then, otherwise);
  } else {
    unknown(l, node, then, otherwise);
  }
}

function unknown(l: Lowering, node: Syntax, then: BlockId, otherwise: BlockId): void {
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

function is(
  l: Lowering,
  location: Location,
  value: Constant | 'negative' | 'success',
  node: Syntax,
  then: BlockId,
  otherwise: BlockId,
): void {
  const test: Test = { op: 'is', location, value, span: spanOf(l, node), text: testText(testedText(l, node), value) };
  l.state.builder.branch(test, then, otherwise);
}

/** What a test asks, in words of the source: `x != NULL` is the test `x == 0` with its branches swapped. */
function testText(tested: string, value: Constant | 'negative' | 'success'): string {
  switch (value) {
    case 'null':
      return `${tested} == 0`;
    case 'minus-one':
      return `${tested} == -1`;
    case 'negative':
      return `${tested} < 0`;
    case 'false':
      return `!${tested}`;
    default:
      return tested;
  }
}

/** What is compared with a constant, without the comparison: the branches may be the other way round. */
function testedText(l: Lowering, node: Syntax): string {
  const inner = withoutParentheses(node);
  const [left, right] = [inner.child('left'), inner.child('right')];
  if (inner.type !== 'binary_expression' || !left || !right) return shortText(inner);
  return shortText(constantOfNode(l, left) === undefined ? left : right);
}

/** The value itself is the condition. */
function truthOf(l: Lowering, node: Syntax, then: BlockId, otherwise: BlockId): void {
  const type = typeOf(l, node);
  const operand = l.value(node);
  if (operand.constant !== undefined) {
    l.state.builder.goto(operand.constant === 'null' || operand.constant === 'false' ? otherwise : then);
  } else if (operand.location === undefined || (l.state.loopElements.length > 0 && isNumber(type))) {
    unknown(l, node, then, otherwise);
  } else if (isBoolean(type)) {
    is(l, operand.location, 'true', node, then, otherwise);
  } else if (isStatus(type)) {
    is(l, operand.location, 'success', node, otherwise, then);
  } else {
    is(l, operand.location, 'null', node, otherwise, then);
  }
}

function callTest(l: Lowering, node: Syntax, then: BlockId, otherwise: BlockId): boolean {
  const callee = node.child('function')?.text ?? '';
  const args = node.child('arguments')?.parts ?? [];
  const [first] = args;
  if (first && EXPECTS.test(callee)) {
    l.condition(first, then, otherwise);
    return true;
  }
  if (
    first &&
    args.length === 1 &&
    /^(?:NT_SUCCESS|SUCCEEDED|FAILED|NT_ERROR|SUCCEEDED_LOG|FAILED_LOG|BCRYPT_SUCCESS)$/u.test(callee)
  ) {
    const operand = l.value(first);
    const succeeded = callee.includes('SUCC');
    if (operand.location === undefined) {
      unknown(l, node, then, otherwise);
    } else {
      is(l, operand.location, 'success', node, succeeded ? then : otherwise, succeeded ? otherwise : then);
    }
    return true;
  }
  const expanded = l.state.names.lookUp(callee) ? undefined : expandCondition(l, node, callee, args);
  expanded?.of.condition(expanded.node, then, otherwise);
  return expanded !== undefined;
}

const MIRRORED: Readonly<Record<string, string>> = {
  '<': '>',
  '>': '<',
  '<=': '>=',
  '>=': '<=',
  '==': '==',
  '!=': '!=',
  not_eq: '!=',
};

function binary(l: Lowering, node: Syntax, then: BlockId, otherwise: BlockId): void {
  const operator = node.child('operator')?.text ?? '';
  const [left, right] = [node.child('left'), node.child('right')];
  const { builder } = l.state;
  if (!left || !right) {
    unknown(l, node, then, otherwise);
    return;
  }
  if (['&&', 'and', '||', 'or'].includes(operator)) {
    const next = builder.newBlock();
    const isAnd = operator === '&&' || operator === 'and';
    l.condition(left, isAnd ? next : then, isAnd ? otherwise : next);
    builder.start(next);
    l.condition(right, then, otherwise);
    return;
  }
  const mirrored = MIRRORED[operator];
  const [ofLeft, ofRight] = [constantOfNode(l, left), constantOfNode(l, right)];
  if (mirrored === undefined || (ofLeft === undefined) === (ofRight === undefined)) {
    l.value(left);
    l.value(right);
    unknown(l, node, then, otherwise);
  } else if (ofRight !== undefined) {
    compare(l, node, left, operator === 'not_eq' ? '!=' : operator, right, ofRight, then, otherwise);
  } else if (ofLeft !== undefined) {
    compare(l, node, right, mirrored, left, ofLeft, then, otherwise);
  }
}

/** A constant through the arguments of macros and the file's own constants. */
function constantOfNode(l: Lowering, node: Syntax): Constant | undefined {
  const inner = withoutParentheses(node);
  if (inner.type === 'identifier') {
    const argument = macroArgument(l, inner.text);
    if (argument) return argument.nodes[0] ? constantOfNode(argument.of, argument.nodes[0]) : undefined;
    if (l.state.names.lookUp(inner.text)) return undefined;
    const macro = l.state.facts.macros.get(inner.text);
    return macro && macro.parameters === undefined ? constantOf(macro.body) : constantOf(inner.text);
  }
  const mayBe = [
    'number_literal',
    'null',
    'true',
    'false',
    'unary_expression',
    'cast_expression',
    'qualified_identifier',
    'call_expression',
  ].includes(inner.type);
  return mayBe ? constantOf(inner.text) : undefined;
}

function compare(
  l: Lowering,
  node: Syntax,
  value: Syntax,
  operator: string,
  constantNode: Syntax,
  constant: Constant,
  then: BlockId,
  otherwise: BlockId,
): void {
  const type = typeOf(l, value);
  const operand = l.value(value);
  const { location } = operand;
  const { builder } = l.state;
  if (location === undefined || (constant === 'other' && operator !== '==' && operator !== '!=')) {
    unknown(l, node, then, otherwise);
  } else if (operator === '==' || operator === '!=') {
    const asked = equality(constant, constantNode, type);
    if (asked === undefined) {
      unknown(l, node, then, otherwise);
    } else {
      is(l, location, asked, node, operator === '==' ? then : otherwise, operator === '==' ? otherwise : then);
    }
  } else if ((operator === '<' && constant === 'null') || (operator === '<=' && constant === 'minus-one')) {
    is(l, location, 'negative', node, then, otherwise);
  } else if ((operator === '>=' && constant === 'null') || (operator === '>' && constant === 'minus-one')) {
    is(l, location, 'negative', node, otherwise, then);
  } else if (constant === 'null') {
    // `x > 0`, `x <= 0`: neither negative nor zero.
    const [positive, notPositive] = operator === '>' ? [then, otherwise] : [otherwise, then];
    const next = builder.newBlock();
    is(l, location, 'negative', node, notPositive, next);
    builder.start(next);
    is(l, location, 'null', node, notPositive, positive);
  } else {
    unknown(l, node, then, otherwise);
  }
}

function equality(constant: Constant, constantNode: Syntax, type: string): Constant | 'success' | undefined {
  if (isSuccessName(constantNode.text) || (constant === 'null' && isStatus(type))) {
    return 'success';
  }
  if (constant === 'other') {
    return isBoolean(type) ? 'true' : undefined;
  }
  return constantFor(constant, type);
}

/** A condition's outcome as a value: true on one way, false on the other. */
export function lowerBoolean(l: Lowering, node: Syntax, into: Location | undefined, used: boolean): Operand {
  const { builder } = l.state;
  const span = spanOf(l, node);
  if (!used && into === undefined && !/&&|\|\||\band\b|\bor\b/u.test(node.text)) {
    for (const child of node.parts) l.effect(child);
    return { text: shortText(node) };
  }
  if (!isWorthTesting(l, node)) {
    for (const child of node.parts) l.value(child);
    return settle(l, { text: shortText(node) }, into, span);
  }
  const result = into ?? builder.newTemporary();
  const flag = (constant: Constant): void => {
    assign(l, result, { constant, text: constant }, span);
  };
  builder.ifElse(
    (then, otherwise) => {
      l.condition(node, then, otherwise);
    },
    () => {
      flag('true');
    },
    () => {
      flag('false');
    },
  );
  return { location: result, text: shortText(node) };
}

/** Comparisons of numbers say nothing of resources. */
function isWorthTesting(l: Lowering, node: Syntax): boolean {
  const inner = withoutParentheses(node);
  if (inner.type !== 'binary_expression') {
    return inner.type === 'unary_expression';
  }
  const operator = inner.child('operator')?.text ?? '';
  if (['&&', '||', 'and', 'or'].includes(operator)) {
    return true;
  }
  const [left, right] = [inner.child('left'), inner.child('right')];
  return [left, right].some((side) => {
    const constant = side && constantOfNode(l, side);
    return constant !== undefined && constant !== 'other';
  });
}
