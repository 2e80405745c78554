/** Calls: who is called on what with what, and where the result goes. */
import { lookUp } from '../../catalog/catalog.ts';
import type { CallEvent, Location, Operand } from '../../flow/graph.ts';
import { shortText, spanOf } from '../shared/function-state.ts';
import type { Syntax } from '../shared/syntax.ts';
import { place, typeName } from './access.ts';
import { memberOf } from './class-scope.ts';
import { takeElement } from './elements.ts';
import { lowerIntrinsic } from './intrinsics.ts';
import type { Lowering } from './lowering.ts';

/** @param result where the result goes; undefined where it is used by nothing */
export function lowerCall(lowering: Lowering, node: Syntax, result: Location | undefined): Operand {
  const called = node.child('function');
  const list = node.child('arguments');
  if (called === undefined) return { text: shortText(node) };
  if (lowerIntrinsic(lowering, node, result)) return resultOperand(node, result);
  const callee = calleeOf(lowering, called);
  const args = lowerArguments(lowering, list);
  const into = result === undefined ? {} : { result };
  lowering.state.call({ ...callee, args, ...into, span: spanOf(node) });
  takeElement(lowering, node, callee, args, result);
  return resultOperand(node, result);
}

export function lowerArguments(lowering: Lowering, list: Syntax | undefined): readonly Operand[] {
  return list?.parts.filter(({ type }) => type === 'argument').map((part) => lowerArgument(lowering, part)) ?? [];
}

function resultOperand(node: Syntax, result: Location | undefined): Operand {
  return { ...(result === undefined ? {} : { location: result }), text: shortText(node) };
}

type Callee = Pick<CallEvent, 'name' | 'qualifier' | 'receiver'>;

function calleeOf(lowering: Lowering, called: Syntax): Callee {
  switch (called.type) {
    case 'identifier':
      return { name: called.text };
    case 'generic_name':
      return { name: called.first?.text ?? called.text };
    case 'member_access_expression': {
      const [object, name] = [called.child('expression'), nameOf(called.child('name'))];
      return object === undefined ? { name } : memberCallee(lowering, object, name);
    }
    case 'conditional_access_expression': {
      const receiver = lowering.receivers.get(called);
      const name = nameOf(called.last?.child('name') ?? called.last);
      return { name, ...(receiver === undefined ? {} : { receiver }) };
    }
    default:
      return { name: 'Invoke', receiver: lowering.value(called) };
  }
}

function nameOf(node: Syntax | undefined): string {
  return (node?.type === 'generic_name' ? node.first?.text : node?.text) ?? '';
}

function memberCallee(lowering: Lowering, object: Syntax, name: string): Callee {
  const qualifier = typeName(lowering, object);
  if (qualifier === undefined) {
    const receiver = lowering.value(object);
    // A property that is called like its type: `MemoryMappedFile.CreateNew` may mean either.
    const isBoth = object.type === 'identifier' && memberOf(lowering.scope, object.text)?.type === object.text;
    return { name, receiver, ...(isBoth ? { qualifier: object.text } : {}) };
  }
  return { name, qualifier, ...(isInherited(qualifier, name) ? { receiver: unseen(lowering, object) } : {}) };
}

/**
 * A name that the file does not explain is a type, or a property of a base class or of another part of the class, or
 * (`Cache.Items.Add`) a static of another class: where only a method on an object has an effect, it is taken for one.
 */
function isInherited(qualifier: string, name: string): boolean {
  const asStatic = lookUp('csharp', { name, qualifier, hasReceiver: false });
  if (asStatic.length > 0) return false;
  return lookUp('csharp', { name, qualifier, hasReceiver: true }).some(
    ({ effect }) => effect === 'acquire' || effect === 'release' || (effect === 'collect' && qualifier.includes('.')),
  );
}

function unseen(lowering: Lowering, object: Syntax): Operand {
  const location = place(lowering, object);
  return { ...(location === undefined ? {} : { location }), text: shortText(object) };
}

function lowerArgument(lowering: Lowering, argument: Syntax): Operand {
  const value = argument.last;
  if (value === undefined) return { text: shortText(argument) };
  if (argument.has('ref') || argument.has('out')) {
    if (value.type === 'discard' || value.text === '_') return { text: '_' };
    const location = place(lowering, value);
    return { ...(location === undefined ? {} : { location, byReference: true }), text: shortText(value) };
  }
  return methodGroup(lowering, value) ?? lowering.value(value);
}

/** `x.Dispose` without a call, a method of the own class: whoever gets it may call it. */
function methodGroup(lowering: Lowering, value: Syntax): Operand | undefined {
  if (value.type === 'identifier') {
    const isOwn =
      lowering.state.names.lookUp(value.text) === undefined && memberOf(lowering.scope, value.text)?.kind === 'method';
    return isOwn ? { closure: true, text: shortText(value) } : undefined;
  }
  const object = value.type === 'member_access_expression' ? value.child('expression') : undefined;
  const name = value.child('name')?.text ?? '';
  const releases = lookUp('csharp', { name, hasReceiver: true }).some(({ effect }) => effect === 'release');
  const location = releases && object ? place(lowering, object) : undefined;
  if (location === undefined) return undefined;
  lowering.state.capture(location, spanOf(value));
  return { closure: true, location, text: shortText(value) };
}
