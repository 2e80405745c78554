/** Methods of collections that give one of their elements, and expressions that read elements. */
import type { CallEvent, Location, Operand } from '../../flow/graph.ts';
import { below } from '../../flow/graph.ts';
import { elementsIn as elementsOf, namedLocation } from '../shared/elements.ts';
import { spanOf } from '../shared/function-state.ts';
import type { Syntax } from '../shared/syntax.ts';
import { locationOfName } from './access.ts';
import type { Lowering } from './lowering.ts';
import { withoutTransparent } from './transparent.ts';

/** The result is an element. */
const GIVING = new Set([
  'Dequeue',
  'Pop',
  'Peek',
  'First',
  'FirstOrDefault',
  'Last',
  'LastOrDefault',
  'Single',
  'SingleOrDefault',
  'ElementAt',
  'ElementAtOrDefault',
  'GetValueOrDefault',
  'Find',
  'FindLast',
]);
/** The last argument gets an element. */
const GIVING_OUT = new Set(['TryGetValue', 'TryRemove', 'TryDequeue', 'TryPop', 'TryPeek', 'TryTake', 'Remove']);
/** Give a sequence of the same elements. */
const SAME_ELEMENTS = new Set([
  'ToArray',
  'ToList',
  'ToImmutableArray',
  'ToImmutableList',
  'AsEnumerable',
  'AsSpan',
  'AsParallel',
  'Reverse',
  'OfType',
  'Cast',
  'Where',
  'OrderBy',
  'OrderByDescending',
  'Distinct',
  'Skip',
  'Take',
  'GetConsumingEnumerable',
]);

export function takeElement(
  lowering: Lowering,
  node: Syntax,
  { name, receiver }: Pick<CallEvent, 'name' | 'receiver'>,
  args: readonly Operand[],
  result: Location | undefined,
): void {
  if (receiver?.location === undefined) return;
  const element = { location: below(receiver.location, '[]'), text: receiver.text };
  const last = args.at(-1);
  if (result !== undefined && GIVING.has(name)) lowering.state.assign(result, element, spanOf(node));
  if (last?.byReference === true && last.location !== undefined && GIVING_OUT.has(name)) {
    lowering.state.assign(last.location, element, spanOf(node));
  }
}

/** The collection whose elements a sequence has: `items` for `items.Where(...).ToList()`. */
export function collectionOf(sequence: Syntax): Syntax {
  let at = withoutTransparent(sequence);
  for (;;) {
    const called = at.type === 'invocation_expression' ? at.child('function') : undefined;
    const name = called?.child('name');
    const simple = name?.type === 'generic_name' ? name.first?.text : name?.text;
    const inner = called?.type === 'member_access_expression' ? called.child('expression') : undefined;
    if (inner === undefined || simple === undefined || !SAME_ELEMENTS.has(simple)) return at;
    at = withoutTransparent(inner);
  }
}

export function elementsIn(lowering: Lowering, parts: readonly (Syntax | undefined)[]): readonly Location[] {
  return elementsOf(parts, {
    collectionOf: readCollection,
    locationOf: (node) =>
      namedLocation(node, {
        type: 'member_access_expression',
        object: 'expression',
        name: 'name',
        plain: withoutTransparent,
        locationOfName: (name) => locationOfName(lowering, name),
      }),
  });
}

function readCollection(node: Syntax): Syntax | undefined {
  if (node.type === 'element_access_expression' && node.field !== 'left') return node.child('expression');
  const called = node.type === 'invocation_expression' ? node.child('function') : undefined;
  if (called?.type !== 'member_access_expression') return undefined;
  const name = called.child('name')?.text ?? '';
  return (GIVING.has(name) || GIVING_OUT.has(name)) && name !== 'Remove' ? called.child('expression') : undefined;
}
