/** Expressions of which the analysis knows the value: null, an invalid handle, true and false. */
import type { Node } from 'web-tree-sitter';
import type { Constant } from '../../flow/graph.ts';
import { namedChildren } from '../cs-shared/nodes.ts';

const NULLS: ReadonlySet<string> = new Set([
  'IntPtr.Zero',
  'UIntPtr.Zero',
  'nint.Zero',
  'nuint.Zero',
  'HANDLE.NULL',
  'System.IntPtr.Zero',
]);

export function constantOf(node: Node): Constant | undefined {
  switch (node.type) {
    case 'null_literal':
    case 'default_expression':
      return 'null';
    case 'boolean_literal':
      return node.text === 'true' ? 'true' : 'false';
    case 'integer_literal':
      return /^0+[uUlL]*$/u.test(node.text) ? 'null' : 'other';
    case 'string_literal':
    case 'verbatim_string_literal':
    case 'raw_string_literal':
    case 'character_literal':
    case 'real_literal':
      return 'other';
    case 'prefix_unary_expression':
      return /^-\s*1$/u.test(node.text) ? 'minus-one' : undefined;
    case 'identifier':
    case 'member_access_expression':
      return ofName(node.text);
    case 'parenthesized_expression':
    case 'cast_expression':
    case 'checked_expression': {
      const inner = namedChildren(node).at(-1);
      return inner && constantOf(inner);
    }
    case 'object_creation_expression':
      return /^new\s+(?:System\.)?IntPtr\s*\(\s*-\s*1\s*\)$/u.test(node.text) ? 'minus-one' : undefined;
    default:
      return undefined;
  }
}

function ofName(text: string): Constant | undefined {
  if (NULLS.has(text)) return 'null';
  return /(?:^|\.)INVALID_HANDLE_VALUE$/u.test(text) || /(?:^|\.)InvalidHandleValue$/u.test(text)
    ? 'minus-one'
    : undefined;
}

/** Content of a string literal. */
export function literalOf(node: Node): string | undefined {
  return node.type === 'string_literal' || node.type === 'verbatim_string_literal'
    ? node.text.replace(/^@?"|"(?:u8)?$/gu, '')
    : undefined;
}
