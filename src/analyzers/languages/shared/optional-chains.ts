/** `a?.b.c()` and tests for null: all that follows a question mark in a chain runs only where there is something before it. */
import type { BlockId } from '../../flow/builder.ts';
import type { Location, Operand } from '../../flow/graph.ts';
import type { Evaluator, QuestionMark } from './evaluator.ts';
import { shortText, spanOf } from './function-state.ts';
import type { Syntax, Written } from './syntax.ts';
import { testText } from './test-text.ts';

/** What a part of a chain says of where the next question mark is. */
export type ChainStep =
  | { readonly has: 'mark'; readonly receiver: Syntax | undefined }
  | { readonly has: 'none'; readonly next: Syntax | undefined };

/** The next question mark of a chain that is not being lowered yet. */
export function findQuestionMark(
  receivers: ReadonlyMap<Syntax, Operand>,
  node: Syntax,
  stepOf: (part: Syntax) => ChainStep | undefined,
): QuestionMark | undefined {
  let at: Syntax | undefined = node;
  while (at !== undefined) {
    const step = stepOf(at);
    if (step === undefined || receivers.has(at)) return undefined;
    if (step.has === 'mark') return step.receiver && { chain: at, receiver: step.receiver };
    at = step.next;
  }
  return undefined;
}

/** @param result where the value goes; undefined where it is used by nothing */
export function lowerOptionalChain<Node extends Written>(
  evaluator: Evaluator<Node>,
  node: Node,
  result: Location | undefined,
): Operand {
  const { state, receivers } = evaluator;
  const { builder } = state;
  const mark = evaluator.questionMarkOf(node);
  if (mark === undefined) return { text: shortText(node) };
  const [present, absent, after] = [builder.newBlock(), builder.newBlock(), builder.newBlock()];
  const receiver = branchOnNull(evaluator, mark.receiver, '', absent, present);
  builder.start(present);
  receivers.set(mark.chain, receiver);
  if (result === undefined) evaluator.effect(node);
  else evaluator.value(node, result);
  receivers.delete(mark.chain);
  builder.goto(after);
  builder.start(absent);
  if (result !== undefined) state.constant(result, 'null', spanOf(node));
  builder.start(after);
  return { ...(result === undefined ? {} : { location: result }), text: shortText(node) };
}

/** Evaluates the expression and ends with jumps. @returns its value, for where it is not null */
export function lowerNullTest<Node extends Written>(
  evaluator: Evaluator<Node>,
  node: Node,
  absent: BlockId,
  present: BlockId,
): Operand {
  return branchOnNull(evaluator, node, testText(shortText(node), 'null'), absent, present);
}

function branchOnNull<Node extends Written>(
  evaluator: Evaluator<Node>,
  node: Node,
  text: string,
  absent: BlockId,
  present: BlockId,
): Operand {
  const { state, receivers } = evaluator;
  const { builder } = state;
  const mark = evaluator.questionMarkOf(node);
  if (mark === undefined) {
    const operand = located(evaluator, node);
    const { location } = operand;
    if (location === undefined) builder.goto(present);
    else builder.branch({ op: 'is', location, value: 'null', span: spanOf(node), text }, absent, present);
    return operand;
  }
  const next = builder.newBlock();
  const receiver = state.descend(() => branchOnNull(evaluator, mark.receiver, '', absent, next));
  builder.start(next);
  receivers.set(mark.chain, receiver);
  const operand = state.descend(() => branchOnNull(evaluator, node, text, absent, present));
  receivers.delete(mark.chain);
  return operand;
}

/** The value at some place, if need be at one made for it, so that it can be tested. */
export function located<Node extends Written>(evaluator: Evaluator<Node>, node: Node): Operand {
  const operand = evaluator.value(node);
  if (operand.location !== undefined) return operand;
  return evaluator.state.settle(operand, evaluator.state.builder.newTemporary(), spanOf(node));
}
