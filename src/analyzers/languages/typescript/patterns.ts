/** Declarations and assignments of names, members, and patterns that take a value apart. */
import type { Location, Operand } from '../../flow/graph.ts';
import { below } from '../../flow/graph.ts';
import { shortText, spanOf } from '../shared/function-state.ts';
import type { Syntax } from '../shared/syntax.ts';
import { constantOperand } from './constants.ts';
import { keyStep } from './creations.ts';
import type { Lowering } from './lowering.ts';
import { place } from './places.ts';

/** Where a target of a pattern gets its value: a name that it declares, or a place that there is. */
export type Target = (lowering: Lowering, node: Syntax) => Location | undefined;

/** A local of the innermost block; in a module outside of any block it is the module's. */
export function declareName(lowering: Lowering, node: Syntax): Location {
  const { names, builder } = lowering.state;
  // `var` was declared when the function began.
  const hoisted = names.lookUp(node.text);
  if (hoisted?.endsWith(`@${node.start}`) === true) return hoisted;
  if (lowering.isModule && names.current.outer === undefined) return `G.${node.text}`;
  const location = `L:${node.text}@${node.start}`;
  names.bind(node.text, location);
  builder.declare(location);
  return location;
}

/** Gives each target of the pattern its part of the value. */
export function takeApart(lowering: Lowering, pattern: Syntax, value: Operand, target: Target): void {
  switch (pattern.type) {
    case 'object_pattern':
      for (const part of pattern.parts) takeMember(lowering, part, value, target);
      break;
    case 'array_pattern':
      for (const part of pattern.parts) takeApart(lowering, part, partOf(value, '[]', part), target);
      break;
    case 'rest_pattern':
    case 'spread_element':
      if (pattern.first) takeApart(lowering, pattern.first, { ...value, text: shortText(pattern.first) }, target);
      break;
    case 'assignment_pattern': {
      const [left, right] = [pattern.child('left'), pattern.child('right')];
      if (left && right) takeWithDefault(lowering, left, right, value, target);
      break;
    }
    default: {
      const location = target(lowering, pattern);
      const isKnown = value.location !== undefined || value.constant !== undefined;
      if (location !== undefined && (isKnown || target !== declareName)) {
        lowering.state.assign(location, value, spanOf(pattern));
      }
    }
  }
}

function takeMember(lowering: Lowering, part: Syntax, value: Operand, target: Target): void {
  switch (part.type) {
    case 'pair_pattern': {
      const [key, inner] = [part.child('key'), part.child('value')];
      if (key && inner) takeApart(lowering, inner, partOf(value, keyStep(key), part), target);
      break;
    }
    case 'object_assignment_pattern': {
      const [left, right] = [part.child('left'), part.child('right')];
      if (left && right) takeWithDefault(lowering, left, right, partOf(value, left.text, left), target);
      break;
    }
    case 'rest_pattern':
      takeApart(lowering, part, value, target);
      break;
    default:
      takeApart(lowering, part, partOf(value, part.text, part), target);
  }
}

/** `a = b` in a pattern or parameter list: the default where the value is undefined. */
function takeWithDefault(lowering: Lowering, left: Syntax, right: Syntax, value: Operand, target: Target): void {
  const { builder } = lowering.state;
  const { location } = value;
  if (location === undefined) {
    takeApart(lowering, left, lowering.value(right), target);
    return;
  }
  if (constantOperand(right) !== undefined) {
    takeApart(lowering, left, value, target);
    return;
  }
  const taken = builder.newTemporary();
  builder.ifElse(
    (then, otherwise) => {
      builder.branch({ op: 'is', location, value: 'null', span: spanOf(left), text: '' }, then, otherwise);
    },
    () => lowering.value(right, taken),
    () => {
      lowering.state.assign(taken, value, spanOf(left));
    },
  );
  takeApart(lowering, left, { location: taken, text: shortText(left) }, target);
}

function partOf(value: Operand, step: string, node: Syntax): Operand {
  const location = value.location === undefined ? {} : { location: below(value.location, step) };
  return { ...location, text: shortText(node) };
}

export function isPattern(node: Syntax): boolean {
  return /^(?:object|array)_pattern$/u.test(node.type);
}

/** A place that there is already. */
export const existing: Target = (lowering, node) => place(lowering, node);
