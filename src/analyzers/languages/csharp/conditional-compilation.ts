/**
 * `#if` inside of a function: its branches are alternatives that never mix. The symbol is tested like a variable that
 * nobody declares, so that all branches on it go the same way on a path.
 */
import type { BlockId } from '../../flow/builder.ts';
import { spanOf } from '../shared/function-state.ts';
import type { Syntax } from '../shared/syntax.ts';
import type { Lowering } from './lowering.ts';

export function lowerAlternatives(lowering: Lowering, node: Syntax): void {
  const { builder } = lowering.state;
  const [then, otherwise, after] = [builder.newBlock(), builder.newBlock(), builder.newBlock()];
  const condition = node.child('condition');
  if (condition) lowerSymbols(lowering, condition, then, otherwise);
  builder.start(then);
  lowerStatements(lowering, node, condition);
  builder.goto(after);
  builder.start(otherwise);
  const alternative = node.child('alternative');
  if (alternative?.type === 'preproc_elif') lowerAlternatives(lowering, alternative);
  else if (alternative) lowerStatements(lowering, alternative, undefined);
  builder.start(after);
}

function lowerStatements(lowering: Lowering, node: Syntax, condition: Syntax | undefined): void {
  for (const part of node.parts) {
    if (part !== condition && part.field !== 'alternative') lowering.statement(part);
  }
}

function lowerSymbols(lowering: Lowering, condition: Syntax, then: BlockId, otherwise: BlockId): void {
  const { builder } = lowering.state;
  const [left, right] = [condition.child('left'), condition.child('right')];
  const operator = condition.child('operator')?.type ?? '';
  if (condition.type === 'parenthesized_expression' && condition.first) {
    lowerSymbols(lowering, condition.first, then, otherwise);
  } else if (condition.first && condition.has('!')) {
    lowerSymbols(lowering, condition.first, otherwise, then);
  } else if (left && right && /^(?:&&|\|\|)$/u.test(operator)) {
    const next = builder.newBlock();
    if (operator === '&&') lowerSymbols(lowering, left, next, otherwise);
    else lowerSymbols(lowering, left, then, next);
    builder.start(next);
    lowerSymbols(lowering, right, then, otherwise);
  } else if (/^(?:true|false)$/u.test(condition.text)) {
    builder.goto(condition.text === 'true' ? then : otherwise);
  } else {
    const location = `L:#${condition.text.replaceAll(/[^\w]/gu, '_')}@-1`;
    builder.branch({ op: 'is', location, value: 'true', span: spanOf(condition), text: '' }, then, otherwise);
  }
}
