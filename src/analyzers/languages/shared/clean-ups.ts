/** What runs on every way out: the end of a `using`, `finally`. */
import type { Location } from '../../flow/graph.ts';
import type { Evaluator } from './evaluator.ts';
import { closingOf, spanOf } from './function-state.ts';
import type { Syntax, Written } from './syntax.ts';

/**
 * What `using` names is given back on every way out of the body, the last one first: each is made under the guard of
 * the ones before it.
 * @param release the method that the language calls
 */
export function lowerGuarded<Node extends Written>(
  evaluator: Evaluator<Node>,
  whole: Node,
  guarded: readonly Location[],
  release: string,
  body: () => void,
): void {
  const [first, ...others] = guarded;
  if (first === undefined) {
    body();
    return;
  }
  const { state } = evaluator;
  const cleanUp = (): void => {
    const receiver = { location: first, text: '' };
    state.call({ name: release, receiver, args: [], implicit: true, span: closingOf(whole) });
  };
  state.builder.scope({ span: spanOf(whole), cleanUp }, () => {
    lowerGuarded(evaluator, whole, others, release, body);
  });
}

export interface Try<Node = Syntax> {
  readonly body: Node | undefined;
  readonly catches: readonly (() => void)[];
  /** No exception passes by all of the catches. */
  readonly catchesAll: boolean;
  readonly cleanUp: Node | undefined;
}

export function lowerTry<Node extends Written>(
  evaluator: Evaluator<Node>,
  node: Node,
  { body, catches, catchesAll, cleanUp }: Try<Node>,
): void {
  const { builder, names } = evaluator.state;
  const outside = names.current;
  const lowerBody = (): void => {
    if (body) evaluator.statement(body);
  };
  const guarded = (): void => {
    if (catches.length === 0) lowerBody();
    else builder.tryCatch(spanOf(node), lowerBody, catches, catchesAll);
  };
  if (cleanUp === undefined) {
    guarded();
    return;
  }
  const runCleanUp = (): void => {
    // The clean-up sees the names around the `try`, wherever the way out begins.
    names.within(() => {
      evaluator.statement(cleanUp);
    }, outside);
  };
  builder.scope({ span: spanOf(node), cleanUp: runCleanUp }, guarded);
}
