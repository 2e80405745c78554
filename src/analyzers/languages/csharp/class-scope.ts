/** What a class's members may name without saying whose it is, and how reading or writing such a name works. */
import type { Node } from 'web-tree-sitter';
import type { Constant } from '../../flow/graph.ts';
import { readSyntax } from '../shared/syntax.ts';
import { constantOperand } from './constants.ts';

/** Longer initialisers are no constants that count. */
const LONGEST_CONSTANT = 40;

/** `direct`: a place of its own; `call`: an accessor with a body; otherwise the name of the field that it stands for. */
export type Access = 'direct' | 'call' | { readonly field: string };

export interface Member {
  readonly kind: 'field' | 'property' | 'method';
  readonly type: string | undefined;
  readonly isStatic: boolean;
  readonly read: Access;
  readonly write: Access;
  /** The constant that a field holds before any constructor runs. */
  readonly initial?: Constant | undefined;
}

export interface ClassScope {
  readonly name: string;
  readonly qualifiedName: string;
  readonly bases: readonly string[];
  /** Own members; those of enclosing classes stand in `outer`. */
  readonly members: ReadonlyMap<string, Member>;
  readonly outer: ClassScope | undefined;
  /** All that a member's graph takes from here, as text. */
  readonly key: string;
}

export function memberOf(scope: ClassScope | undefined, name: string): Member | undefined {
  for (let at = scope; at !== undefined; at = at.outer) {
    const member = at.members.get(name);
    if (member !== undefined) return member;
  }
  return undefined;
}

/** Without type arguments, qualifiers, `?` and `ref`: what a class is looked up by. */
export function simpleTypeName(type: string): string {
  const plain = type
    .replace(/^(?:ref\s+)?(?:readonly\s+)?/u, '')
    .replace(/<[^]*>(?=\??$|\[|\*)/u, '')
    .replace(/\?$/u, '')
    .trim();
  return plain.slice(Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(':')) + 1);
}

export function readClassScope(declaration: Node, prefix: string, outer: ClassScope | undefined): ClassScope {
  const name = declaration.childForFieldName('name')?.text ?? '';
  const bases = basesOf(declaration);
  const members = new Map<string, Member>();
  for (const parameter of primaryParameters(declaration)) addField(members, parameter, false);
  const body = declaration.childForFieldName('body');
  for (const member of body === null ? [] : membersIn(body)) addMember(members, member);
  const key = [...members].map(([member, { read, write, type }]) => JSON.stringify([member, read, write, type]));
  return {
    name,
    qualifiedName: prefix + name,
    bases,
    members,
    outer,
    key: [bases.join(), ...key, outer?.key ?? ''].join('\n'),
  };
}

/** Members of a body, also those in conditional-compilation branches and beside a syntax error. */
export function* membersIn(body: Node): Generator<Node> {
  for (const child of body.namedChildren) {
    if (/^(?:preproc_(?:if|elif|else)|ERROR)$/u.test(child.type)) yield* membersIn(child);
    else yield child;
  }
}

export function primaryParameters(declaration: Node): readonly Node[] {
  const list = declaration.namedChildren.find(({ type }) => type === 'parameter_list');
  return list?.namedChildren.filter(({ type }) => type === 'parameter') ?? [];
}

function basesOf(declaration: Node): readonly string[] {
  const list = declaration.namedChildren.find(({ type }) => type === 'base_list');
  return (
    list?.namedChildren.filter(({ type }) => type !== 'argument_list').map((base) => simpleTypeName(base.text)) ?? []
  );
}

export function hasModifier(node: Node, modifier: string): boolean {
  return node.namedChildren.some((child) => child.type === 'modifier' && child.text === modifier);
}

function addMember(members: Map<string, Member>, node: Node): void {
  switch (node.type) {
    case 'field_declaration':
    case 'event_field_declaration': {
      const isStatic = hasModifier(node, 'static') || hasModifier(node, 'const');
      const declaration = node.namedChildren.find(({ type }) => type === 'variable_declaration');
      const type = declaration?.childForFieldName('type')?.text;
      for (const declarator of declaration?.namedChildren ?? []) {
        if (declarator.type === 'variable_declarator') addField(members, declarator, isStatic, type);
      }
      break;
    }
    case 'property_declaration':
      addProperty(members, node);
      break;
    case 'method_declaration': {
      const name = node.childForFieldName('name')?.text;
      const method: Member = { kind: 'method', type: undefined, isStatic: false, read: 'direct', write: 'direct' };
      if (name !== undefined && !members.has(name)) members.set(name, method);
      break;
    }
  }
}

function addField(members: Map<string, Member>, declarator: Node, isStatic: boolean, declaredType?: string): void {
  const name = declarator.childForFieldName('name')?.text;
  const type = declaredType ?? declarator.childForFieldName('type')?.text;
  if (name === undefined) return;
  members.set(name, {
    kind: 'field',
    type: type === undefined ? undefined : simpleTypeName(type),
    isStatic,
    read: 'direct',
    write: 'direct',
    initial: initialOf(declarator, type),
  });
}

/** Without an initialiser it is all zeros. */
function initialOf(declarator: Node, type: string | undefined): Constant | undefined {
  const value = declarator.children.some(({ type: token }) => token === '=') ? declarator.lastNamedChild : null;
  if (value === null) return type === 'bool' ? 'false' : 'null';
  if (value.endIndex - value.startIndex > LONGEST_CONSTANT) return undefined;
  return constantOperand(readSyntax(value, value.startIndex, value.text))?.constant;
}

function addProperty(members: Map<string, Member>, node: Node): void {
  const name = node.childForFieldName('name')?.text;
  if (name === undefined) return;
  const accessors = node.childForFieldName('accessors')?.namedChildren ?? [];
  const value = node.childForFieldName('value');
  const accessor = (pattern: RegExp): Node | undefined =>
    accessors.find((candidate) => pattern.test(candidate.childForFieldName('name')?.text ?? ''));
  const getter =
    value?.type === 'arrow_expression_clause' ? value : (accessor(/^get$/u)?.childForFieldName('body') ?? null);
  const setter = accessor(/^(?:set|init)$/u)?.childForFieldName('body') ?? null;
  const type = node.childForFieldName('type')?.text;
  members.set(name, {
    kind: 'property',
    type: type === undefined ? undefined : simpleTypeName(type),
    isStatic: hasModifier(node, 'static'),
    read: accessOf(getter, /^(?:=>|\{\s*return)\s*(?:this\.)?(?<field>\w+)\s*(?:;\s*\})?$/u),
    write: accessOf(setter, /^(?:=>|\{)\s*(?:this\.)?(?<field>\w+)\s*=\s*value\s*(?:;\s*\})?$/u),
  });
}

function accessOf(body: Node | null, simple: RegExp): Access {
  if (body === null) return 'direct';
  const field = body.endIndex - body.startIndex > 200 ? undefined : simple.exec(body.text)?.groups?.field;
  if (field === 'field') return 'direct';
  return field === undefined || /^(?:null|default|true|false|\d.*)$/u.test(field) ? 'call' : { field };
}
