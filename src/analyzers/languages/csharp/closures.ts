/** Functions within functions: which locals of the one around they use. */
import type { Span } from '../../flow/graph.ts';
import { firstUses } from '../shared/closures.ts';
import { descendants, type Syntax } from '../shared/syntax.ts';
import type { Lowering } from './lowering.ts';

const CLOSURES = new Set(['lambda_expression', 'anonymous_method_expression', 'local_function_statement']);

export function isClosure(node: Syntax): boolean {
  return CLOSURES.has(node.type);
}

export function noteClosure(lowering: Lowering, node: Syntax): void {
  lowering.closures.push({ node, scope: lowering.state.names.current });
}

/** Names that the closure, or one inside of it, uses and does not declare, with the place of their first use. */
export function usedNames(closure: Syntax): ReadonlyMap<string, Span> {
  const names = [...descendants(closure)].filter(
    ({ type, field }) => type === 'identifier' && field !== 'name' && field !== 'type',
  );
  return firstUses(names, declaredNames(closure, false));
}

/** Names of the locals and parameters of a function; with `own` without those of the functions inside of it. */
export function declaredNames(root: Syntax, own: boolean): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of descendants(root, (inner) => own && isClosure(inner))) {
    if (node.type === 'implicit_parameter') names.add(node.text);
    else if (DECLARING.has(node.type)) addNames(node, names);
    if (node.type === 'foreach_statement') addName(node.child('left'), names);
  }
  return names;
}

/** Nodes whose `name` is a local. */
const DECLARING = new Set([
  'variable_declarator',
  'parameter',
  'declaration_expression',
  'declaration_pattern',
  'recursive_pattern',
  'var_pattern',
  'list_pattern',
  'catch_declaration',
  'tuple_pattern',
  'parenthesized_variable_designation',
  'from_clause',
  'let_clause',
  'join_clause',
]);

function addNames(node: Syntax, names: Set<string>): void {
  for (const name of node.all('name')) addName(name, names);
}

function addName(node: Syntax | undefined, names: Set<string>): void {
  if (node?.type === 'identifier') names.add(node.text);
}
