/** How much it matters what a call does, by what it is given and what it can reach. */
import type { Concern, Context } from './context.ts';
import type { CallEvent } from './graph.ts';
import type { State } from './state.ts';
import { isPath, isShared, resourceOf } from './values.ts';

export function concernOf(context: Context, state: State, call: CallEvent): Concern {
  let concern: Concern = 'none';
  if (call.receiver === undefined && call.constructs !== true) {
    // Without anything given to it, a function still reaches globals and, from a method, all that the object keeps.
    const isOwn = call.qualifier === undefined && context.graph.owner !== undefined;
    const holdsOpen = holdsOpenForAll(state);
    if (isOwn && holdsOpen && call.args.length === 0 && call.result !== undefined) return 'asked';
    if (isOwn || holdsOpen) concern = 'kept';
  }
  for (const operand of [call.receiver, ...call.args]) {
    if (operand?.location === undefined) continue;
    const values = state.valuesOf(operand);
    if (state.openWithin(values).length > 0) return 'open';
    if (values.some((value) => isPath(value) && resourceOf(value) === undefined)) concern = 'kept';
  }
  return concern;
}

function holdsOpenForAll(state: State): boolean {
  const kept = [...state.bindings].filter(([cell]) => isShared(cell)).flatMap(([, values]) => values);
  return kept.length > 0 && state.openWithin(kept).length > 0;
}
