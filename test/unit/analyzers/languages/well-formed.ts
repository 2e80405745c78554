/** What every graph of every language must keep. */
import assert from 'node:assert/strict';
import type { FlowEvent, FunctionGraph, Span, Terminator } from '../../../../src/analyzers/flow/graph.ts';
import type { FunctionUnit } from '../../../../src/analyzers/languages/front-end.ts';

/** Spans lie inside of the function, edges lead to blocks, the same text gives the same graph. */
export function assertWellFormed(unit: FunctionUnit): void {
  assert.ok(unit.start <= unit.end);
  if (unit.broken) return;
  const graph = unit.lower();
  const length = unit.end - unit.start;
  for (const { start, end } of spansOf(graph)) {
    assert.ok(0 <= start && start <= end && end <= length, `${unit.qualifiedName}: ${start}-${end} of ${length}`);
  }
  for (const { end, handler } of graph.blocks) {
    for (const to of [...successors(end), handler ?? 0]) {
      assert.ok(to >= 0 && to < graph.blocks.length, `${unit.qualifiedName}: no block ${to}`);
    }
  }
  assert.deepEqual(unit.lower(), graph);
}

function* spansOf(graph: FunctionGraph): Generator<Span> {
  yield* graph.captured.values();
  for (const { events, end } of graph.blocks) {
    yield* events.map((event: FlowEvent) => event.span);
    if (end.type === 'branch') yield end.test.span;
    if (end.type === 'return' || end.type === 'throw') yield end.span;
  }
  for (const { start } of graph.declarations) yield { start, end: start };
}

function successors(end: Terminator): readonly number[] {
  if (end.type === 'goto') return [end.to];
  return end.type === 'branch' ? [end.then, end.else] : [];
}
