/** Classes and functions of a module: every function is one of its own, a closure follows the function around it. */
import type { Node } from 'web-tree-sitter';
import type { ClassFacts } from '../../flow/graph.ts';
import type { FileOutline, FunctionUnit } from '../front-end.ts';
import { readSyntax, Syntax } from '../shared/syntax.ts';
import { type ClassScope, readClass } from './class-scope.ts';
import { declaredNames, isClass, isFunction, usedNames } from './closures.ts';
import { type FileFacts, readFileFacts } from './file-facts.ts';
import { lowerOrGiveUp } from './function.ts';

export function outlineTypeScript(root: Node, text: string): FileOutline {
  const module = readSyntax(root, 0, text, (type) => /comment$|^hash_bang_line$/u.test(type));
  return new Outline(module, text).read();
}

/** Where a function stands. */
interface Place {
  readonly prefix: string;
  readonly scope: ClassScope | undefined;
  /** Locals of the functions around it. */
  readonly names: ReadonlySet<string>;
  /** A name that what stands here is given: of the variable, property or field. */
  readonly hint: string | undefined;
}

class Outline {
  private readonly module: Syntax;
  private readonly text: string;
  private readonly facts: FileFacts;
  private readonly classes: ClassFacts[] = [];
  private readonly units: FunctionUnit[] = [];

  constructor(module: Syntax, text: string) {
    this.module = module;
    this.text = text;
    this.facts = readFileFacts(module);
  }

  read(): FileOutline {
    const statements = this.module.children.filter((child) => child.named && runs(child));
    const own = new Syntax(
      {
        type: 'module_statements',
        field: undefined,
        named: true,
        start: statements[0]?.start ?? 0,
        end: statements.at(-1)?.end ?? 0,
      },
      statements,
      this.text,
    );
    const place: Place = { prefix: '', scope: undefined, names: new Set(), hint: undefined };
    if (statements.length > 0) this.addUnit(own, '<top>', place, true);
    // What a module declares outside of any block is seen from everywhere.
    const blocks = statements.filter(({ type }) => !/_declaration$|^export_statement$/u.test(type));
    const names = new Set(blocks.flatMap((block) => [...declaredNames(block, true)]));
    for (const child of this.module.children) this.visit(child, { ...place, names });
    const functions = this.units.sort((a, b) => a.start - b.start || b.end - a.end);
    return { classes: this.classes, functions };
  }

  private visit(node: Syntax, place: Place): void {
    if (isFunction(node)) {
      this.visitFunction(node, place);
    } else if (isClass(node)) {
      this.visitClass(node, place);
    } else if (node.type === 'internal_module' || node.type === 'module') {
      const prefix = `${place.prefix}${node.child('name')?.text ?? ''}.`;
      for (const child of node.children) this.visit(child, { ...place, prefix });
    } else {
      for (const child of node.children) {
        if (child.children.length === 0) continue;
        const hint = hintOf(node, child, place);
        this.visit(child, hint === place.hint ? place : { ...place, hint });
      }
    }
  }

  private visitFunction(node: Syntax, place: Place): void {
    const name = nameOf(node) ?? place.hint ?? '<lambda>';
    const method = prototypeMethod(name);
    const scope = method?.scope ?? place.scope;
    const isMain = name === 'main' && place.prefix === '' && scope === undefined;
    const prefix = method === undefined ? place.prefix : `${place.prefix}${method.scope.name}.`;
    this.addUnit(node, method?.name ?? name, { ...place, prefix, scope }, isMain);
    const names = new Set([...place.names, ...declaredNames(node, true)]);
    const inner: Place = { prefix: `${prefix}${method?.name ?? name}.`, scope, names, hint: undefined };
    for (const child of node.children) this.visit(child, inner);
  }

  private visitClass(node: Syntax, place: Place): void {
    const name = node.child('name')?.text ?? place.hint ?? '<class>';
    const { scope, facts } = readClass(node, name);
    this.classes.push(facts);
    const inner: Place = { prefix: `${place.prefix}${name}.`, scope, names: place.names, hint: undefined };
    for (const member of node.child('body')?.children ?? []) {
      if (member.type === 'public_field_definition') this.visitField(member, inner);
      else this.visit(member, inner);
    }
  }

  /** A field's initialiser runs when an object is made; one that is a function is a method. */
  private visitField(member: Syntax, place: Place): void {
    const value = member.child('value');
    if (value === undefined) return;
    if (!isFunction(value) && value.text.includes('(')) this.addUnit(member, '<field>', place, false);
    this.visit(value, { ...place, hint: member.child('name')?.text });
  }

  private addUnit(node: Syntax, name: string, place: Place, isEntryPoint: boolean): void {
    const { scope, prefix } = place;
    const used = place.names.size === 0 ? [] : [...usedNames(node).keys()];
    const enclosing = new Set(used.filter((name) => place.names.has(name)));
    const { start, end } = node;
    const qualifiedName = prefix + name;
    const facts = { name, qualifiedName, scope, facts: this.facts, enclosing, isEntryPoint };
    this.units.push({
      name,
      qualifiedName,
      ...(scope === undefined ? {} : { owner: scope.name }),
      start,
      end,
      broken: node.isBroken,
      context: [this.facts.key, scope?.key ?? '', [...enclosing].sort().join()].join('\n'),
      lower: () => lowerOrGiveUp(node.rebased(), facts),
    });
  }
}

const DECLARATION =
  /^(?:function|generator_function|class|abstract_class|interface|type_alias|enum|ambient)_\w*declaration$/u;

/** Whether a statement of the module does something when the module is loaded. */
function runs(node: Syntax): boolean {
  if (node.type === 'export_statement') {
    const exported = node.child('declaration') ?? node.child('value');
    return exported !== undefined && runs(exported) && !isFunction(exported) && !isClass(exported);
  }
  return (
    !DECLARATION.test(node.type) &&
    !/^(?:import_statement|import_alias|empty_statement|ERROR|function_signature)$/u.test(node.type)
  );
}

function nameOf(node: Syntax): string | undefined {
  const name = node.child('name');
  switch (node.type) {
    case 'class_static_block':
      return '<static>';
    case 'method_definition': {
      const text = name?.type === 'computed_property_name' ? name.text.slice(1, -1).trim() : (name?.text ?? '');
      if (text === 'constructor') return '.ctor';
      return node.has('get') ? `get_${text}` : node.has('set') ? `set_${text}` : text;
    }
    default:
      return name?.text;
  }
}

/** A function that is a variable's, a property's or an export's value is called by that name. */
function hintOf(node: Syntax, child: Syntax, place: Place): string | undefined {
  switch (node.type) {
    case 'variable_declarator':
      return child.field === 'value' ? node.child('name')?.text : undefined;
    case 'pair':
      return child.field === 'value' ? node.child('key')?.text.replaceAll(/['"]/gu, '') : undefined;
    case 'assignment_expression': {
      if (child.field !== 'right') return undefined;
      const left = node.child('left');
      return left?.text.includes('.prototype.') === true ? left.text : (left?.child('property') ?? left)?.text;
    }
    case 'export_statement':
      return 'default';
    case 'parenthesized_expression':
    case 'as_expression':
    case 'satisfies_expression':
      return place.hint;
    default:
      return undefined;
  }
}

/** `Section.prototype.close = function () { ... }` */
function prototypeMethod(hint: string): { readonly name: string; readonly scope: ClassScope } | undefined {
  const [, owner, name] = /^([\w$]+)\.prototype\.([\w$]+)$/u.exec(hint) ?? [];
  if (owner === undefined || name === undefined) return undefined;
  return { name, scope: { name: owner, bases: [], getters: new Map(), setters: new Map(), key: owner } };
}
