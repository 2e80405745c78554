/** Functions, classes and facts of a C or C++ file. */
import type { Node } from 'web-tree-sitter';
import type { FileOutline, FunctionUnit } from '../front-end.ts';
import { classShapeOf } from './class-shapes.ts';
import { readDeclarator } from './declarators.ts';
import { typeText } from './declarations.ts';
import { digestOf, hash } from './file-facts.ts';
import type { ClassShape, FileFacts } from './file-facts.ts';
import { emptyGraph, lowerFunction } from './function-graph.ts';
import type { FunctionIdentity } from './function-graph.ts';
import { declaredNames, nameOf } from './function-names.ts';
import { readMacros } from './macros.ts';
import { readSyntax, TooDeep } from '../shared/syntax.ts';
import type { Syntax } from '../shared/syntax.ts';

const CLASSES: ReadonlySet<string> = new Set(['class_specifier', 'struct_specifier', 'union_specifier']);
/** What only surrounds declarations. */
const CONTAINERS: ReadonlySet<string> = new Set([
  'linkage_specification',
  'declaration_list',
  'template_declaration',
  'preproc_if',
  'preproc_ifdef',
  'preproc_else',
  'preproc_elif',
  'preproc_elifdef',
  'type_definition',
  'field_declaration_list',
  'field_declaration',
  'friend_declaration',
  'export_declaration',
  'labeled_statement',
  'ERROR',
]);
const HAS_CLOSURE = /\[[^[\]]*\]\s*(?:\(|\{|mutable\b|noexcept\b|<|->)/u;

interface Scope {
  readonly prefix: readonly string[];
  readonly owner: string | undefined;
}

interface Found {
  readonly source: string;
  readonly classes: Map<string, ClassShape>;
  readonly globals: Map<string, string>;
  readonly references: Map<string, Set<number>>;
  readonly functions: { readonly node: Node; readonly scope: Scope }[];
  readonly namespaces: Set<string>;
}

export function outlineOf(root: Node, text: string, dialect: 'c' | 'cpp'): FileOutline {
  // What was parsed is the prepared text.
  const source = ' '.repeat(root.startIndex) + root.text;
  const found: Found = {
    source,
    classes: new Map(),
    globals: new Map(),
    references: new Map(),
    functions: [],
    namespaces: new Set(),
  };
  walk(root, { prefix: [], owner: undefined }, found);
  const facts: FileFacts = {
    dialect,
    language: root.tree.language,
    classes: found.classes,
    globals: found.globals,
    macros: readMacros(text),
    references: found.references,
  };
  const digest = digestOf(facts);
  return {
    classes: [...found.classes.values()],
    functions: found.functions.flatMap(({ node, scope }) => unitsOf(node, scope, found, facts, digest, text)),
  };
}

function walk(node: Node, scope: Scope, found: Found): void {
  for (const child of node.namedChildren) visit(child, scope, found);
}

function visit(node: Node, scope: Scope, found: Found): void {
  const { type } = node;
  if (type === 'function_definition') {
    noteReferences(node, found);
    found.functions.push({ node, scope });
  } else if (type === 'namespace_definition') {
    const name = node.childForFieldName('name')?.text ?? '';
    const parts = name
      .split('::')
      .map((part) => part.trim())
      .filter((part) => part !== '');
    for (const part of parts) found.namespaces.add(part);
    const body = node.childForFieldName('body');
    if (body) walk(body, { ...scope, prefix: [...scope.prefix, ...parts] }, found);
  } else if (CLASSES.has(type)) {
    visitClass(node, '', scope, found);
  } else if (type === 'declaration') {
    visitDeclaration(node, scope, found);
  } else if (CONTAINERS.has(type)) {
    visitContainer(node, scope, found);
  }
}

function visitContainer(node: Node, scope: Scope, found: Found): void {
  if (node.type === 'friend_declaration') {
    walk(node, { ...scope, owner: undefined }, found);
    return;
  }
  const inner = node.childForFieldName('type');
  if (node.type === 'type_definition' && inner && CLASSES.has(inner.type)) {
    // `typedef struct { ... } NAME;`
    const name = node.childrenForFieldName('declarator').find(({ type }) => type === 'type_identifier');
    visitClass(inner, name?.text ?? '', scope, found);
    return;
  }
  if (node.type === 'field_declaration') noteReferences(node, found);
  walk(node, scope, found);
}

function visitClass(node: Node, alias: string, scope: Scope, found: Found): void {
  const body = node.childForFieldName('body');
  if (!body) {
    return;
  }
  const shape = classShapeOf(node, alias, found.source);
  for (const name of new Set([shape.name, alias])) {
    if (name !== '') found.classes.set(name, { ...shape, name });
  }
  const name = shape.name === '' ? alias : shape.name;
  walk(
    body,
    { prefix: name === '' ? scope.prefix : [...scope.prefix, name], owner: name === '' ? scope.owner : name },
    found,
  );
}

function visitDeclaration(node: Node, scope: Scope, found: Found): void {
  const type = node.childForFieldName('type');
  if (type && CLASSES.has(type.type)) visitClass(type, '', scope, found);
  if (scope.owner !== undefined) {
    return;
  }
  noteReferences(node, found);
  for (const declarator of node.childrenForFieldName('declarator')) {
    const syntax = readSyntax(declarator, 0, found.source);
    const shape = readDeclarator(syntax.type === 'init_declarator' ? syntax.child('declarator') : syntax);
    if (shape.name && !shape.parameters) {
      const base = type ? readSyntax(type, 0, found.source) : undefined;
      found.globals.set(shape.name.text, typeText(base, shape));
    }
  }
}

/** Which parameters of a function are references: its callers give them variables, not values. */
function noteReferences(node: Node, found: Found): void {
  for (const declarator of node.childrenForFieldName('declarator')) {
    if (!declarator.text.includes('&')) continue;
    const shape = readDeclarator(readSyntax(declarator, 0, found.source));
    const name = shape.name && nameOf(shape.name, undefined, new Set()).name;
    for (const [index, parameter] of (shape.parameters?.parts ?? []).entries()) {
      const { reference } = readDeclarator(parameter.child('declarator'));
      const isConstant = parameter.parts.some(({ type, text }) => type === 'type_qualifier' && text === 'const');
      if (
        name !== undefined &&
        reference &&
        !isConstant &&
        parameter.child('declarator')?.text.startsWith('&&') === false
      ) {
        found.references.set(name, (found.references.get(name) ?? new Set()).add(index));
      }
    }
  }
}

function unitsOf(
  node: Node,
  scope: Scope,
  found: Found,
  facts: FileFacts,
  digest: string,
  text: string,
): FunctionUnit[] {
  const declarator = node.childForFieldName('declarator');
  const shape = declarator ? readDeclarator(readSyntax(declarator, 0, found.source)) : undefined;
  const { name, owner, path } = shape?.name
    ? nameOf(shape.name, scope.owner, found.namespaces)
    : { name: '', owner: scope.owner, path: [] };
  const identity: FunctionIdentity = {
    name,
    owner,
    qualifiedName: [...scope.prefix, ...path, name].join('.'),
    enclosing: new Set(),
  };
  const unit = unitOf(node, identity, found, facts, digest, text);
  const hasClosures =
    facts.dialect === 'cpp' && !node.hasError && HAS_CLOSURE.test(found.source.slice(node.startIndex, node.endIndex));
  return hasClosures ? [unit, ...closuresOf(node, identity, found, facts, digest, text)] : [unit];
}

/** Lambdas, each a unit of its own that knows the names of the locals around it. */
function closuresOf(
  node: Node,
  identity: FunctionIdentity,
  found: Found,
  facts: FileFacts,
  digest: string,
  text: string,
): FunctionUnit[] {
  const lambdas = node.descendantsOfType('lambda_expression');
  if (lambdas.length === 0) {
    return [];
  }
  const enclosing = declaredNames(syntaxOf(node, found.source));
  return lambdas.map((lambda) =>
    unitOf(
      lambda,
      { name: '<lambda>', qualifiedName: `${identity.qualifiedName}.<lambda>`, owner: identity.owner, enclosing },
      found,
      facts,
      digest,
      text,
    ),
  );
}

function syntaxOf(node: Node, source: string): Syntax | undefined {
  try {
    return readSyntax(node, node.startIndex, source.slice(node.startIndex, node.endIndex));
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    return undefined;
  }
}

function unitOf(
  node: Node,
  identity: FunctionIdentity,
  { source }: Found,
  facts: FileFacts,
  digest: string,
  text: string,
): FunctionUnit {
  const { name, qualifiedName, owner, enclosing } = identity;
  const { startIndex: start, endIndex: end } = node;
  const prepared = source.slice(start, end);
  const rewritten = prepared === text.slice(start, end) ? '' : hash(prepared);
  return {
    name,
    qualifiedName,
    ...(owner === undefined ? {} : { owner }),
    start,
    end,
    broken: node.hasError,
    context: [digest, owner ?? '', rewritten, ...enclosing].join(' '),
    lower: () => {
      const syntax = syntaxOf(node, source);
      return syntax ? lowerFunction(syntax, identity, facts) : emptyGraph(identity);
    },
  };
}
