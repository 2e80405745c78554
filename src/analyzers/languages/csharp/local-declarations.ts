/** Declarations of locals as statements, in `for`, `using` and `fixed`. */
import type { Location } from '../../flow/graph.ts';
import { spanOf } from '../shared/function-state.ts';
import type { Syntax } from '../shared/syntax.ts';
import { place } from './access.ts';
import { deconstruct } from './assignments.ts';
import { lowerCreation } from './creations.ts';
import { declareLocal, isAssigned, typeOfInitializer, writtenType } from './declare.ts';
import type { Lowering } from './lowering.ts';

/** A statement of its own. */
export function lowerLocalDeclaration(lowering: Lowering, statement: Syntax): void {
  const declaration = statement.ofType('variable_declaration');
  if (declaration === undefined) return;
  const locals = lowerVariables(lowering, declaration);
  const declarators = declaration.parts.filter(({ type }) => type === 'variable_declarator');
  const type = writtenType(declaration.child('type'));
  for (const [index, location] of locals.entries()) {
    const name = declarators[index]?.child('name')?.text ?? '';
    lowering.state.declarations.set(location, {
      location,
      start: statement.start,
      ...(type === undefined ? {} : { type }),
      alone: locals.length === 1 && !statement.has('modifier') && !isAssigned(lowering.root, name),
    });
  }
}

/** @returns the locals in order; parts of a deconstruction are none of them */
export function lowerVariables(lowering: Lowering, declaration: Syntax): readonly Location[] {
  const type = declaration.child('type');
  return declaration.parts.flatMap((part) =>
    part.type === 'variable_declarator' ? (lowerDeclarator(lowering, part, type) ?? []) : [],
  );
}

function lowerDeclarator(lowering: Lowering, declarator: Syntax, type: Syntax | undefined): Location | undefined {
  const initializer = declarator.has('=') ? declarator.last : undefined;
  const pattern = declarator.ofType('tuple_pattern');
  if (pattern !== undefined) {
    if (initializer) deconstruct(lowering, pattern, initializer);
    return undefined;
  }
  const name = declarator.child('name');
  if (name === undefined) return undefined;
  if (initializer?.type === 'ref_expression' && initializer.last) {
    const referred = place(lowering, initializer.last);
    if (referred !== undefined) lowering.state.names.bind(name.text, referred);
    return undefined;
  }
  const declaredType = writtenType(type) ?? typeOfInitializer(initializer);
  const location = declareLocal(lowering, name, declaredType);
  if (initializer === undefined) {
    return location;
  }
  if (initializer.type === 'implicit_object_creation_expression') {
    lowerCreation(lowering, initializer, location, declaredType);
  } else {
    lowering.value(initializer, location);
  }
  return location;
}

/** The element of a `foreach`, the exception of a `catch`. */
export function declareWith(
  lowering: Lowering,
  name: Syntax,
  type: Syntax | undefined,
  from: Location | undefined,
): void {
  const local = declareLocal(lowering, name, writtenType(type));
  if (from !== undefined) lowering.state.assign(local, { location: from, text: name.text }, spanOf(name));
}
