/** Loops. What is done to the loop's variable, or to `x[i]`, is done to each element. */
import type { BlockId } from '../../flow/builder.ts';
import type { Location, Test } from '../../flow/graph.ts';
import { below } from '../../flow/graph.ts';
import { shortText, spanOf } from '../shared/function-state.ts';
import type { Syntax } from '../shared/syntax.ts';
import { give, targetsOf } from './assignments.ts';
import { collectionOf, elementsIn } from './elements.ts';
import { declareWith, lowerVariables } from './local-declarations.ts';
import type { Lowering } from './lowering.ts';

export function lowerFor(lowering: Lowering, node: Syntax): void {
  const [condition, body] = [node.child('condition'), node.child('body')];
  inScope(lowering, node, () => {
    for (const initializer of node.all('initializer')) {
      if (initializer.type === 'variable_declaration') lowerVariables(lowering, initializer);
      else lowering.effect(initializer);
    }
    lowering.state.builder.loop({
      span: spanOf(node),
      condition: conditionOf(lowering, condition, body),
      body: () => {
        if (body) lowering.statement(body, true);
      },
      step: () => {
        for (const update of node.all('update')) lowering.effect(update);
      },
    });
  });
}

export function lowerWhile(lowering: Lowering, node: Syntax): void {
  const [condition, body] = [node.child('condition'), node.child('body')];
  inScope(lowering, node, () => {
    lowering.state.builder.loop({
      span: spanOf(node),
      condition: conditionOf(lowering, condition, body),
      body: () => {
        if (body) lowering.statement(body, true);
      },
    });
  });
}

export function lowerDo(lowering: Lowering, node: Syntax): void {
  const [condition, body] = [node.child('condition'), node.child('body')];
  inScope(lowering, node, () => {
    lowering.state.builder.loop({
      span: spanOf(node),
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
  });
}

export function lowerForeach(lowering: Lowering, node: Syntax): void {
  const { builder, names } = lowering.state;
  const [left, right, body] = [node.child('left'), node.child('right'), node.child('body')];
  if (left === undefined || right === undefined) return;
  const { location } = lowering.value(collectionOf(right));
  const element = location === undefined ? undefined : below(location, '[]');
  const about = { span: spanOf(right), text: shortText(right) };
  const test: Test =
    element === undefined ? { op: 'unknown', ...about } : { op: 'loop', elements: [element], ...about };
  builder.loop({
    span: spanOf(node),
    condition: (inside, after) => {
      builder.branch(test, inside, after);
    },
    body: () => {
      names.within(() => {
        declareElement(lowering, node, left, element);
        if (body) lowering.statement(body, true);
      });
    },
  });
}

function declareElement(lowering: Lowering, node: Syntax, left: Syntax, element: Location | undefined): void {
  if (left.type === 'identifier') {
    declareWith(lowering, left, node.child('type'), element);
    return;
  }
  const targets = targetsOf(left);
  for (const [index, target] of targets.entries()) {
    // Of a pair the second is mostly a dictionary's value: the element itself, as `pair.Value` is.
    const isValue = targets.length === 2 && index === 1;
    const location = element === undefined || isValue ? element : below(element, `Item${index + 1}`);
    give(lowering, target, { ...(location === undefined ? {} : { location }), text: target.text });
  }
}

type LoopCondition = ((body: BlockId, after: BlockId) => void) | undefined;

/** A condition on a counter, over a body that works on elements: the body is not skipped while any of them is open. */
function conditionOf(lowering: Lowering, condition: Syntax | undefined, body: Syntax | undefined): LoopCondition {
  if (condition === undefined || condition.text === 'true') return undefined;
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
