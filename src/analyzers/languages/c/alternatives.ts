/**
 * Branches of preprocessor conditionals that each hold whole statements. A condition's name is lowered as a flag that
 * nobody knows but that is the same everywhere in the function, so that alternatives never mix.
 */
import type { BlockId } from '../../flow/builder.ts';
import type { Syntax } from '../shared/syntax.ts';
import { constantOf } from './constants.ts';
import { shortText, spanOf } from './lowering.ts';
import type { Lowering } from './lowering.ts';
import { withoutParentheses } from './places.ts';

export function lowerAlternatives(l: Lowering, node: Syntax): void {
  const { builder } = l.state;
  const alternative = node.child('alternative');
  const body = node.parts.filter((part) => part.field !== 'condition' && part.field !== 'name' && part !== alternative);
  const lowerBody = (): void => {
    for (const part of body) l.statement(part);
  };
  if (node.type === 'preproc_else') {
    lowerBody();
    return;
  }
  builder.ifElse(
    (then, otherwise) => {
      conditionOf(l, node, then, otherwise);
    },
    lowerBody,
    alternative &&
      (() => {
        lowerAlternatives(l, alternative);
      }),
  );
}

function conditionOf(l: Lowering, node: Syntax, then: BlockId, otherwise: BlockId): void {
  const name = node.child('name');
  if (name) {
    const isNegated = /^#\s*(?:ifndef|elifndef)/u.test(node.text);
    flag(l, name.text, name, isNegated ? otherwise : then, isNegated ? then : otherwise);
    return;
  }
  const condition = node.child('condition');
  if (condition) {
    expression(l, condition, then, otherwise);
  } else {
    l.state.builder.goto(then);
  }
}

function expression(l: Lowering, node: Syntax, then: BlockId, otherwise: BlockId): void {
  const { builder } = l.state;
  const inner = withoutParentheses(node);
  const operator = inner.child('operator')?.type;
  const [left, right, argument] = [inner.child('left'), inner.child('right'), inner.child('argument')];
  if (inner.type === 'unary_expression' && operator === '!' && argument) {
    expression(l, argument, otherwise, then);
  } else if (left && right && (operator === '&&' || operator === '||')) {
    const next = builder.newBlock();
    expression(l, left, operator === '&&' ? next : then, operator === '&&' ? otherwise : next);
    builder.start(next);
    expression(l, right, then, otherwise);
  } else if (inner.type === 'preproc_defined') {
    flag(l, inner.first?.text ?? '', inner, then, otherwise);
  } else {
    const constant = constantOf(inner.text);
    if (constant === undefined) {
      flag(l, inner.text, inner, then, otherwise);
    } else {
      builder.goto(constant === 'null' || constant === 'false' ? otherwise : then);
    }
  }
}

/** A name that stands in one condition only needs no memory of how it was. */
function flag(l: Lowering, name: string, node: Syntax, then: BlockId, otherwise: BlockId): void {
  const { builder, source } = l.state;
  const [span, text] = [spanOf(l, node), shortText(node)];
  const uses = /^\w+$/u.test(name) ? source.match(new RegExp(`^[ \\t]*#.*\\b${name}\\b`, 'gmu')) : null;
  const location = `L:#${name.replaceAll(/\W+/gu, '_')}@0`;
  if (uses?.length === 1) {
    builder.branch({ op: 'unknown', span, text }, then, otherwise);
  } else {
    builder.branch({ op: 'is', location, value: 'true', span, text }, then, otherwise);
  }
}
