/** Statements that every language has: blocks, `if`, the scope of a `catch`. */
import type { BlockId } from '../../flow/builder.ts';
import type { Evaluator } from './evaluator.ts';
import { spanOf } from './function-state.ts';
import type { Syntax, Written } from './syntax.ts';

/** What is declared in the body ends with it. */
export function inScope<Node extends Written>({ state }: Evaluator<Node>, node: Node, body: () => void): void {
  state.builder.scope({ span: spanOf(node) }, () => {
    state.names.within(body);
  });
}

/** One `if` of a chain. */
interface Alternative<Node> {
  readonly condition: Node | undefined;
  readonly then: Node | undefined;
  readonly otherwise: Node | undefined;
}

/** `else if` is gone down in a loop: long chains nest to the right. @param read undefined for what is no `if` */
export function lowerAlternatives<Node extends Written>(
  evaluator: Evaluator<Node>,
  node: Node,
  read: (node: Node) => Alternative<Node> | undefined,
): void {
  const { builder } = evaluator.state;
  const after: BlockId = builder.newBlock();
  let rest: Node | undefined = node;
  for (let at = read(node); at !== undefined; at = rest && read(rest)) {
    const [then, otherwise] = [builder.newBlock(), builder.newBlock()];
    if (at.condition) evaluator.condition(at.condition, then, otherwise);
    builder.start(then);
    if (at.then) evaluator.statement(at.then, true);
    builder.goto(after);
    builder.start(otherwise);
    rest = at.otherwise;
  }
  if (rest) evaluator.statement(rest, true);
  builder.start(after);
}

/** `if` of the grammars that name its parts alike. */
export function lowerIf(
  evaluator: Evaluator,
  node: Syntax,
  alternativeOf: (node: Syntax) => Syntax | undefined = (at) => at.child('alternative'),
): void {
  lowerAlternatives(evaluator, node, (at) =>
    at.type === 'if_statement'
      ? { condition: at.child('condition'), then: at.child('consequence'), otherwise: alternativeOf(at) }
      : undefined,
  );
}
