/** Loops. What is done to the loop's variable, or to `x[i]`, is done to each element. */
import type { BlockId } from '../../flow/builder.ts';
import type { Location, Operand, Test } from '../../flow/graph.ts';
import { below } from '../../flow/graph.ts';
import { lowerGuarded } from '../shared/clean-ups.ts';
import { shortText, spanOf } from '../shared/function-state.ts';
import type { Syntax } from '../shared/syntax.ts';
import { lowerDeclaration } from './declarations.ts';
import { collectionOf, elementsIn } from './elements.ts';
import type { Lowering } from './lowering.ts';
import { declareName, existing, takeApart } from './patterns.ts';
import { locationOfName } from './places.ts';
import { withoutTransparent } from './transparent.ts';

export function lowerFor(lowering: Lowering, node: Syntax, label: string | undefined): void {
  const [initializer, body] = [node.child('initializer'), node.child('body')];
  const condition = node.all('condition').find(({ type }) => type !== 'empty_statement');
  inScope(lowering, node, () => {
    if (initializer?.type.endsWith('_declaration') === true) lowerDeclaration(lowering, initializer);
    else if (initializer && initializer.type !== 'empty_statement') lowering.effect(initializer);
    lowering.state.builder.loop({
      span: spanOf(node),
      label,
      condition: conditionOf(lowering, condition, body),
      body: () => {
        if (body) lowering.statement(body, true);
      },
      step: () => {
        const increment = node.child('increment');
        if (increment) lowering.effect(increment);
      },
    });
  });
}

export function lowerWhile(lowering: Lowering, node: Syntax, label: string | undefined): void {
  const [condition, body] = [node.child('condition'), node.child('body')];
  lowering.state.builder.loop({
    span: spanOf(node),
    label,
    condition: conditionOf(lowering, condition, body),
    body: () => {
      if (body) lowering.statement(body, true);
    },
  });
}

export function lowerDo(lowering: Lowering, node: Syntax, label: string | undefined): void {
  const [condition, body] = [node.child('condition'), node.child('body')];
  lowering.state.builder.loop({
    span: spanOf(node),
    label,
    condition:
      condition &&
      ((again, after) => {
        lowering.condition(condition, again, after);
      }),
    conditionAtEnd: true,
    body: () => {
      if (body) lowering.statement(body, true);
    },
  });
}

/** `for (const x of xs)`; the keys of `for (const key in x)` are no elements. */
export function lowerForIn(lowering: Lowering, node: Syntax, label: string | undefined): void {
  const { builder, names } = lowering.state;
  const [left, right, body] = [node.child('left'), node.child('right'), node.child('body')];
  if (left === undefined || right === undefined) return;
  const isOf = node.child('operator')?.type === 'of';
  const { location } = lowering.value(isOf ? collectionOf(right) : right);
  const element = isOf && location !== undefined ? below(location, '[]') : undefined;
  const about = { span: spanOf(right), text: shortText(right) };
  const test: Test =
    element === undefined ? { op: 'unknown', ...about } : { op: 'loop', elements: [element], ...about };
  builder.loop({
    span: spanOf(node),
    label,
    condition: (inside, after) => {
      builder.branch(test, inside, after);
    },
    body: () => {
      names.within(() => {
        takeElement(lowering, node, left, element);
        const guarded = node.child('kind')?.text === 'using' ? [locationOfName(lowering, left.text)] : [];
        lowerGuarded(lowering, node, guarded, 'Symbol.dispose', () => {
          if (body) lowering.statement(body, true);
        });
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

type LoopCondition = ((body: BlockId, after: BlockId) => void) | undefined;

/** A condition on a counter, over a body that works on elements: the body is not skipped while any of them is open. */
function conditionOf(lowering: Lowering, condition: Syntax | undefined, body: Syntax | undefined): LoopCondition {
  if (condition === undefined || withoutTransparent(condition).type === 'true') return undefined;
  return (inside, after) => {
    lowering.condition(condition, inside, after, elementsIn(lowering, [condition, body]));
  };
}

/** Variables of the loop's head live as long as the loop. */
function inScope(lowering: Lowering, node: Syntax, body: () => void): void {
  lowering.state.builder.scope({ span: spanOf(node) }, () => {
    lowering.state.names.within(body);
  });
}
