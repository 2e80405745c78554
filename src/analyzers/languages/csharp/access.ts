/** Names, members and elements: where a value stands. */
import type { Location, Operand } from '../../flow/graph.ts';
import { below } from '../../flow/graph.ts';
import { shortText, spanOf } from '../shared/function-state.ts';
import type { Syntax } from '../shared/syntax.ts';
import { memberOf } from './class-scope.ts';
import { declareDesignated } from './declare.ts';
import type { Lowering } from './lowering.ts';
import { transparentInner } from './transparent.ts';

/** Members that give the wrapped value itself (Nullable, Lazy, KeyValuePair) or the collection of the values. */
const TRANSPARENT_MEMBERS = new Set(['Value', 'Values']);

export function locationOfName(lowering: Lowering, name: string): Location {
  const local = lowering.state.names.lookUp(name);
  if (local !== undefined) return local;
  if (lowering.enclosing.has(name)) return `C.${name}`;
  const read = memberOf(lowering.scope, name)?.read;
  if (typeof read === 'object') return `S.${read.field}`;
  return `${lowering.scope === undefined ? 'G' : 'S'}.${name}`;
}

/**
 * Evaluates what the expression names its value by (receivers, indices) and says where the value stands; undefined for
 * a value without a place.
 */
export function place(lowering: Lowering, node: Syntax): Location | undefined {
  return lowering.state.descend(() => placeOf(lowering, node));
}

function placeOf(lowering: Lowering, node: Syntax): Location | undefined {
  const inner = transparentInner(node);
  if (inner !== undefined) return place(lowering, inner);
  switch (node.type) {
    case 'identifier':
      return locationOfName(lowering, node.text);
    case 'generic_name':
      return locationOfName(lowering, node.first?.text ?? '');
    case 'this':
    case 'base':
      return 'S';
    case 'predefined_type':
    case 'alias_qualified_name':
    case 'qualified_name':
      return `S.${node.text}`;
    case 'member_access_expression':
      return member(lowering, node);
    case 'conditional_access_expression':
      return afterQuestionMark(lowering, node);
    case 'element_access_expression': {
      const collection = node.child('expression');
      const base = collection && place(lowering, collection);
      for (const argument of node.child('subscript')?.parts ?? []) lowering.value(argument.last ?? argument);
      return base === undefined ? undefined : below(base, '[]');
    }
    case 'prefix_unary_expression': {
      if (node.first === undefined || !(node.has('*') || node.has('&'))) break;
      const base = place(lowering, node.first);
      return base === undefined || node.has('&') ? base : below(base, '*');
    }
    case 'declaration_expression': {
      const name = node.child('name');
      return name && declareDesignated(lowering, name, node.child('type'));
    }
  }
  return lowering.value(node).location;
}

/** A member or element read as a value: an accessor with a body is a call. */
export function read(lowering: Lowering, node: Syntax, into: Location | undefined): Operand {
  const accessor = accessorCall(lowering, node, 'read');
  if (accessor !== undefined) {
    const result = into ?? lowering.state.builder.newTemporary();
    lowering.state.call({ name: `get_${accessor}`, receiver: SELF, args: [], result, span: spanOf(node) });
    return { location: result, text: shortText(node) };
  }
  const location = place(lowering, node);
  const operand = { ...(location === undefined ? {} : { location }), text: shortText(node) };
  return lowering.state.settle(operand, into, spanOf(node));
}

/** A value put into a member that has an accessor with a body; false where it is none. */
export function writeByAccessor(lowering: Lowering, target: Syntax, right: Syntax): Operand | undefined {
  const accessor = accessorCall(lowering, target, 'write');
  if (accessor === undefined) return undefined;
  const value = lowering.value(right);
  lowering.state.call({ name: `set_${accessor}`, receiver: SELF, args: [value], span: spanOf(target) });
  return value;
}

/** The type of what stands at a location, where it is declared in sight. */
export function typeOf(lowering: Lowering, location: Location): string | undefined {
  const [root, name, ...deeper] = location.split('.');
  if (root !== 'S') return lowering.state.types.get(location);
  return name === undefined || deeper.length > 0 ? undefined : memberOf(lowering.scope, name)?.type;
}

/** The name as written if the expression names a type or namespace, as far as the file shows. */
export function typeName(lowering: Lowering, node: Syntax): string | undefined {
  switch (node.type) {
    case 'identifier':
      return isUnexplained(lowering, node.text) ? node.text : undefined;
    case 'generic_name': {
      const name = node.first?.text;
      return name !== undefined && isUnexplained(lowering, name) ? name : undefined;
    }
    case 'predefined_type':
    case 'alias_qualified_name':
    case 'qualified_name':
      return node.text.replace(/^global::/u, '');
    case 'member_access_expression': {
      const [qualifier, name] = [node.child('expression'), node.child('name')];
      const outer = qualifier && typeName(lowering, qualifier);
      return outer === undefined || name === undefined ? undefined : `${outer}.${name.first?.text ?? name.text}`;
    }
    default:
      return undefined;
  }
}

const SELF: Operand = { location: 'S', text: 'this' };

function isUnexplained(lowering: Lowering, name: string): boolean {
  return (
    /^\p{Lu}/u.test(name) &&
    lowering.state.names.lookUp(name) === undefined &&
    !lowering.enclosing.has(name) &&
    memberOf(lowering.scope, name) === undefined
  );
}

function member(lowering: Lowering, node: Syntax): Location | undefined {
  const [object, name] = [node.child('expression'), node.child('name')];
  if (object === undefined || name === undefined) return undefined;
  const base = place(lowering, object);
  if (base === undefined || TRANSPARENT_MEMBERS.has(name.text)) return base;
  // `this.Map` may be a property that stands for a field.
  return base === 'S' ? locationOfMember(lowering, name.text) : below(base, name.first?.text ?? name.text);
}

function locationOfMember(lowering: Lowering, name: string): Location {
  const access = memberOf(lowering.scope, name)?.read;
  return `S.${typeof access === 'object' ? access.field : name}`;
}

function afterQuestionMark(lowering: Lowering, node: Syntax): Location | undefined {
  const receiver = lowering.receivers.get(node);
  if (receiver === undefined) return lowering.value(node).location;
  const binding = node.last;
  for (const argument of binding?.type === 'element_binding_expression' ? binding.parts : []) {
    lowering.value(argument.last ?? argument);
  }
  if (receiver.location === undefined || binding === undefined) return undefined;
  if (binding.type === 'element_binding_expression') return below(receiver.location, '[]');
  const name = binding.child('name')?.text ?? binding.text;
  return TRANSPARENT_MEMBERS.has(name) ? receiver.location : below(receiver.location, name);
}

/** The property's name, if the expression names an own one whose accessor has a body. */
function accessorCall(lowering: Lowering, node: Syntax, way: 'read' | 'write'): string | undefined {
  const isOwn = node.type === 'member_access_expression' && node.child('expression')?.type === 'this';
  const name = node.type === 'identifier' ? node.text : isOwn ? node.child('name')?.text : undefined;
  if (name === undefined) return undefined;
  if (!isOwn && (lowering.state.names.lookUp(name) !== undefined || lowering.enclosing.has(name))) return undefined;
  return memberOf(lowering.scope, name)?.[way] === 'call' ? name : undefined;
}
