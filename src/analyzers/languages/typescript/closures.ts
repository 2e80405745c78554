/** Functions within functions: which locals of the one around they use. */
import type { Span } from '../../flow/graph.ts';
import { firstUses } from '../shared/closures.ts';
import { descendants, type Syntax } from '../shared/syntax.ts';
import type { Lowering } from './lowering.ts';

const FUNCTIONS = new Set([
  'function_declaration',
  'generator_function_declaration',
  'function_expression',
  'generator_function',
  'arrow_function',
  'method_definition',
  'class_static_block',
]);
const CLASSES = new Set(['class_declaration', 'abstract_class_declaration', 'class']);

export function isFunction(node: Syntax): boolean {
  return FUNCTIONS.has(node.type);
}

export function isClass(node: Syntax): boolean {
  return CLASSES.has(node.type) && node.named && node.child('body') !== undefined;
}

/** What is not part of the function around it. */
export function isClosure(node: Syntax): boolean {
  return isFunction(node) || isClass(node);
}

export function noteClosure(lowering: Lowering, node: Syntax): void {
  lowering.closures.push({ node, scope: lowering.state.names.current });
}

/** Names that the closure, or one inside of it, uses and does not declare, with the place of their first use. */
export function usedNames(closure: Syntax): ReadonlyMap<string, Span> {
  const names = [...descendants(closure)].filter(
    ({ type }) => type === 'identifier' || type === 'shorthand_property_identifier',
  );
  return firstUses(names, declaredNames(closure, false));
}

/** Names of the locals and parameters of a function; with `own` without those of the functions inside of it. */
export function declaredNames(root: Syntax, own: boolean): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of descendants(root, (inner) => own && isClosure(inner))) {
    switch (node.type) {
      case 'variable_declarator':
        addNames(node.child('name'), names);
        break;
      case 'required_parameter':
      case 'optional_parameter':
        addNames(node.child('pattern'), names);
        break;
      case 'arrow_function':
      case 'catch_clause':
        addNames(node.child('parameter'), names);
        break;
      case 'for_in_statement':
        if (node.child('kind') !== undefined) addNames(node.child('left'), names);
        break;
      case 'assignment_expression':
        if (node.has('using')) addNames(node.child('left'), names);
        break;
    }
  }
  if (root.type === 'arrow_function') addNames(root.child('parameter'), names);
  return names;
}

/** The names that a pattern declares. */
export function addNames(pattern: Syntax | undefined, names: Set<string>): void {
  if (pattern === undefined) return;
  switch (pattern.type) {
    case 'identifier':
    case 'shorthand_property_identifier_pattern':
      names.add(pattern.text);
      break;
    case 'pair_pattern':
      addNames(pattern.child('value'), names);
      break;
    case 'assignment_pattern':
    case 'object_assignment_pattern':
      addNames(pattern.child('left'), names);
      break;
    default:
      for (const part of pattern.parts) addNames(part, names);
  }
}
