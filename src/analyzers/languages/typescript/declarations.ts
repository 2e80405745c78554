/** Declarations of variables and parameters. */
import type { Location, Parameter } from '../../flow/graph.ts';
import { spanOf } from '../shared/function-state.ts';
import { descendants, type Syntax } from '../shared/syntax.ts';
import { isParameterProperty } from './class-scope.ts';
import { addNames, isClosure } from './closures.ts';
import { constantOperand } from './constants.ts';
import { className } from './creations.ts';
import type { Lowering } from './lowering.ts';
import { declareName, isPattern, takeApart } from './patterns.ts';
import { withoutTransparent } from './transparent.ts';

/** `const`, `let`, `var` */
export function lowerDeclaration(lowering: Lowering, statement: Syntax): void {
  const declarators = statement.parts.filter(({ type }) => type === 'variable_declarator');
  for (const declarator of declarators) {
    const name = declarator.child('name');
    if (name === undefined) continue;
    const value = declarator.child('value');
    if (isPattern(name)) {
      if (value) takeApart(lowering, name, lowering.value(value), declareName);
      continue;
    }
    const location = lowerVariable(lowering, name, declarator.child('type'), value);
    lowering.state.declarations.set(location, {
      location,
      start: statement.start,
      alone: declarators.length === 1 && statement.child('kind')?.type === 'const',
    });
  }
}

export function lowerVariable(
  lowering: Lowering,
  name: Syntax,
  type: Syntax | undefined,
  value: Syntax | undefined,
): Location {
  const location = declareName(lowering, name);
  const typeName = writtenType(type) ?? typeOfInitializer(value);
  if (typeName !== undefined) lowering.state.types.set(location, typeName);
  if (value === undefined) return location;
  const plain = withoutTransparent(value);
  if (plain.type === 'number') lowering.counters.add(location);
  if (plain.type === 'array' && plain.parts.length <= 1) lowering.boxes.add(location);
  lowering.value(value, location);
  return location;
}

/** `var` belongs to the whole function: its names are bound before the first statement. */
export function hoistVariables(lowering: Lowering, body: Syntax): void {
  const declarations = [body, ...descendants(body, isClosure)].filter(({ type }) => type === 'variable_declaration');
  for (const declarator of declarations.flatMap(({ parts }) => parts)) {
    const name = declarator.child('name');
    if (name?.type !== 'identifier' || lowering.state.names.lookUp(name.text) !== undefined) continue;
    if (!lowering.isModule) lowering.state.names.bind(name.text, `L:${name.text}@${name.start}`);
  }
}

export function lowerParameters(lowering: Lowering, root: Syntax): readonly Parameter[] {
  const single = root.child('parameter');
  if (single) return [bindParameter(lowering, single, undefined)];
  const list = root.child('parameters')?.parts.filter(({ type }) => type.endsWith('_parameter')) ?? [];
  return list.map((parameter) => {
    const pattern = parameter.child('pattern') ?? parameter;
    return bindParameter(lowering, pattern, writtenType(parameter.child('type')));
  });
}

/** Parts of patterns, defaults, and fields that a constructor's parameters make. */
export function lowerParameterParts(lowering: Lowering, root: Syntax): void {
  const list = root.child('parameters')?.parts ?? [];
  for (const parameter of list) {
    const [pattern, value] = [parameter.child('pattern'), parameter.child('value')];
    if (pattern === undefined) continue;
    const location = parameterLocation(pattern);
    const operand = { location, text: pattern.text.slice(0, 60) };
    if (isPattern(pattern)) takeApart(lowering, pattern, operand, declareName);
    else if (value && constantOperand(value) === undefined) lowerDefault(lowering, pattern, value, location);
    if (isParameterProperty(parameter)) lowering.state.assign(`S.${pattern.text}`, operand, spanOf(parameter));
  }
}

function lowerDefault(lowering: Lowering, pattern: Syntax, value: Syntax, location: Location): void {
  const { builder } = lowering.state;
  builder.ifElse(
    (then, otherwise) => {
      builder.branch({ op: 'is', location, value: 'null', span: spanOf(pattern), text: '' }, then, otherwise);
    },
    () => lowering.value(value, location),
    undefined,
  );
}

function bindParameter(lowering: Lowering, pattern: Syntax, type: string | undefined): Parameter {
  const location = parameterLocation(pattern);
  const names = new Set<string>();
  addNames(pattern, names);
  const [name = ''] = isPattern(pattern) ? [] : names;
  if (name !== '') lowering.state.names.bind(name, location);
  if (type !== undefined) lowering.state.types.set(location, type);
  return { location, name, ...(type === undefined ? {} : { type }) };
}

/** A parameter that is only taken apart has no name of its own. */
function parameterLocation(pattern: Syntax): Location {
  const name = pattern.type === 'rest_pattern' ? pattern.first : pattern;
  return `L:${name?.type === 'identifier' ? name.text : ''}@${pattern.start}`;
}

/** The simple name of an annotated class; undefined for anything else. */
function writtenType(annotation: Syntax | undefined): string | undefined {
  const type = annotation?.first;
  if (type?.type === 'type_identifier') return type.text;
  return type?.type === 'generic_type' ? type.child('name')?.text : undefined;
}

function typeOfInitializer(value: Syntax | undefined): string | undefined {
  const plain = value && withoutTransparent(value);
  return plain?.type === 'new_expression' ? className(plain.child('constructor')) : undefined;
}
