/** Declarations of locals: their locations, types and scopes. */
import type { Location } from '../../flow/graph.ts';
import { descendants, type Syntax } from '../shared/syntax.ts';
import { simpleTypeName } from './class-scope.ts';
import type { Lowering } from './lowering.ts';
import { withoutTransparent } from './transparent.ts';

/** Makes a local of the innermost scope out of the identifier that declares it. */
export function declareLocal(lowering: Lowering, name: Syntax, type: string | undefined): Location {
  const location = bindName(lowering, name.text, name.start, type);
  lowering.state.builder.declare(location);
  return location;
}

/** Parameters live as long as the function and are not declared into a scope. */
export function bindName(lowering: Lowering, name: string, offset: number, type: string | undefined): Location {
  const location = `L:${name}@${offset}`;
  lowering.state.names.bind(name, location);
  if (type !== undefined && type !== '') lowering.state.types.set(location, type);
  return location;
}

/** A local that a pattern, an `out` argument or a deconstruction declares; a discard is none. */
export function declareDesignated(lowering: Lowering, name: Syntax, type: Syntax | undefined): Location | undefined {
  return name.text === '_' ? undefined : declareLocal(lowering, name, writtenType(type));
}

/** The simple name of a type as written; undefined for `var`. */
export function writtenType(type: Syntax | undefined): string | undefined {
  if (type === undefined || type.type === 'implicit_type' || type.text === 'var') return undefined;
  if (type.type === 'ref_type' || type.type === 'scoped_type') return writtenType(type.last);
  return simpleTypeName(type.text);
}

/** What `var` stands for, where the initialiser says it: `new T`, a cast, `as T`. */
export function typeOfInitializer(initializer: Syntax | undefined): string | undefined {
  if (initializer === undefined) return undefined;
  switch (initializer.type) {
    case 'object_creation_expression':
    case 'cast_expression':
      return writtenType(initializer.child('type'));
    case 'as_expression':
      return writtenType(initializer.child('right'));
    case 'integer_literal':
      return 'int';
    default: {
      const inner = withoutTransparent(initializer);
      return inner === initializer ? undefined : typeOfInitializer(inner);
    }
  }
}

const assignedNames = new WeakMap<Syntax, ReadonlySet<string>>();

/** Names that something other than their declaration gives a value to, anywhere in the function or its closures. */
export function isAssigned(root: Syntax, name: string): boolean {
  let names = assignedNames.get(root);
  if (names === undefined) {
    names = new Set(targets(root));
    assignedNames.set(root, names);
  }
  return names.has(name);
}

function* targets(root: Syntax): Generator<string> {
  for (const node of descendants(root)) {
    switch (node.type) {
      case 'assignment_expression': {
        const left = node.child('left');
        if (left?.type === 'identifier') yield left.text;
        if (left?.type === 'tuple_expression') {
          for (const { last } of left.parts) if (last?.type === 'identifier') yield last.text;
        }
        break;
      }
      case 'argument':
      case 'ref_expression':
      case 'prefix_unary_expression':
        if ((node.has('ref') || node.has('out') || node.has('&')) && node.last?.type === 'identifier') {
          yield node.last.text;
        }
    }
  }
}
