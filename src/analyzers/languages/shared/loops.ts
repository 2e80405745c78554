/** Loops. What is done to the loop's variable, or to `x[i]`, is done to each element. */
import type { BlockId } from '../../flow/builder.ts';
import type { Location, Test } from '../../flow/graph.ts';
import { below } from '../../flow/graph.ts';
import type { Evaluator } from './evaluator.ts';
import { shortText, spanOf } from './function-state.ts';
import type { Written } from './syntax.ts';

type LoopCondition = ((body: BlockId, after: BlockId) => void) | undefined;

interface Loop<Node> {
  readonly label?: string | undefined;
  readonly condition: LoopCondition;
  readonly conditionAtEnd?: boolean;
  readonly body: Node | undefined;
  readonly step?: (() => void) | undefined;
}

export function lowerLoop<Node extends Written>(evaluator: Evaluator<Node>, node: Node, loop: Loop<Node>): void {
  const { body, ...rest } = loop;
  evaluator.state.builder.loop({
    ...rest,
    span: spanOf(node),
    body: () => {
      if (body) evaluator.statement(body, true);
    },
  });
}

/**
 * A condition on a counter, over a body that works on elements: the body is not skipped while any of them is open.
 * @param elements those that condition and body read; asked for each time the condition is lowered
 * @param exhausted where the loop goes on when the condition fails, if not where `break` goes
 */
export function loopCondition<Node extends Written>(
  evaluator: Evaluator<Node>,
  condition: Node | undefined,
  elements: () => readonly Location[] = () => [],
  exhausted?: BlockId,
): LoopCondition {
  return (
    condition &&
    ((inside, after) => {
      evaluator.condition(condition, inside, exhausted ?? after, elements());
    })
  );
}

interface Each<Node> {
  readonly label?: string | undefined;
  /** What the collection's expression says. */
  readonly over: Node;
  /** Where the collection stands; undefined where what is gone through has no elements to follow. */
  readonly collection: Location | undefined;
  /** Where the loop goes on after the last element, if not where `break` goes. */
  readonly exhausted?: BlockId | undefined;
  /** Declares the variable, given where an element stands, and lowers the body. */
  readonly body: (element: Location | undefined) => void;
}

export function lowerEach<Node extends Written>(
  { state }: Evaluator<Node>,
  node: Node,
  { label, over, collection, exhausted, body }: Each<Node>,
): void {
  const element = collection === undefined ? undefined : below(collection, '[]');
  const about = { span: spanOf(over), text: shortText(over) };
  const test: Test =
    element === undefined ? { op: 'unknown', ...about } : { op: 'loop', elements: [element], ...about };
  state.builder.loop({
    span: spanOf(node),
    label,
    condition: (inside, after) => {
      state.builder.branch(test, inside, exhausted ?? after);
    },
    body: () => {
      state.names.within(() => {
        body(element);
      });
    },
  });
}
