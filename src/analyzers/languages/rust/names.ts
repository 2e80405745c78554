/** What a Rust file says of the names that its functions use: imports under another name, structs. */
import { descendants, type Syntax } from '../shared/syntax.ts';
import type { FileFacts } from '../shared/terms/lowering.ts';

export interface RustNames {
  readonly file: FileFacts;
  /** Structs whose fields have no names. */
  readonly tuples: ReadonlySet<string>;
}

export function isVariable({ type, field }: Syntax): boolean {
  return type === 'self' || (type === 'identifier' && field !== 'name' && field !== 'path');
}

export function* namesIn(node: Syntax): Generator<string> {
  for (const inner of descendants(node)) if (isVariable(inner)) yield inner.text;
}

export function readNames(root: Syntax): RustNames {
  const functionNames = new Map<string, string>();
  const types = new Set<string>();
  const tuples = new Set<string>();
  for (const node of descendants(root, ({ type }) => type === 'block')) {
    if (node.type === 'use_as_clause') {
      const [path, alias] = [node.child('path'), node.child('alias')?.text];
      if (path !== undefined && alias !== undefined) functionNames.set(alias, lastSegment(path));
    } else if (/^(?:struct|enum|union)_item$/u.test(node.type)) {
      const name = node.child('name')?.text ?? '';
      types.add(name);
      if (node.child('body')?.type === 'ordered_field_declaration_list') tuples.add(name);
    }
  }
  const key = [[...functionNames].join(';'), [...types].join(), [...tuples].join()].join('\n');
  return {
    tuples,
    file: {
      dialect: 'rust',
      functionNames,
      modules: new Set(),
      packages: new Set(),
      types: new Set(),
      capitalTypes: true,
      anyIsCondition: false,
      // BOOL and Ok are true, a function of the C library gives zero.
      releaseGives: (qualifier) => (qualifier === 'libc' ? 'null' : 'true'),
      key,
    },
  };
}

export function lastSegment(path: Syntax): string {
  return path.child('name')?.text ?? path.text;
}

/** The type's own name, without references, paths and arguments. */
export function simpleType(type: Syntax | undefined): string | undefined {
  switch (type?.type) {
    case 'type_identifier':
      return type.text;
    case 'generic_type':
    case 'reference_type':
    case 'pointer_type':
      return simpleType(type.child('type'));
    case 'scoped_type_identifier':
      return type.child('name')?.text;
    default:
      return undefined;
  }
}
