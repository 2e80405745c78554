/** C# conditions: jumps with the tests that the analysis understands. */
import type { Node } from 'web-tree-sitter';
import type { BlockId } from '../../flow/builder.ts';
import type { Constant, Location, Test } from '../../flow/graph.ts';
import { field, hasToken, namedChildren, shortText } from '../cs-shared/nodes.ts';
import { constantOf } from './constants.ts';
import { assign, declareLocal, type Lowering, placeOf, spanOf, typeName } from './lowering.ts';

export function lowerCondition(lowering: Lowering, node: Node, then: BlockId, otherwise: BlockId): void {
  switch (node.type) {
    case 'parenthesized_expression':
    case 'await_expression':
    case 'checked_expression': {
      const inner = namedChildren(node).at(-1);
      if (inner) lowering.condition(inner, then, otherwise);
      else unknown(lowering, node, then, otherwise);
      break;
    }
    case 'prefix_unary_expression': {
      const inner = namedChildren(node)[0];
      if (hasToken(node, '!') && inner) lowering.condition(inner, otherwise, then);
      else unknown(lowering, node, then, otherwise);
      break;
    }
    case 'binary_expression':
      lowerBinaryCondition(lowering, node, then, otherwise);
      break;
    case 'is_pattern_expression':
      lowerPattern(lowering, node, field(node, 'expression'), field(node, 'pattern'), then, otherwise);
      break;
    case 'is_expression': {
      // `x is T`: an instance of the type is not null.
      const place = placeOf(lowering, field(node, 'left') ?? namedChildren(node)[0]);
      isNull(lowering, node, place, otherwise, then);
      break;
    }
    case 'boolean_literal':
      lowering.builder.goto(node.text === 'true' ? then : otherwise);
      break;
    default:
      lowerTruth(lowering, node, then, otherwise);
  }
}

function lowerBinaryCondition(lowering: Lowering, node: Node, then: BlockId, otherwise: BlockId): void {
  const operator = field(node, 'operator')?.text ?? '';
  const [left, right] = [field(node, 'left'), field(node, 'right')];
  if (left === undefined || right === undefined) {
    unknown(lowering, node, then, otherwise);
    return;
  }
  switch (operator) {
    case '&&':
    case '||':
      lowerJunction(
        lowering,
        operator,
        (yes, no) => {
          lowering.condition(left, yes, no);
        },
        right,
        then,
        otherwise,
      );
      break;
    case '==':
      lowerEquality(lowering, node, left, right, then, otherwise);
      break;
    case '!=':
      lowerEquality(lowering, node, left, right, otherwise, then);
      break;
    case '<':
    case '>=': {
      const place = constantOf(right) === 'null' ? placeOf(lowering, left) : undefined;
      const [yes, no] = operator === '<' ? [then, otherwise] : [otherwise, then];
      if (place === undefined) unknown(lowering, node, then, otherwise);
      else branch(lowering, node, place, 'negative', yes, no);
      break;
    }
    default:
      unknown(lowering, node, then, otherwise);
  }
}

function lowerJunction(
  lowering: Lowering,
  operator: string,
  left: (then: BlockId, otherwise: BlockId) => void,
  right: Node,
  then: BlockId,
  otherwise: BlockId,
): void {
  const next = lowering.builder.newBlock();
  if (operator === '&&') left(next, otherwise);
  else left(then, next);
  lowering.builder.start(next);
  lowering.condition(right, then, otherwise);
}

function lowerEquality(
  lowering: Lowering,
  node: Node,
  left: Node,
  right: Node,
  then: BlockId,
  otherwise: BlockId,
): void {
  const [tested, constant] = constantOf(left) === undefined ? [left, constantOf(right)] : [right, constantOf(left)];
  if (constant === undefined) {
    unknown(lowering, node, then, otherwise);
    return;
  }
  if (constant === 'true' || constant === 'false') {
    lowering.condition(tested, constant === 'true' ? then : otherwise, constant === 'true' ? otherwise : then);
    return;
  }
  const place = placeOf(lowering, tested);
  if (place === undefined) lowering.builder.branch(test(lowering, node), then, otherwise);
  else branch(lowering, node, place, constant, then, otherwise);
}

/** `x is pattern`. The grammar lets a constant pattern swallow what follows it: `x is null || y`. */
function lowerPattern(
  lowering: Lowering,
  node: Node,
  expression: Node | undefined,
  pattern: Node | undefined,
  then: BlockId,
  otherwise: BlockId,
): void {
  const place = placeOf(lowering, expression);
  patternTest(lowering, node, place, pattern, then, otherwise);
}

function patternTest(
  lowering: Lowering,
  node: Node,
  place: Location | undefined,
  pattern: Node | undefined,
  then: BlockId,
  otherwise: BlockId,
): void {
  switch (pattern?.type) {
    case 'constant_pattern':
    case 'parenthesized_pattern':
      patternTest(lowering, node, place, namedChildren(pattern)[0], then, otherwise);
      break;
    case 'negated_pattern':
      patternTest(lowering, node, place, namedChildren(pattern)[0], otherwise, then);
      break;
    case 'binary_expression': {
      const operator = field(pattern, 'operator')?.text ?? '';
      const [left, right] = [field(pattern, 'left'), field(pattern, 'right')];
      if ((operator === '&&' || operator === '||') && left && right) {
        lowerJunction(
          lowering,
          operator,
          (yes, no) => {
            patternTest(lowering, node, place, left, yes, no);
          },
          right,
          then,
          otherwise,
        );
      } else {
        lowering.builder.branch(test(lowering, node), then, otherwise);
      }
      break;
    }
    case 'declaration_pattern':
    case 'recursive_pattern':
    case 'var_pattern':
      typePattern(lowering, node, place, pattern, then, otherwise);
      break;
    case 'type_pattern':
    case 'identifier':
      isNull(lowering, node, place, otherwise, then);
      break;
    default: {
      const constant = pattern && constantOf(pattern);
      if (constant === undefined || place === undefined) lowering.builder.branch(test(lowering, node), then, otherwise);
      else if (constant === 'true') branch(lowering, node, place, 'true', then, otherwise);
      else if (constant === 'false') branch(lowering, node, place, 'true', otherwise, then);
      else branch(lowering, node, place, constant, then, otherwise);
    }
  }
}

/** `x is T y`, `x is { } y`: not null where it holds, and then y is x. */
function typePattern(
  lowering: Lowering,
  node: Node,
  place: Location | undefined,
  pattern: Node,
  then: BlockId,
  otherwise: BlockId,
): void {
  const matched = lowering.builder.newBlock();
  isNull(lowering, node, place, otherwise, matched);
  lowering.builder.start(matched);
  const name = field(pattern, 'name');
  if (name && place !== undefined) {
    const local = declareLocal(lowering, name.text, name, typeName(field(pattern, 'type')));
    assign(lowering, local, { location: place, text: name.text }, pattern);
  }
  lowering.builder.goto(then);
}

/** Properties of safe handles that say that there is none. */
const INVALID = /\.(?:IsInvalid|IsNull|IsEmpty)$/u;

function lowerTruth(lowering: Lowering, node: Node, then: BlockId, otherwise: BlockId): void {
  if (node.type === 'member_access_expression' && INVALID.test(node.text)) {
    isNull(lowering, node, placeOf(lowering, field(node, 'expression')), then, otherwise);
    return;
  }
  const { location } = lowering.value(node);
  if (location === undefined) lowering.builder.branch(test(lowering, node), then, otherwise);
  else branch(lowering, node, location, 'true', then, otherwise);
}

function isNull(lowering: Lowering, node: Node, place: Location | undefined, then: BlockId, otherwise: BlockId): void {
  if (place === undefined) lowering.builder.branch(test(lowering, node), then, otherwise);
  else branch(lowering, node, place, 'null', then, otherwise);
}

function branch(
  lowering: Lowering,
  node: Node,
  location: Location,
  value: Constant | 'negative',
  then: BlockId,
  otherwise: BlockId,
): void {
  lowering.builder.branch(
    { op: 'is', location, value, span: spanOf(lowering, node), text: shortText(node) },
    then,
    otherwise,
  );
}

/** Anything: both operands are evaluated, and either way is possible. */
function unknown(lowering: Lowering, node: Node, then: BlockId, otherwise: BlockId): void {
  for (const child of namedChildren(node)) lowering.effect(child);
  lowering.builder.branch(test(lowering, node), then, otherwise);
}

function test(lowering: Lowering, node: Node): Test {
  return { op: 'unknown', span: spanOf(lowering, node), text: shortText(node) };
}
