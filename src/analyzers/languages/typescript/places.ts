/** Names, members and elements: where a value stands. */
import type { Location, Operand } from '../../flow/graph.ts';
import { below } from '../../flow/graph.ts';
import { shortText, spanOf } from '../shared/function-state.ts';
import type { Syntax } from '../shared/syntax.ts';
import type { Access } from './class-scope.ts';
import type { Lowering } from './lowering.ts';
import { transparentInner } from './transparent.ts';

export function locationOfName(lowering: Lowering, name: string): Location {
  const local = lowering.state.names.lookUp(name);
  if (local !== undefined) return local;
  if (lowering.enclosing.has(name)) return `C.${name}`;
  return name === lowering.scope?.name ? 'S' : `G.${name}`;
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
    case 'shorthand_property_identifier':
    case 'shorthand_property_identifier_pattern':
      return locationOfName(lowering, node.text);
    case 'this':
    case 'super':
      return 'S';
    case 'member_expression': {
      const name = node.child('property')?.text;
      const base = baseOf(lowering, node);
      if (base === undefined || name === undefined) return undefined;
      return base === 'S' ? ownMember(lowering, name) : below(base, name);
    }
    case 'subscript_expression':
      return element(lowering, node);
    default:
      return lowering.value(node).location;
  }
}

/** A member or element read as a value: an accessor that computes it is a call. */
export function read(lowering: Lowering, node: Syntax, into: Location | undefined): Operand {
  if (accessOf(lowering, node, 'get') === 'call') {
    const result = into ?? lowering.state.builder.newTemporary();
    const name = `get_${node.child('property')?.text ?? ''}`;
    lowering.state.call({ name, receiver: SELF, args: [], result, span: spanOf(node) });
    return { location: result, text: shortText(node) };
  }
  const location = place(lowering, node);
  const operand = { ...(location === undefined ? {} : { location }), text: shortText(node) };
  return lowering.state.settle(operand, into, spanOf(node));
}

/** A value put into a member by a setter that does more than that; undefined where it is none. */
export function writeBySetter(lowering: Lowering, target: Syntax, right: Syntax): Operand | undefined {
  if (accessOf(lowering, target, 'set') !== 'call') return undefined;
  const value = lowering.value(right);
  const name = `set_${target.child('property')?.text ?? ''}`;
  lowering.state.call({ name, receiver: SELF, args: [value], span: spanOf(target) });
  return value;
}

const SELF: Operand = { location: 'S', text: 'this' };

function accessOf(lowering: Lowering, node: Syntax, way: 'get' | 'set'): Access | undefined {
  if (node.type !== 'member_expression' || node.child('object')?.type !== 'this') return undefined;
  const accessors = way === 'get' ? lowering.scope?.getters : lowering.scope?.setters;
  return accessors?.get(node.child('property')?.text ?? '');
}

function ownMember(lowering: Lowering, name: string): Location {
  const access = lowering.scope?.getters.get(name) ?? lowering.scope?.setters.get(name);
  return `S.${typeof access === 'object' ? access.field : name}`;
}

/** What stands before the dot or bracket: after `?.` the value that was tested. */
function baseOf(lowering: Lowering, node: Syntax): Location | undefined {
  const tested = lowering.receivers.get(node);
  const object = node.child('object');
  return tested === undefined ? object && place(lowering, object) : tested.location;
}

function element(lowering: Lowering, node: Syntax): Location | undefined {
  const base = baseOf(lowering, node);
  const index = node.child('index');
  if (index !== undefined && index.type !== 'string') lowering.value(index);
  if (base === undefined) return undefined;
  return below(base, index?.type === 'string' ? index.text.slice(1, -1).replaceAll('.', '_') : '[]');
}
