/** Assignment: what it means for what stood at a location before, and for what is put there. */
import { type Context, exitPoint } from './context.ts';
import { keepInObjects } from './keeping.ts';
import { reportLost } from './losing.ts';
import type { Location, Span } from './graph.ts';
import { isLocal, lastStep, rootOf } from './graph.ts';
import type { State } from './state.ts';
import { isObject, isPath, newestOf, type Path, resourceOf, type Value } from './values.ts';

/** Assignment to a location, with what it means for what stood there before and for what is put there. */
export function assign(context: Context, state: State, to: Location, values: readonly Value[], span: Span): void {
  const overwritten = state
    .cellsOf(to)
    .some((cell) =>
      (state.bindings.get(cell) ?? []).some((value) => resourceOf(value) !== undefined || isObject(value)),
    );
  const ids = values.map(resourceOf).filter((id) => id !== undefined);
  for (const cell of state.assign(to, values)) {
    if (isOutOfSight(state, cell)) handOver(context, state, values);
    for (const id of ids) noteHolder(context, state, cell, id, span);
  }
  if (overwritten) reportLost(context, state, exitPoint('overwritten', span));
}

function noteHolder(context: Context, state: State, cell: Path, id: number, span: Span): void {
  const root = rootOf(cell);
  const isVariable = !cell.startsWith('T:') && !isObject(cell) && !cell.startsWith('R:');
  if (isVariable) {
    const site = context.sites.get(id);
    if (!cell.endsWith('[]')) site.variable ??= lastStep(cell);
    if (!isLocal(cell) || cell.includes('.'))
      state.addTrace({ kind: 'stored', span, resource: id, subject: lastStep(cell) });
  }
  const captured = context.graph.captured.get(root);
  if (captured !== undefined) state.addDoubt(id, { kind: 'captured', subject: lastStep(root), span: captured });
}

/** A part of something that came from an unknown function: others may reach it, and whoever made it may clean it up. */
function isOutOfSight(state: State, cell: Path): boolean {
  const root = rootOf(cell);
  return cell !== root && isLocal(root) && state.bindings.get(root)?.some(isPath) === false;
}

function handOver(context: Context, state: State, values: readonly Value[]): void {
  keepInObjects(context, state, values);
  for (const id of state.openWithin(values)) {
    context.recorder.outliving.add(newestOf(id));
    context.recorder.givenAway.add(newestOf(id));
    state.update(id, { typestate: 'handed-over' });
  }
}
