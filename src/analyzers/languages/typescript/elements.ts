/** Methods of collections that give one of their elements, and expressions that read elements. */
import type { CallEvent, Location } from '../../flow/graph.ts';
import { below } from '../../flow/graph.ts';
import { elementsIn as elementsOf, namedLocation } from '../shared/elements.ts';
import { spanOf } from '../shared/function-state.ts';
import type { Syntax } from '../shared/syntax.ts';
import type { Lowering } from './lowering.ts';
import { locationOfName } from './places.ts';
import { withoutTransparent } from './transparent.ts';

/** The result is an element. */
const GIVING = new Set(['pop', 'shift', 'at', 'get', 'find', 'findLast']);
/** Give a sequence of the same elements. */
const SAME_ELEMENTS = new Set([
  'values',
  'entries',
  'slice',
  'splice',
  'filter',
  'reverse',
  'toReversed',
  'sort',
  'toSorted',
]);
/** Functions of the same kind: `Object.values(x)`. */
const SEQUENCE_OF = /^(?:Object\.(?:values|entries)|Array\.from)$/u;

export function takeElement(
  lowering: Lowering,
  node: Syntax,
  { name, receiver }: Pick<CallEvent, 'name' | 'receiver'>,
  result: Location | undefined,
): void {
  if (receiver?.location === undefined || result === undefined || !GIVING.has(name)) return;
  const element = { location: below(receiver.location, '[]'), text: receiver.text };
  lowering.state.assign(result, element, spanOf(node));
}

/** The collection whose elements a sequence has: `items` for `[...items].reverse()`. */
export function collectionOf(sequence: Syntax): Syntax {
  let at = withoutTransparent(sequence);
  for (;;) {
    const inner = sameElements(at);
    if (inner === undefined) return at;
    at = withoutTransparent(inner);
  }
}

function sameElements(node: Syntax): Syntax | undefined {
  if (node.type === 'array') {
    const [only, ...others] = node.parts;
    return only?.type === 'spread_element' && others.length === 0 ? only.first : undefined;
  }
  const called = node.type === 'call_expression' ? node.child('function') : undefined;
  if (called?.type !== 'member_expression') return undefined;
  if (SEQUENCE_OF.test(called.text)) return node.child('arguments')?.first;
  return SAME_ELEMENTS.has(called.child('property')?.text ?? '') ? called.child('object') : undefined;
}

export function elementsIn(lowering: Lowering, parts: readonly (Syntax | undefined)[]): readonly Location[] {
  return elementsOf(parts, {
    collectionOf: readCollection,
    locationOf: (node) =>
      namedLocation(node, {
        type: 'member_expression',
        object: 'object',
        name: 'property',
        plain: withoutTransparent,
        locationOfName: (name) => locationOfName(lowering, name),
      }),
  });
}

function readCollection(node: Syntax): Syntax | undefined {
  if (node.type === 'subscript_expression' && node.field !== 'left') return node.child('object');
  const called = node.type === 'call_expression' ? node.child('function') : undefined;
  return GIVING.has(called?.child('property')?.text ?? '') ? called?.child('object') : undefined;
}
