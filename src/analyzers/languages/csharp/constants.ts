/** Constants that tests on handles distinguish, as C# writes them. */
import type { Constant, Operand } from '../../flow/graph.ts';
import { shortText } from '../shared/function-state.ts';
import type { Syntax } from '../shared/syntax.ts';
import { transparentInner } from './transparent.ts';

const ZERO = /^0[xX]?0*(?:[uUlL]{0,2}|[fFdDmM])$/u;
const ZERO_NAME = /^(?:System\.)?(?:U?IntPtr|nu?int|HANDLE|HWND)\.(?:Zero|Null)$/u;
const INVALID_NAME = /(?:^|\.)(?:INVALID_HANDLE_VALUE|InvalidHandleValue|InvalidHandle|MAP_FAILED|MapFailed)$/u;
const POINTER_TYPE = /^(?:(?:System\.)?U?IntPtr|nu?int)$/u;

/** The constant that an expression is, as an operand; undefined for everything that has to be evaluated. */
export function constantOperand(node: Syntax): Operand | undefined {
  const constant = constantOf(node);
  if (constant === undefined) return undefined;
  const literal = constant === 'other' ? literalOf(node) : undefined;
  return { constant, text: shortText(node), ...(literal === undefined ? {} : { literal }) };
}

function constantOf(node: Syntax): Constant | undefined {
  switch (node.type) {
    case 'null_literal':
    case 'default_expression':
      return 'null';
    case 'boolean_literal':
      return node.text === 'true' ? 'true' : 'false';
    case 'integer_literal':
    case 'real_literal':
      return ZERO.test(node.text.replaceAll('_', '')) ? 'null' : 'other';
    case 'string_literal':
    case 'verbatim_string_literal':
    case 'raw_string_literal':
    case 'character_literal':
    case 'typeof_expression':
    case 'sizeof_expression':
      return 'other';
    case 'identifier':
      return INVALID_NAME.test(node.text) ? 'minus-one' : undefined;
    case 'member_access_expression':
      return namedConstant(node);
    case 'prefix_unary_expression':
      return negated(node);
    case 'object_creation_expression':
      return pointerOf(node);
    case 'invocation_expression':
      return node.child('function')?.text === 'nameof' ? 'other' : undefined;
    case 'parenthesized_expression':
    case 'cast_expression':
    case 'checked_expression': {
      const inner = transparentInner(node);
      return inner && constantOf(inner);
    }
    default:
      return undefined;
  }
}

function namedConstant(node: Syntax): Constant | undefined {
  if (node.end - node.start > 80) return undefined;
  const text = node.text.replaceAll(/\s+/gu, '');
  return ZERO_NAME.test(text) ? 'null' : INVALID_NAME.test(text) ? 'minus-one' : undefined;
}

function negated(node: Syntax): Constant | undefined {
  const inner = node.first;
  if (!node.has('-') || inner === undefined || constantOf(inner) === undefined) return undefined;
  return inner.text === '1' ? 'minus-one' : 'other';
}

/** `new IntPtr(-1)` */
function pointerOf(node: Syntax): Constant | undefined {
  if (!POINTER_TYPE.test(node.child('type')?.text ?? '')) return undefined;
  const [argument, ...more] = node.child('arguments')?.parts ?? [];
  return argument?.last === undefined || more.length > 0 ? 'null' : constantOf(argument.last);
}

function literalOf(node: Syntax): string | undefined {
  switch (node.type) {
    case 'string_literal':
      return node.text.slice(1, -1);
    case 'verbatim_string_literal':
      return node.text.slice(2, -1).replaceAll('""', '"');
    case 'raw_string_literal':
      return node.ofType('raw_string_content')?.text ?? '';
    default:
      return undefined;
  }
}
