/** Calls: who is called on what with what, and where the result goes. */
import { lookUp } from '../../catalog/catalog.ts';
import type { CallEvent, Location, Operand } from '../../flow/graph.ts';
import { below } from '../../flow/graph.ts';
import { shortText, spanOf } from '../shared/function-state.ts';
import type { Syntax } from '../shared/syntax.ts';
import { takeElement } from './elements.ts';
import type { Lowering } from './lowering.ts';
import { place } from './places.ts';

type Callee = Pick<CallEvent, 'name' | 'qualifier' | 'receiver'>;

/** @param result where the result goes; undefined where it is used by nothing */
export function lowerCall(lowering: Lowering, node: Syntax, result: Location | undefined): Operand {
  const called = node.child('function');
  const list = node.child('arguments');
  const made = { ...(result === undefined ? {} : { location: result }), text: shortText(node) };
  if (called === undefined) return made;
  const callee = calleeOf(lowering, called, list?.parts.length ?? 0);
  const args = lowerArguments(lowering, list, isKnown(callee));
  const into = result === undefined ? {} : { result };
  lowering.state.call({ ...callee, args, ...into, span: spanOf(node) });
  takeElement(lowering, node, callee, result);
  return made;
}

/** @param fillsBoxes the callee is known to put results into arrays of one element */
export function lowerArguments(lowering: Lowering, list: Syntax | undefined, fillsBoxes: boolean): readonly Operand[] {
  if (list?.type === 'template_string') return [lowering.value(list)];
  return (list?.parts ?? []).map((argument) => {
    if (argument.type === 'spread_element') return spread(lowering, argument);
    const operand = methodOf(lowering, argument) ?? lowering.value(argument);
    const { location } = operand;
    if (!fillsBoxes || location === undefined || !lowering.boxes.has(location)) return operand;
    return { ...operand, location: below(location, '[]'), byReference: true };
  });
}

function isKnown(callee: Callee): boolean {
  return callee.receiver === undefined && lookUp('typescript', { ...callee, hasReceiver: false }).length > 0;
}

/** `...all`: the elements are given. */
function spread(lowering: Lowering, argument: Syntax): Operand {
  const operand = argument.first === undefined ? { text: '' } : lowering.value(argument.first);
  return operand.location === undefined ? operand : { ...operand, location: below(operand.location, '[]') };
}

/** `x.close` without a call, `x.close.bind(x)`: whoever gets it may call it. */
function methodOf(lowering: Lowering, argument: Syntax): Operand | undefined {
  const isMember = argument.type === 'member_expression';
  const name = isMember ? (argument.child('property')?.text ?? '') : '';
  if (!/^(?:close|dispose|release|free|unmap|destroy)$/iu.test(name)) return undefined;
  const object = argument.child('object');
  const location = object && place(lowering, object);
  if (location === undefined) return undefined;
  lowering.state.capture(location, spanOf(argument));
  return { closure: true, location, text: shortText(argument) };
}

function calleeOf(lowering: Lowering, called: Syntax, count: number): Callee {
  switch (called.type) {
    case 'identifier':
      return { name: lowering.facts.functionNames.get(called.text) ?? called.text };
    case 'import':
      return { name: 'import' };
    case 'super': {
      const [base] = lowering.scope?.bases ?? [];
      return { name: '.ctor', ...(base === undefined ? {} : { qualifier: base }) };
    }
    case 'member_expression':
      return memberCallee(lowering, called, count);
    case 'non_null_expression':
    case 'parenthesized_expression':
      return called.first === undefined ? { name: 'call' } : calleeOf(lowering, called.first, count);
    case 'function_expression':
    case 'arrow_function':
      lowering.value(called);
      return { name: '<lambda>' };
    default:
      return { name: 'call', receiver: lowering.value(called) };
  }
}

function memberCallee(lowering: Lowering, called: Syntax, count: number): Callee {
  const object = called.child('object');
  const property = called.child('property')?.text ?? '';
  const name = lowering.facts.functionNames.get(property) ?? property;
  if (object === undefined) return { name };
  if (object.type === 'super') return { name, receiver: { location: 'S', text: 'super' } };
  const isName = object.type === 'identifier' && isUnexplained(lowering, object.text);
  if (isName && lowering.facts.namespaces.has(object.text) && !isGlobalOf(object.text, name)) return { name };
  const tested = lowering.receivers.get(called);
  // A native function, or one of Node's, that is a member of whatever object it was declared in.
  const qualifier = object.end - object.start < 80 ? object.text : '';
  const effects = tested === undefined ? lookUp('typescript', { name, qualifier, hasReceiver: false }) : [];
  if (effects.some(({ effect }) => count > 0 || effect === 'end')) return { name, qualifier };
  if (isName && (lowering.facts.classes.has(object.text) || /^\p{Lu}/u.test(object.text))) {
    return { name, qualifier: object.text };
  }
  return { name, receiver: tested ?? lowering.value(object) };
}

function isUnexplained(lowering: Lowering, name: string): boolean {
  return lowering.state.names.lookUp(name) === undefined && !lowering.enclosing.has(name);
}

/** A namespace import of Node's own modules is asked of the catalog. */
function isGlobalOf(qualifier: string, name: string): boolean {
  return lookUp('typescript', { name, qualifier, hasReceiver: false }).length > 0;
}
