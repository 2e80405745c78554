/** Classes and functions of a C# file. */
import type { Node } from 'web-tree-sitter';
import type { ClassFacts } from '../../flow/graph.ts';
import type { FileOutline, FunctionUnit } from '../front-end.ts';
import { field, fieldText, namedChildren } from '../cs-shared/nodes.ts';
import { type FunctionFacts, lowerFunction } from './function-unit.ts';
import { simpleName } from './lowering.ts';

const CLASSES: ReadonlySet<string> = new Set([
  'class_declaration',
  'struct_declaration',
  'record_declaration',
  'interface_declaration',
]);
const NAMESPACES: ReadonlySet<string> = new Set(['namespace_declaration', 'file_scoped_namespace_declaration']);
const FUNCTIONS: ReadonlySet<string> = new Set([
  'method_declaration',
  'constructor_declaration',
  'destructor_declaration',
  'operator_declaration',
  'conversion_operator_declaration',
  'accessor_declaration',
]);
const CLOSURES: ReadonlySet<string> = new Set([
  'lambda_expression',
  'anonymous_method_expression',
  'local_function_statement',
]);
/** Nodes whose `name` is a local that a closure inside can see. */
const LOCALS: ReadonlySet<string> = new Set([
  'variable_declarator',
  'parameter',
  'declaration_expression',
  'declaration_pattern',
  'recursive_pattern',
  'catch_declaration',
]);

interface ClassContext {
  readonly name: string;
  readonly members: ReadonlySet<string>;
}

interface Scope {
  readonly prefix: string;
  readonly owner: ClassContext | undefined;
  /** Name of a property or event around an accessor. */
  readonly property?: string;
  /** Locals of the functions around a closure; filled while those are walked. */
  readonly locals?: Set<string>;
}

interface Found {
  readonly classes: ClassFacts[];
  readonly units: (() => FunctionUnit)[];
  readonly top: Node[];
}

export function outlineCSharp(root: Node, text: string): FileOutline {
  const found: Found = { classes: [], units: [], top: [] };
  walk(root, { prefix: '', owner: undefined }, found);
  const [first, last] = [found.top[0], found.top.at(-1)];
  if (first && last) {
    const facts = factsOf('<top>', { prefix: '', owner: undefined }, first, false);
    found.units.push(() => unitOf(found.top, facts, first.startIndex, last.endIndex, text));
  }
  return {
    classes: found.classes,
    functions: found.units.map((unit) => unit()).sort((a, b) => a.start - b.start || b.end - a.end),
  };
}

function walk(node: Node, scope: Scope, found: Found): void {
  for (const child of node.namedChildren) visit(child, scope, found);
}

function visit(node: Node, scope: Scope, found: Found): void {
  const { type } = node;
  if (NAMESPACES.has(type)) {
    walk(node, { ...scope, prefix: joined(scope.prefix, fieldText(node, 'name')) }, found);
  } else if (CLASSES.has(type)) {
    visitClass(node, scope, found);
  } else if (type === 'global_statement') {
    found.top.push(node);
    walk(node, { ...scope, locals: scope.locals ?? new Set() }, found);
  } else if (FUNCTIONS.has(type)) {
    visitFunction(node, nameOf(node, scope), scope, found);
  } else if (CLOSURES.has(type)) {
    visitFunction(node, type === 'local_function_statement' ? fieldText(node, 'name') : '<lambda>', scope, found);
  } else if (type === 'property_declaration' || type === 'indexer_declaration') {
    visitProperty(node, scope, found);
  } else if (type === 'field_declaration' && scope.owner) {
    visitField(node, scope, found);
  } else {
    if (scope.locals && LOCALS.has(type)) noteLocal(node, scope.locals);
    if (scope.locals && type === 'foreach_statement') noteNames(field(node, 'left'), scope.locals);
    walk(node, scope, found);
  }
}

function noteLocal(node: Node, locals: Set<string>): void {
  const name = field(node, 'name');
  if (name) locals.add(name.text);
  else
    noteNames(
      namedChildren(node).find(({ type }) => type === 'tuple_pattern'),
      locals,
    );
}

function noteNames(node: Node | undefined, locals: Set<string>): void {
  for (const name of node?.type === 'identifier' ? [node] : (node?.namedChildren ?? [])) locals.add(name.text);
}

function visitClass(node: Node, scope: Scope, found: Found): void {
  const name = fieldText(node, 'name');
  const body = field(node, 'body');
  const members = body ? namedChildren(body) : [];
  const fields = members.flatMap((member) => memberNames(member));
  const staticFields = members.filter(isStatic).flatMap((member) => memberNames(member));
  const bases = namedChildren(node).find(({ type }) => type === 'base_list');
  found.classes.push({
    name,
    bases: bases ? namedChildren(bases).map((base) => simpleName(base)) : [],
    fields,
    staticFields,
    owningFields: [],
  });
  // Parameters of a primary constructor are seen like fields.
  const parameters = namedChildren(node).find(({ type }) => type === 'parameter_list');
  const captured = parameters ? namedChildren(parameters).map((parameter) => fieldText(parameter, 'name')) : [];
  walk(
    node,
    { prefix: joined(scope.prefix, name), owner: { name, members: new Set([...fields, ...captured]) } },
    found,
  );
}

function memberNames(member: Node): readonly string[] {
  switch (member.type) {
    case 'field_declaration':
    case 'event_field_declaration': {
      const declaration = namedChildren(member).find(({ type }) => type === 'variable_declaration');
      return declaration
        ? namedChildren(declaration)
            .filter(({ type }) => type === 'variable_declarator')
            .map((declarator) => fieldText(declarator, 'name'))
        : [];
    }
    case 'property_declaration':
    case 'event_declaration':
      return [fieldText(member, 'name')];
    default:
      return [];
  }
}

function isStatic(member: Node): boolean {
  return member.children.some((child) => child.type === 'modifier' && child.text === 'static');
}

function nameOf(node: Node, scope: Scope): string {
  switch (node.type) {
    case 'constructor_declaration':
      return '.ctor';
    case 'destructor_declaration':
      return '~';
    case 'accessor_declaration':
      return `${node.children.find((child) => child.type === 'set' || child.type === 'init') ? 'set' : 'get'}_${scope.property ?? ''}`;
    case 'operator_declaration':
    case 'conversion_operator_declaration':
      return 'operator';
    default:
      return fieldText(node, 'name');
  }
}

function visitProperty(node: Node, scope: Scope, found: Found): void {
  const property = fieldText(node, 'name') || 'Item';
  const value = field(node, 'value');
  if (value?.type === 'arrow_expression_clause') {
    visitFunction(node, `get_${property}`, scope, found);
    return;
  }
  walk(node, { ...scope, property }, found);
}

/** The initialisers of a field run when its object is made. */
function visitField(node: Node, scope: Scope, found: Found): void {
  const declaration = namedChildren(node).find(({ type }) => type === 'variable_declaration');
  for (const declarator of declaration ? namedChildren(declaration) : []) {
    if (declarator.type === 'variable_declarator' && declarator.text.includes('('))
      visitFunction(declarator, '.init', scope, found);
  }
}

function visitFunction(node: Node, name: string, scope: Scope, found: Found): void {
  const facts = factsOf(name, scope, node, isStatic(node));
  found.units.push(() => unitOf([node], facts, node.startIndex, node.endIndex, node.text));
  walk(node, { prefix: joined(scope.prefix, name), owner: scope.owner, locals: new Set(scope.locals) }, found);
}

type LazyFacts = Omit<FunctionFacts, 'enclosing'> & { readonly locals: ReadonlySet<string> };

function factsOf(name: string, scope: Scope, node: Node, isStaticFunction: boolean): LazyFacts {
  return {
    name,
    qualifiedName: joined(scope.prefix, name),
    owner: scope.owner?.name,
    members: scope.owner?.members ?? new Set(),
    isStatic: isStaticFunction,
    start: node.startIndex,
    // Only a closure has locals around it.
    locals: CLOSURES.has(node.type) ? (scope.locals ?? new Set()) : new Set(),
  };
}

function unitOf(nodes: readonly Node[], facts: LazyFacts, start: number, end: number, text: string): FunctionUnit {
  const enclosing = new Set(
    [...facts.locals].filter((name) => new RegExp(`\\b${name.replace('@', '')}\\b`, 'u').test(text)),
  );
  return {
    name: facts.name,
    qualifiedName: facts.qualifiedName,
    ...(facts.owner === undefined ? {} : { owner: facts.owner }),
    start,
    end,
    broken: nodes.some((node) => node.hasError),
    context: [facts.owner ?? '', [...facts.members].join(' '), [...enclosing].sort().join(' ')].join('|'),
    lower: () => lowerFunction(nodes, { ...facts, enclosing }),
  };
}

function joined(prefix: string, name: string): string {
  return prefix === '' ? name : `${prefix}.${name}`;
}
