/** What the events of a block do to a state. */
import { assign } from './assign.ts';
import { type Context, exitPoint } from './context.ts';
import { endHolders, reportLost } from './losing.ts';
import { transferCall } from './calls.ts';
import type { AssignEvent, FlowEvent, Location, ScopeExitEvent, Span } from './graph.ts';
import { isWithin } from './graph.ts';
import type { State } from './state.ts';
import { isObject, newestOf, resourceOf } from './values.ts';

/** @returns the states after the event; the given one may be written to */
export function transfer(context: Context, state: State, event: FlowEvent, key: string): readonly State[] {
  switch (event.type) {
    case 'call':
      return transferCall(context, state, event, key);
    case 'assign':
      transferAssign(context, state, event);
      return [state];
    case 'fresh':
      assign(context, state, event.to, [`O:${key}`], event.span);
      return [state];
    case 'scope-exit':
      exitScope(context, state, event);
      return [state];
  }
}

function transferAssign(context: Context, state: State, event: AssignEvent): void {
  const values = state.valuesOf(event.from);
  if (event.owner === true) {
    for (const id of state.openWithin(values)) {
      context.recorder.outliving.add(newestOf(id));
      context.recorder.givenAway.add(newestOf(id));
      state.update(id, { typestate: 'handed-over' });
    }
  }
  assign(context, state, event.to, values, event.span);
}

function exitScope(context: Context, state: State, event: ScopeExitEvent): void {
  const exit = exitPoint(event.exit?.type ?? 'scope-end', event.span, event.exit?.braceless);
  const holders = endHolders(context, state, event.locations, exit);
  // Objects that locals hold as they are (structs) end with them; aliases of them elsewhere keep their own values.
  for (const location of event.locations) state.forget(location);
  reportLost(context, state, exit, holders);
}

/** Temporaries that were used for the last time. */
export function endTemporaries(context: Context, state: State, temporaries: readonly Location[], span: Span): void {
  const held = temporaries.flatMap((temporary) =>
    [...state.bindings].filter(([cell]) => isWithin(cell, temporary)).flatMap(([, values]) => values),
  );
  for (const temporary of temporaries) state.forget(temporary);
  if (held.some((value) => resourceOf(value) !== undefined || isObject(value))) {
    reportLost(context, state, exitPoint('discarded', span));
  }
}
