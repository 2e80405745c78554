/** Declarations of locals. */
import type { Node } from 'web-tree-sitter';
import type { Location } from '../../flow/graph.ts';
import { below } from '../../flow/graph.ts';
import { field, namedChildren, shortText } from '../cs-shared/nodes.ts';
import { assign, declareLocal, type Lowering, typeName } from './lowering.ts';

/** A statement of its own: its variable may be turned into a `using` declaration. */
export function declarations(lowering: Lowering, declaration: Node, statement: Node): void {
  const locations = declareVariables(lowering, declaration);
  const [location] = locations;
  if (
    location === undefined ||
    locations.length > 1 ||
    declaration.namedChildren.some(({ type }) => type === 'tuple_pattern')
  )
    return;
  const type = lowering.types.get(location);
  lowering.declarations.push({
    location,
    start: statement.startIndex - lowering.base,
    alone: true,
    ...(type === undefined ? {} : { type }),
  });
}

/** @returns the declared locals, in order */
export function declareVariables(lowering: Lowering, declaration: Node): readonly Location[] {
  const type = typeName(field(declaration, 'type'));
  return namedChildren(declaration)
    .filter((child) => child.type === 'variable_declarator')
    .flatMap((declarator) => declareVariable(lowering, declarator, type));
}

function declareVariable(lowering: Lowering, declarator: Node, type: string | undefined): readonly Location[] {
  const name = field(declarator, 'name');
  const parts = namedChildren(declarator);
  const pattern = parts.find((part) => part.type === 'tuple_pattern');
  const value = parts
    .filter((part) => part.id !== name?.id && part.type !== 'tuple_pattern' && part.type !== 'bracketed_argument_list')
    .at(-1);
  if (pattern) {
    return value ? declarePattern(lowering, pattern, value) : [];
  }
  if (name === undefined) return [];
  // The value is evaluated before the name is known: `var x = f(x)` reads another x.
  if (value === undefined) return [declareLocal(lowering, name.text, name, type)];
  const made = type ?? createdType(value);
  const operand = isMaking(value) ? undefined : lowering.value(value);
  const location = declareLocal(lowering, name.text, name, made);
  if (operand) assign(lowering, location, operand, declarator);
  else lowering.value(value, location);
  return [location];
}

function declarePattern(lowering: Lowering, pattern: Node, value: Node): readonly Location[] {
  const operand = lowering.value(value);
  return namedChildren(pattern).map((name, index) => {
    const location = declareLocal(lowering, name.text, name, undefined);
    const from = operand.location === undefined ? {} : { location: below(operand.location, `Item${index + 1}`) };
    assign(lowering, location, { ...from, text: shortText(name) }, pattern);
    return location;
  });
}

/** Calls and creations put their result where it belongs; everything else is assigned. */
function isMaking(value: Node): boolean {
  return value.type !== 'identifier' && value.type !== 'member_access_expression';
}

function createdType(value: Node): string | undefined {
  return value.type === 'object_creation_expression' ? typeName(field(value, 'type')) : undefined;
}
