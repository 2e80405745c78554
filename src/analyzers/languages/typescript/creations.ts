/** Objects, arrays and collections, with what is put into them. */
import type { Location, Operand } from '../../flow/graph.ts';
import { below } from '../../flow/graph.ts';
import { shortText, spanOf } from '../shared/function-state.ts';
import type { Syntax } from '../shared/syntax.ts';
import { lowerArguments } from './calls.ts';
import { noteClosure } from './closures.ts';
import type { Lowering } from './lowering.ts';

/** The language's collections keep what is put into them. */
const COLLECTION = /^(?:Array|Set|Map|WeakSet|WeakMap)$/u;

/** `new T(...)`. @param result where the object goes; undefined where it is used by nothing */
export function lowerNew(lowering: Lowering, node: Syntax, result: Location | undefined): Operand {
  const constructor = node.child('constructor');
  const name = className(constructor) ?? 'new';
  if (constructor !== undefined && className(constructor) === undefined) lowering.value(constructor);
  const args = lowerArguments(lowering, node.child('arguments'), false);
  const span = spanOf(node);
  if (result !== undefined && COLLECTION.test(name)) {
    lowering.state.fresh(result, span);
    for (const { location, text } of args) {
      if (location === undefined) continue;
      lowering.state.assign(below(result, '[]'), { location: below(location, '[]'), text }, span);
    }
  } else {
    lowering.state.call({ name, args, ...(result === undefined ? {} : { result }), constructs: true, span });
  }
  return { ...(result === undefined ? {} : { location: result }), text: shortText(node) };
}

export function className(constructor: Syntax | undefined): string | undefined {
  switch (constructor?.type) {
    case 'identifier':
      return constructor.text;
    case 'member_expression':
      return constructor.child('property')?.text;
    default:
      return undefined;
  }
}

export function lowerArray(lowering: Lowering, node: Syntax, into: Location | undefined): Operand {
  const target = into ?? lowering.state.builder.newTemporary();
  lowering.state.fresh(target, spanOf(node));
  for (const part of node.parts) {
    if (part.type === 'spread_element') spreadInto(lowering, part, target, '[]');
    else lowering.value(part, below(target, '[]'));
  }
  return { location: target, text: shortText(node) };
}

export function lowerObject(lowering: Lowering, node: Syntax, into: Location | undefined): Operand {
  const target = into ?? lowering.state.builder.newTemporary();
  const [first, ...others] = node.parts;
  // `{ ...other, more }` stands for the other one: what is done to its members is done to the same things.
  const copied = first?.type === 'spread_element' ? first.first : undefined;
  if (copied) lowering.value(copied, target);
  else lowering.state.fresh(target, spanOf(node));
  for (const part of copied ? others : node.parts) {
    switch (part.type) {
      case 'pair': {
        const [key, value] = [part.child('key'), part.child('value')];
        if (key && value) lowering.value(value, below(target, keyStep(key)));
        break;
      }
      case 'shorthand_property_identifier':
        lowering.value(part, below(target, part.text));
        break;
      case 'spread_element':
        spreadInto(lowering, part, target, undefined);
        break;
      case 'method_definition':
        noteClosure(lowering, part);
        break;
    }
  }
  return { location: target, text: shortText(node) };
}

/** The step of a location that a key is. */
export function keyStep(key: Syntax): string {
  switch (key.type) {
    case 'computed_property_name':
      return '[]';
    case 'string':
      return key.text.slice(1, -1).replaceAll('.', '_');
    default:
      return key.text;
  }
}

/** `...other`: what the other one holds is held by this one too. */
function spreadInto(lowering: Lowering, part: Syntax, target: Location, step: '[]' | undefined): void {
  const from = part.first && lowering.value(part.first);
  if (from?.location === undefined) return;
  const location = step === undefined ? from.location : below(from.location, step);
  const to = step === undefined ? below(target, '*spread') : below(target, step);
  lowering.state.assign(to, { location, text: from.text }, spanOf(part));
}
