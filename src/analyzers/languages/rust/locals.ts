/** What a function's text says of its locals before it is read. */
import { descendants, type Syntax } from '../shared/syntax.ts';
import { type RustNames, simpleType } from './names.ts';

/** Locals that are made by a cast to a pointer. */
export function addresses(root: Syntax): ReadonlySet<string> {
  const declarations = [...descendants(root)].filter(({ type }) => type === 'let_declaration');
  const casts = declarations.filter((node) => innermost(node.child('value'))?.type === 'type_cast_expression');
  return new Set(casts.flatMap((node) => node.child('pattern')?.text ?? []));
}

/** Pointers and references through which something is assigned. */
export function writtenThrough(root: Syntax): ReadonlySet<string> {
  const targets = [...descendants(root)].filter(({ type, field }) => type === 'unary_expression' && field === 'left');
  return new Set(targets.flatMap((target) => (target.has('*') ? (target.first?.text ?? []) : [])));
}

/** Locals that are structs whose fields have no names. */
export function tupleLocals({ tuples }: RustNames, root: Syntax): ReadonlySet<string> {
  const found = new Set<string>();
  for (const node of descendants(root)) {
    const [pattern, value] = [node.child('pattern'), node.child('value')];
    if (pattern?.type !== 'identifier') continue;
    const made = value?.type === 'call_expression' ? (value.child('function')?.text ?? '') : '';
    if (tuples.has(made) || tuples.has(simpleType(node.child('type')) ?? '')) found.add(pattern.text);
  }
  return found;
}

function innermost(node: Syntax | undefined): Syntax | undefined {
  let at = node;
  while (at && /^(?:unsafe_block|block|parenthesized_expression)$/u.test(at.type)) at = at.last;
  return at;
}
