/** Rust patterns as patterns of terms: Result and Option are their value, or null. */
import type { Syntax } from '../shared/syntax.ts';
import { at, placed, pointedTo } from '../shared/terms/reading.ts';
import type { Pattern, Term } from '../shared/terms/term.ts';

type Read = (node: Syntax | undefined) => Term;

export function readPattern(node: Syntax | undefined, read: Read): Pattern {
  if (node === undefined) return { start: 0, end: 0, text: '', kind: 'ignore' };
  switch (node.type) {
    case 'identifier':
      return readName(node);
    case '_':
    case 'remaining_field_pattern':
      return { ...at(node), kind: 'ignore' };
    case 'mut_pattern':
    case 'ref_pattern':
    case 'reference_pattern':
    case 'parenthesized_pattern':
      return readPattern(node.last, read);
    case 'captured_pattern': {
      const [name, inner] = node.parts;
      return { ...at(node), kind: 'any', patterns: [readPattern(name ?? inner, read)] };
    }
    case 'match_pattern':
      return node.text === '_' ? { ...at(node), kind: 'ignore' } : readPattern(node.first, read);
    case 'or_pattern':
      return { ...at(node), kind: 'any', patterns: node.parts.map((part) => readPattern(part, read)) };
    case 'tuple_struct_pattern':
      return readTupleStruct(node, read);
    case 'tuple_pattern':
    case 'slice_pattern': {
      const isSlice = node.type === 'slice_pattern';
      const inner = node.parts.map((part, index) => ({
        step: isSlice ? '[]' : `${index}`,
        pattern: readPattern(part, read),
      }));
      return { ...at(node), kind: 'parts', parts: inner };
    }
    case 'struct_pattern':
      return {
        ...at(node),
        kind: 'parts',
        parts: node.parts.filter(({ type }) => type === 'field_pattern').map((field) => readField(field, read)),
      };
    case 'integer_literal':
    case 'negative_literal':
    case 'boolean_literal':
    case 'string_literal':
      return { ...at(node), kind: 'equals', value: read(node) };
    case 'const_block':
    case 'scoped_identifier':
      return { ...at(node), kind: 'unknown', patterns: [] };
    default:
      return { ...at(node), kind: 'unknown', patterns: [] };
  }
}

/** What is written in capitals is a constant. */
function readName(node: Syntax): Pattern {
  if (node.text === 'None') return { ...at(node), kind: 'absent' };
  if (/^\p{Lu}/u.test(node.text)) return { ...at(node), kind: 'unknown', patterns: [] };
  return { ...at(node), kind: 'bind', name: node.text };
}

function readTupleStruct(node: Syntax, read: Read): Pattern {
  const [type, ...inner] = node.parts;
  const [first] = inner;
  switch (type?.text) {
    case 'Ok':
    case 'Some':
      return { ...at(node), kind: 'present', pattern: readPattern(first, read) };
    case 'Err':
      return { ...at(node), kind: 'absent', pattern: first && readPattern(first, read) };
    default: {
      const patterns = inner.map((part) => readPattern(part, read));
      return { ...at(node), kind: 'unknown', patterns };
    }
  }
}

function readField(field: Syntax, read: Read): { readonly step: string; readonly pattern: Pattern } {
  const [name, pattern] = [field.child('name') ?? field.first, field.child('pattern')];
  const step = name?.text ?? '';
  if (pattern !== undefined) return { step, pattern: readPattern(pattern, read) };
  return { step, pattern: { ...at(name ?? field), kind: 'bind', name: step } };
}

/** The left side of an assignment. */
export function readTarget(node: Syntax | undefined, read: Read): Pattern {
  if (node === undefined || node.text === '_') return { start: 0, end: 0, text: '', kind: 'ignore' };
  if (node.type === 'unary_expression' && node.has('*')) return placed(pointedTo(node, read(node.first)));
  if (node.type !== 'tuple_expression') return placed(read(node));
  const inner = node.parts.map((part, index) => ({ step: `${index}`, pattern: readTarget(part, read) }));
  return { ...at(node), kind: 'parts', parts: inner };
}
