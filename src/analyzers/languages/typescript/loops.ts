/** Loops. What is done to the loop's variable, or to `x[i]`, is done to each element. */
import type { Location, Operand } from '../../flow/graph.ts';
import { lowerGuarded } from '../shared/clean-ups.ts';
import { shortText } from '../shared/function-state.ts';
import { loopCondition, lowerEach, lowerLoop } from '../shared/loops.ts';
import { inScope } from '../shared/scopes.ts';
import type { Syntax } from '../shared/syntax.ts';
import { lowerDeclaration } from './declarations.ts';
import { collectionOf, elementsIn } from './elements.ts';
import type { Lowering } from './lowering.ts';
import { declareName, existing, takeApart } from './patterns.ts';
import { locationOfName } from './places.ts';
import { withoutTransparent } from './transparent.ts';

export function lowerFor(lowering: Lowering, node: Syntax, label: string | undefined): void {
  const initializer = node.child('initializer');
  const condition = node.all('condition').find(({ type }) => type !== 'empty_statement');
  inScope(lowering, node, () => {
    if (initializer?.type.endsWith('_declaration') === true) lowerDeclaration(lowering, initializer);
    else if (initializer && initializer.type !== 'empty_statement') lowering.effect(initializer);
    lowerLoop(lowering, node, {
      label,
      condition: conditionOf(lowering, condition, node),
      body: node.child('body'),
      step: () => {
        const increment = node.child('increment');
        if (increment) lowering.effect(increment);
      },
    });
  });
}

export function lowerWhile(lowering: Lowering, node: Syntax, label: string | undefined): void {
  const condition = conditionOf(lowering, node.child('condition'), node);
  lowerLoop(lowering, node, { label, condition, body: node.child('body') });
}

export function lowerDo(lowering: Lowering, node: Syntax, label: string | undefined): void {
  const condition = loopCondition(lowering, node.child('condition'));
  lowerLoop(lowering, node, { label, condition, conditionAtEnd: true, body: node.child('body') });
}

/** `for (const x of xs)`; the keys of `for (const key in x)` are no elements. */
export function lowerForIn(lowering: Lowering, node: Syntax, label: string | undefined): void {
  const [left, right, body] = [node.child('left'), node.child('right'), node.child('body')];
  if (left === undefined || right === undefined) return;
  const isOf = node.child('operator')?.type === 'of';
  const { location } = lowering.value(isOf ? collectionOf(right) : right);
  lowerEach(lowering, node, {
    label,
    over: right,
    collection: isOf ? location : undefined,
    body: (element) => {
      takeElement(lowering, node, left, element);
      const guarded = node.child('kind')?.text === 'using' ? [locationOfName(lowering, left.text)] : [];
      lowerGuarded(lowering, node, guarded, 'Symbol.dispose', () => {
        if (body) lowering.statement(body, true);
      });
    },
  });
}

function takeElement(lowering: Lowering, node: Syntax, left: Syntax, element: Location | undefined): void {
  const value: Operand = { ...(element === undefined ? {} : { location: element }), text: shortText(left) };
  const target = node.child('kind') === undefined ? existing : declareName;
  const pair = left.type === 'array_pattern' && left.parts.length === 2 ? left.parts : undefined;
  if (pair === undefined) {
    takeApart(lowering, left, value, target);
    return;
  }
  // Of a pair the second is mostly a Map's value: the element itself.
  const [key, kept] = pair;
  if (key) takeApart(lowering, key, { text: shortText(key) }, target);
  if (kept) takeApart(lowering, kept, value, target);
}

function conditionOf(
  lowering: Lowering,
  condition: Syntax | undefined,
  node: Syntax,
): ReturnType<typeof loopCondition> {
  const isEndless = condition !== undefined && withoutTransparent(condition).type === 'true';
  return loopCondition(lowering, isEndless ? undefined : condition, () =>
    elementsIn(lowering, [condition, node.child('body')]),
  );
}
