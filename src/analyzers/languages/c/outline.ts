/** Functions, classes and facts of a C or C++ file. */
import type { Node } from 'web-tree-sitter';
import type { FileOutline } from '../front-end.ts';
import { readSyntax } from '../shared/syntax.ts';
import { classShapeOf } from './class-shapes.ts';
import { typeText } from './declarations.ts';
import { readDeclarator } from './declarators.ts';
import { digestOf } from './file-facts.ts';
import type { ClassShape, FileFacts } from './file-facts.ts';
import { unitsOf } from './function-units.ts';
import type { Scope } from './function-units.ts';
import { readMacros } from './macros.ts';

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
  'export_declaration',
  'field_declaration',
  'labeled_statement',
  'ERROR',
]);
/** Levels of what is looked into; deeper ones are errors. */
const DEEPEST = 200;

/** A function that an error made something else: it is not read, but told of. */
function isBrokenFunction(node: Node): boolean {
  if (!node.hasError) {
    return false;
  }
  const declarator = node.childForFieldName('declarator');
  switch (node.type) {
    case 'ERROR':
      return node.namedChildren.some(({ type }) => type === 'function_declarator');
    case 'declaration':
      return (
        declarator?.type === 'init_declarator' &&
        declarator.childForFieldName('declarator')?.type === 'function_declarator'
      );
    case 'field_declaration':
      return declarator?.type === 'function_declarator' && node.childForFieldName('default_value') !== null;
    default:
      return false;
  }
}

/** Gathers what the file says, in one walk that does not look into functions. */
class Outliner {
  readonly classes = new Map<string, ClassShape>();
  readonly globals = new Map<string, string>();
  readonly aliases = new Map<string, string>();
  readonly namespaces = new Set<string>();
  readonly functions: { readonly node: Node; readonly scope: Scope }[] = [];
  private readonly prepared: string;
  private depth = 0;

  constructor(prepared: string) {
    this.prepared = prepared;
  }

  walk(node: Node, scope: Scope): void {
    this.depth += 1;
    if (this.depth < DEEPEST) for (const child of node.namedChildren) this.visit(child, scope);
    this.depth -= 1;
  }

  private visit(node: Node, scope: Scope): void {
    if (isBrokenFunction(node)) this.functions.push({ node, scope });
    switch (node.type) {
      case 'function_definition':
        this.functions.push({ node, scope });
        return;
      case 'namespace_definition':
        this.visitNamespace(node, scope);
        return;
      case 'type_definition':
        this.visitTypedef(node, scope);
        return;
      case 'alias_declaration':
        this.noteAlias(node.childForFieldName('name')?.text, node.childForFieldName('type')?.text ?? '');
        return;
      case 'declaration':
        this.visitDeclaration(node, scope);
        return;
      case 'friend_declaration':
        this.walk(node, { ...scope, owner: undefined });
        return;
      default:
        if (CLASSES.has(node.type)) this.visitClass(node, '', scope);
        else if (CONTAINERS.has(node.type)) this.walk(node, scope);
    }
  }

  private visitNamespace(node: Node, scope: Scope): void {
    const parts = (node.childForFieldName('name')?.text ?? '').split('::').map((part) => part.trim());
    const named = parts.filter((part) => part !== '');
    for (const part of named) this.namespaces.add(part);
    const body = node.childForFieldName('body');
    if (body) this.walk(body, { ...scope, prefix: [...scope.prefix, ...named] });
  }

  /** `typedef struct { ... } NAME, *PNAME;`, `typedef HANDLE map_t;` */
  private visitTypedef(node: Node, scope: Scope): void {
    const type = node.childForFieldName('type');
    const declarators = node.childrenForFieldName('declarator');
    const name = declarators.find((declarator) => declarator.type === 'type_identifier')?.text ?? '';
    if (type && CLASSES.has(type.type)) this.visitClass(type, name, scope);
    const tag = type?.childForFieldName('name')?.text;
    const written = type && CLASSES.has(type.type) ? (tag ?? name) : (type?.text ?? '');
    for (const declarator of declarators) {
      const shape = readDeclarator(readSyntax(declarator, 0, this.prepared));
      const isFunction = shape.pointsToFunction || shape.parameters !== undefined;
      const stars = '*'.repeat(shape.pointers);
      this.noteAlias(shape.name?.text, isFunction ? 'void*' : `${written}${stars}${shape.array ? '[]' : ''}`);
    }
  }

  private noteAlias(name: string | undefined, type: string): void {
    if (name !== undefined && type !== '' && type !== name && !this.classes.has(name)) this.aliases.set(name, type);
  }

  private visitClass(node: Node, alias: string, scope: Scope): void {
    const body = node.childForFieldName('body');
    if (!body) {
      return;
    }
    const shape = classShapeOf(node, alias, this.prepared);
    for (const name of new Set([shape.name, alias])) {
      if (name !== '') this.classes.set(name, { ...shape, name });
    }
    const name = shape.name === '' ? alias : shape.name;
    this.walk(body, name === '' ? scope : { prefix: [...scope.prefix, name], owner: name });
  }

  private visitDeclaration(node: Node, scope: Scope): void {
    const type = node.childForFieldName('type');
    if (type && CLASSES.has(type.type)) this.visitClass(type, '', scope);
    if (scope.owner !== undefined) {
      return;
    }
    for (const declarator of node.childrenForFieldName('declarator')) {
      const syntax = readSyntax(declarator, 0, this.prepared);
      const shape = readDeclarator(syntax.type === 'init_declarator' ? syntax.child('declarator') : syntax);
      if (shape.name && !shape.parameters) {
        const base = type ? readSyntax(type, 0, this.prepared) : undefined;
        this.globals.set(shape.name.text, typeText(base, shape));
      }
    }
  }
}

export function outlineOf(root: Node, text: string, dialect: 'c' | 'cpp'): FileOutline {
  // What was parsed is the prepared text.
  const prepared = ' '.repeat(root.startIndex) + root.text;
  const outliner = new Outliner(prepared);
  outliner.walk(root, { prefix: [], owner: undefined });
  const { classes, globals, aliases, namespaces } = outliner;
  const macros = readMacros(text);
  const facts: FileFacts = { dialect, language: root.tree.language, classes, globals, aliases, macros };
  const source = { prepared, text, facts, digest: digestOf(facts), namespaces };
  return {
    classes: [...classes.values()],
    functions: outliner.functions.flatMap(({ node, scope }) => unitsOf(node, scope, source)),
  };
}
