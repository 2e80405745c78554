/** Names of functions, and the names that a function declares. */
import { descendants } from '../shared/syntax.ts';
import type { Syntax } from '../shared/syntax.ts';
import { readDeclarator } from './declarators.ts';
import { simpleTypeName } from './types.ts';

export interface FunctionName {
  readonly name: string;
  /** Simple name of the class. */
  readonly owner: string | undefined;
  /** Scopes before the name. */
  readonly path: readonly string[];
}

/**
 * @param owner class around the definition
 * @param namespaces those of the file: `ns::f` is no method
 */
export function nameOf(node: Syntax, owner: string | undefined, namespaces: ReadonlySet<string>): FunctionName {
  const path: string[] = [];
  let at = node;
  while (at.type === 'qualified_identifier') {
    const scope = at.child('scope');
    const name = at.child('name');
    if (scope) path.push(simpleTypeName(scope.text));
    if (!name) break;
    at = name;
  }
  const last = path.at(-1);
  const ownerName = last !== undefined && !namespaces.has(last) ? last : owner;
  return { name: ownName(at, ownerName), owner: ownerName, path };
}

function ownName(node: Syntax, owner: string | undefined): string {
  const name = node.text.replace(/<[^]*$/u, '').trim();
  if (node.type === 'destructor_name' || name.startsWith('~')) return '~';
  if (node.type === 'operator_name' || node.type === 'operator_cast')
    return node.text
      .replaceAll(/\s+/gu, ' ')
      .replace(/\([^]*$/u, '')
      .trim();
  return owner !== undefined && name === owner ? '.ctor' : name;
}

const DECLARING: ReadonlySet<string> = new Set([
  'declaration',
  'parameter_declaration',
  'optional_parameter_declaration',
  'for_range_loop',
  'condition_clause',
  'init_statement',
]);

/** Names of locals and parameters, those of closures inside included. */
export function declaredNames(node: Syntax): ReadonlySet<string> {
  const names = new Set<string>();
  for (const part of descendants(node)) {
    if (
      DECLARING.has(part.type) &&
      !part.parts.some(({ type, text }) => type === 'storage_class_specifier' && text === 'static')
    ) {
      for (const declarator of part.all('declarator')) {
        const shape = readDeclarator(
          declarator.type === 'init_declarator' ? declarator.child('declarator') : declarator,
        );
        for (const name of shape.name?.type === 'structured_binding_declarator' ? shape.name.parts : [shape.name]) {
          if (name) names.add(name.text);
        }
      }
    } else if (part.type === 'lambda_capture_initializer') {
      const name = part.child('left');
      if (name) names.add(name.text);
    }
  }
  return names;
}
