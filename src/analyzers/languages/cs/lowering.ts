/** What the parts of the lowering of one C# function share. */
import type { Node } from 'web-tree-sitter';
import type { BlockId, GraphBuilder } from '../../flow/builder.ts';
import { below, type LocalDeclaration, type Location, type Operand, type Span } from '../../flow/graph.ts';
import type { LocalNames } from '../cs-shared/local-names.ts';
import { type DepthGuard, field, namedChildren, shortText } from '../cs-shared/nodes.ts';

export interface Lowering {
  readonly builder: GraphBuilder;
  readonly names: LocalNames;
  /** Offset of the function in the file. */
  readonly base: number;
  /** Simple name of the class around it. */
  readonly owner: string | undefined;
  /** Fields and properties that the file shows of that class. */
  readonly members: ReadonlySet<string>;
  /** Names of the locals of the functions around a closure. */
  readonly enclosing: ReadonlySet<string>;
  readonly captured: Map<Location, Span>;
  readonly types: Map<Location, string>;
  readonly declarations: LocalDeclaration[];
  /** Locals that are assigned to after their declaration. */
  readonly reassigned: Set<Location>;
  readonly depth: DepthGuard;
  /** Lowers an expression whose value is used; `into` says where it must go. */
  value(node: Node, into?: Location): Operand;
  /** Lowers an expression for its effects. */
  effect(node: Node): void;
  condition(node: Node, then: BlockId, otherwise: BlockId): void;
  statement(node: Node, braceless?: boolean): void;
}

export function spanOf(lowering: Lowering, node: Node): Span {
  return { start: node.startIndex - lowering.base, end: node.endIndex - lowering.base };
}

export function assign(lowering: Lowering, to: Location, from: Operand, node: Node): void {
  if (from.location !== to) lowering.builder.emit({ type: 'assign', to, from, span: spanOf(lowering, node) });
}

/** Makes sure that the value stands at `into`, if a place is asked for. */
export function settle(lowering: Lowering, operand: Operand, into: Location | undefined, node: Node): Operand {
  if (into === undefined) return operand;
  assign(lowering, into, operand, node);
  return { location: into, text: operand.text };
}

export function declareLocal(lowering: Lowering, name: string, at: Node, type: string | undefined): Location {
  const location = lowering.names.declare(name, at.startIndex - lowering.base);
  lowering.builder.declare(location);
  if (type !== undefined && type !== '') lowering.types.set(location, type);
  return location;
}

/** The declared type as it is written, without what says nothing of its class; undefined for `var`. */
export function typeName(node: Node | undefined): string | undefined {
  if (node === undefined) return undefined;
  switch (node.type) {
    case 'implicit_type':
      return undefined;
    case 'nullable_type':
    case 'ref_type':
      return typeName(field(node, 'type') ?? node.namedChildren[0] ?? undefined);
    case 'generic_name':
      return node.namedChildren[0]?.text;
    case 'qualified_name':
    case 'alias_qualified_name':
      return typeName(field(node, 'name'));
    default:
      return node.text;
  }
}

/** Whether a bare name is most likely a type or namespace: nothing that the file shows is called so, and types begin upper-case. */
export function isTypeLike(lowering: Lowering, name: string): boolean {
  return (
    /^\p{Lu}/u.test(name) &&
    lowering.names.lookUp(name) === undefined &&
    !lowering.enclosing.has(name) &&
    !lowering.members.has(name)
  );
}

export function locationOfName(lowering: Lowering, name: string): Location {
  const local = lowering.names.lookUp(name);
  if (local !== undefined) return local;
  if (lowering.enclosing.has(name)) return `C.${name}`;
  return `${lowering.owner === undefined ? 'G' : 'S'}.${name}`;
}

/** The dotted name that an expression consists of, if it is nothing but one whose first part is a type or namespace. */
export function qualifierOf(lowering: Lowering, node: Node | undefined): string | undefined {
  switch (node?.type) {
    case 'identifier':
      return isTypeLike(lowering, node.text) ? node.text : undefined;
    case 'predefined_type':
      return node.text;
    case 'generic_name':
      return node.namedChildren[0]?.text;
    case 'member_access_expression':
    case 'qualified_name':
    case 'alias_qualified_name': {
      const outer = qualifierOf(
        lowering,
        field(node, 'expression') ?? field(node, 'qualifier') ?? field(node, 'alias'),
      );
      const name = simpleName(field(node, 'name'));
      return outer === undefined ? undefined : `${outer}.${name}`;
    }
    default:
      return undefined;
  }
}

/** A name without its type arguments. */
export function simpleName(node: Node | undefined): string {
  return (node?.type === 'generic_name' ? node.namedChildren[0]?.text : node?.text) ?? '';
}

/** Members that only show the value that they are asked of. */
const TRANSPARENT_MEMBERS: ReadonlySet<string> = new Set(['Value']);

/** Where an expression's value stands; calls on the way are lowered into temporaries. Undefined where it has no place. */
export function placeOf(lowering: Lowering, node: Node | undefined): Location | undefined {
  if (node === undefined) return undefined;
  switch (node.type) {
    case 'identifier':
    case 'generic_name':
      return locationOfName(lowering, simpleName(node));
    case 'this':
    case 'this_expression':
    case 'base':
    case 'base_expression':
      return lowering.owner === undefined ? 'G' : 'S';
    case 'member_access_expression': {
      const expression = field(node, 'expression') ?? node.children[0] ?? undefined;
      const place = placeOf(lowering, expression);
      const name = simpleName(field(node, 'name'));
      return place === undefined || TRANSPARENT_MEMBERS.has(name) ? place : below(place, name);
    }
    case 'element_access_expression': {
      for (const subscript of namedChildren(field(node, 'subscript') ?? node)) {
        if (subscript.type === 'argument')
          namedChildren(subscript).forEach((index) => {
            lowering.effect(index);
          });
      }
      const place = placeOf(lowering, field(node, 'expression') ?? node.children[0] ?? undefined);
      return place === undefined ? undefined : below(place, '[]');
    }
    case 'declaration_expression': {
      const name = field(node, 'name');
      return name && declareLocal(lowering, name.text, name, typeName(field(node, 'type')));
    }
    default:
      return lowering.value(node).location;
  }
}

export function operandAt(lowering: Lowering, node: Node): Operand {
  const location = placeOf(lowering, node);
  return { ...(location === undefined ? {} : { location }), text: shortText(node) };
}
