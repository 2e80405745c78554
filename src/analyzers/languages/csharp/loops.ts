/** Loops. What is done to the loop's variable, or to `x[i]`, is done to each element. */
import type { Location } from '../../flow/graph.ts';
import { below } from '../../flow/graph.ts';
import { loopCondition, lowerEach, lowerLoop } from '../shared/loops.ts';
import { inScope } from '../shared/scopes.ts';
import type { Syntax } from '../shared/syntax.ts';
import { give, targetsOf } from './assignments.ts';
import { collectionOf, elementsIn } from './elements.ts';
import { declareWith, lowerVariables } from './local-declarations.ts';
import type { Lowering } from './lowering.ts';

export function lowerFor(lowering: Lowering, node: Syntax): void {
  inScope(lowering, node, () => {
    for (const initializer of node.all('initializer')) {
      if (initializer.type === 'variable_declaration') lowerVariables(lowering, initializer);
      else lowering.effect(initializer);
    }
    lowerLoop(lowering, node, {
      condition: conditionOf(lowering, node),
      body: node.child('body'),
      step: () => {
        for (const update of node.all('update')) lowering.effect(update);
      },
    });
  });
}

export function lowerWhile(lowering: Lowering, node: Syntax): void {
  inScope(lowering, node, () => {
    lowerLoop(lowering, node, { condition: conditionOf(lowering, node), body: node.child('body') });
  });
}

export function lowerDo(lowering: Lowering, node: Syntax): void {
  inScope(lowering, node, () => {
    const condition = loopCondition(lowering, node.child('condition'));
    lowerLoop(lowering, node, { condition, conditionAtEnd: true, body: node.child('body') });
  });
}

export function lowerForeach(lowering: Lowering, node: Syntax): void {
  const [left, right, body] = [node.child('left'), node.child('right'), node.child('body')];
  if (left === undefined || right === undefined) return;
  lowerEach(lowering, node, {
    over: right,
    collection: lowering.value(collectionOf(right)).location,
    body: (element) => {
      declareElement(lowering, node, left, element);
      if (body) lowering.statement(body, true);
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

function conditionOf(lowering: Lowering, node: Syntax): ReturnType<typeof loopCondition> {
  const [condition, body] = [node.child('condition'), node.child('body')];
  const isEndless = condition?.text === 'true';
  return loopCondition(lowering, isEndless ? undefined : condition, () => elementsIn(lowering, [condition, body]));
}
