/** Classes and functions of a C# file: only declarations are read, a function's body not before it is lowered. */
import type { Node } from 'web-tree-sitter';
import type { ClassFacts } from '../../flow/graph.ts';
import type { FileOutline, FunctionUnit } from '../front-end.ts';
import { type ClassScope, hasModifier, membersIn, primaryParameters, readClassScope } from './class-scope.ts';
import { UnitList } from './units.ts';

const CLASSES = /^(?:class|struct|record|interface)_declaration$/u;
const NAMESPACES = /^(?:file_scoped_)?namespace_declaration$/u;
const TOP_LEVEL = /^(?:global_statement|local_function_statement)$/u;

export function outlineCSharp(root: Node, text: string): FileOutline {
  const units = new UnitList(text);
  const classes = new Map<string, ClassFacts>();
  const top: Node[] = [];
  visitContainer({ units, classes, top }, root, '', undefined);
  units.addTopLevel(top);
  const functions = units.units.toSorted((a: FunctionUnit, b: FunctionUnit) => a.start - b.start || b.end - a.end);
  return { classes: [...classes.values()], functions };
}

interface Found {
  readonly units: UnitList;
  readonly classes: Map<string, ClassFacts>;
  readonly top: Node[];
}

/** A namespace, a class's body, or what stands around a syntax error. */
function visitContainer(found: Found, container: Node, prefix: string, scope: ClassScope | undefined): void {
  let within = prefix;
  for (const child of membersIn(container)) {
    if (NAMESPACES.test(child.type)) {
      const name = `${within}${child.childForFieldName('name')?.text ?? ''}.`;
      const body = child.childForFieldName('body');
      if (body === null) within = name;
      else visitContainer(found, body, name, scope);
    } else if (CLASSES.test(child.type)) {
      visitClass(found, child, within, scope);
    } else if (scope === undefined && TOP_LEVEL.test(child.type)) {
      found.top.push(child);
    } else {
      visitMember(found, child, within, scope);
    }
  }
}

function visitClass(found: Found, node: Node, prefix: string, outer: ClassScope | undefined): void {
  const scope = readClassScope(node, prefix, outer);
  addClass(found.classes, scope);
  if (primaryParameters(node).length > 0) found.units.addPrimaryConstructor(node, scope);
  const body = node.childForFieldName('body');
  if (body) visitContainer(found, body, `${scope.qualifiedName}.`, scope);
}

/** Parts of a partial class in one file are one class. */
function addClass(classes: Map<string, ClassFacts>, scope: ClassScope): void {
  const { name, bases } = scope;
  const fields = [...scope.members].filter(([, member]) => member.kind !== 'method' && member.read === 'direct');
  const before = classes.get(name);
  const names = (from: readonly (readonly [string, unknown])[]): readonly string[] => from.map(([field]) => field);
  const statics = fields.filter(([, { isStatic }]) => isStatic);
  classes.set(name, {
    name,
    bases: [...new Set([...(before?.bases ?? []), ...bases])],
    fields: [...new Set([...(before?.fields ?? []), ...names(fields)])],
    staticFields: [...new Set([...(before?.staticFields ?? []), ...names(statics)])],
    owningFields: [],
    accessors: accessorsOf(scope, before?.accessors),
    initial: new Map([
      ...(before?.initial ?? []),
      ...fields.flatMap(([field, { initial, isStatic }]) =>
        initial === undefined || isStatic ? [] : [[field, initial] as const],
      ),
    ]),
  });
}

function accessorsOf(
  { members }: ClassScope,
  before: ReadonlyMap<string, readonly string[]> = new Map(),
): ReadonlyMap<string, readonly string[]> {
  const accessors = new Map(before);
  for (const [property, { read, write }] of members) {
    for (const access of [read, write]) {
      if (typeof access === 'object')
        accessors.set(access.field, [...new Set([...(accessors.get(access.field) ?? []), property])]);
    }
  }
  return accessors;
}

function visitMember(found: Found, node: Node, prefix: string, scope: ClassScope | undefined): void {
  const name = node.childForFieldName('name')?.text ?? '';
  switch (node.type) {
    case 'method_declaration':
    case 'local_function_statement': {
      const isEntryPoint = name === 'Main' && hasModifier(node, 'static');
      found.units.addMember(node, name, prefix, scope, { isEntryPoint });
      break;
    }
    case 'constructor_declaration':
      found.units.addMember(node, '.ctor', prefix, scope);
      break;
    case 'destructor_declaration':
      found.units.addMember(node, '~', prefix, scope);
      break;
    case 'operator_declaration':
      found.units.addMember(node, `operator ${node.childForFieldName('operator')?.text ?? ''}`, prefix, scope);
      break;
    case 'conversion_operator_declaration':
      found.units.addMember(node, `operator ${node.childForFieldName('type')?.text ?? ''}`, prefix, scope);
      break;
    case 'property_declaration':
    case 'event_declaration':
    case 'indexer_declaration':
      visitProperty(found, node, name === '' ? 'Item' : name, prefix, scope);
      break;
    case 'field_declaration':
      for (const declarator of declarators(node)) found.units.addInitializer(declarator, declarator, prefix, scope);
      break;
  }
}

function visitProperty(found: Found, node: Node, name: string, prefix: string, scope: ClassScope | undefined): void {
  const arrow = node.namedChildren.find(({ type }) => type === 'arrow_expression_clause');
  const indices = (node.childForFieldName('parameters')?.namedChildren ?? []).flatMap(
    (parameter) => parameter.childForFieldName('name')?.text ?? [],
  );
  if (arrow) {
    found.units.addMember(node, `get_${name}`, prefix, scope);
    return;
  }
  for (const accessor of node.childForFieldName('accessors')?.namedChildren ?? []) {
    const kind = accessor.childForFieldName('name')?.text ?? '';
    const implicitParameters = kind === 'get' ? indices : [...indices, 'value'];
    const accessorName = `${kind === 'init' ? 'set' : kind}_${name}`;
    found.units.addMember(accessor, accessorName, prefix, scope, { implicitParameters });
  }
  const value = node.childForFieldName('value');
  if (value) found.units.addInitializer(node, value, prefix, scope);
}

function declarators(field: Node): readonly Node[] {
  const declaration = field.namedChildren.find(({ type }) => type === 'variable_declaration');
  return declaration?.namedChildren.filter(({ type }) => type === 'variable_declarator') ?? [];
}
