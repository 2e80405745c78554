/** Constants that tests on handles distinguish, as JavaScript writes them. */
import type { Constant, Operand } from '../../flow/graph.ts';
import { shortText } from '../shared/function-state.ts';
import type { Syntax } from '../shared/syntax.ts';
import { withoutTransparent } from './transparent.ts';

const ZERO = /^0(?:[xXbBoO]0+|\.0*)?n?$/u;
const ALL_ONES = /^0x(?:f{8}|f{16})n?$/iu;
const INVALID = /(?:^|\.)(?:INVALID_HANDLE_VALUE|MAP_FAILED)$/u;

/** The constant that an expression is, as an operand; undefined for everything that has to be evaluated. */
export function constantOperand(node: Syntax): Operand | undefined {
  const plain = withoutTransparent(node);
  const constant = constantOf(plain);
  if (constant === undefined) return undefined;
  const literal = literalOf(plain);
  return { constant, text: shortText(node), ...(literal === undefined ? {} : { literal }) };
}

function constantOf(node: Syntax): Constant | undefined {
  switch (node.type) {
    case 'null':
    case 'undefined':
      return 'null';
    case 'true':
      return 'true';
    case 'false':
      return 'false';
    case 'number': {
      const text = node.text.replaceAll('_', '');
      return ZERO.test(text) ? 'null' : ALL_ONES.test(text) ? 'minus-one' : 'other';
    }
    case 'unary_expression':
      return unary(node);
    case 'string':
    case 'regex':
      return 'other';
    case 'template_string':
      return node.has('template_substitution') ? undefined : 'other';
    case 'identifier':
    case 'member_expression':
      return node.end - node.start < 80 && INVALID.test(node.text) ? 'minus-one' : undefined;
    default:
      return undefined;
  }
}

function unary(node: Syntax): Constant | undefined {
  const [operator, argument] = [node.child('operator')?.type, node.child('argument')];
  if (argument === undefined) return undefined;
  if (operator === 'void') return argument.type === 'number' ? 'null' : undefined;
  if (operator !== '-' || argument.type !== 'number') return undefined;
  return /^1n?$/u.test(argument.text) ? 'minus-one' : 'other';
}

function literalOf(node: Syntax): string | undefined {
  return node.type === 'string' || node.type === 'template_string' ? node.text.slice(1, -1) : undefined;
}
