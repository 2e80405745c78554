/** Resources come and go: a new one at a place, and one that is given back. */
import { assign } from './assign.ts';
import { type Context, exitPoint } from './context.ts';
import { reportLost } from './losing.ts';
import { type CallEvent, type Location, rootOf } from './graph.ts';
import type { Site } from './sites.ts';
import type { State } from './state.ts';
import {
  isObject,
  isPath,
  newestOf,
  type Path,
  type ResourceId,
  resourceOf,
  resourcePath,
  type Value,
} from './values.ts';

/** A new open resource at a location; without one it is dropped at once. */
export function acquire(
  context: Context,
  state: State,
  site: Site,
  target: Location | undefined,
  parent: ResourceId | undefined,
): void {
  state.age(site.id);
  state.resources.set(site.id, { typestate: 'open', parent, doubts: [] });
  state.addTrace({ kind: 'created', span: site.span, resource: site.id, parent });
  if (target === undefined) {
    reportLost(context, state, exitPoint('discarded', site.span));
  } else {
    assign(context, state, target, [resourcePath(site.id)], site.span);
  }
}

export function releaseValues(context: Context, state: State, values: readonly Value[], call: CallEvent): void {
  for (const value of values) {
    const id = resourceOf(value);
    if (id !== undefined) release(context, state, id, call);
    else if (isObject(rootOf(value)))
      for (const inner of state.openWithin([value])) release(context, state, inner, call);
    else if (isPath(value)) {
      state.released.add(value);
      context.recorder.touched.push({ path: value, releases: true });
    }
  }
}

function release(context: Context, state: State, id: ResourceId, call: CallEvent): void {
  context.recorder.released.add(newestOf(id));
  const resource = state.resource(id);
  if (resource?.typestate !== 'open') return;
  state.update(id, { typestate: 'released' });
  state.addTrace({ kind: 'released', span: call.span, resource: id, parent: resource.parent });
  // A pointer that is still counted keeps the view mapped, whatever was disposed (facts of .NET's safe handles).
  const staysMapped = [...state.resources.values()].some(
    ({ parent, typestate }) => parent === id && typestate === 'open',
  );
  if (context.sites.get(id).resource.kind === 'view' && resource.parent !== undefined && !staysMapped) {
    state.update(resource.parent, { viewReleased: call.span });
  }
}

/** The cell, or what it is known to name. */
export function pathOf(state: State, location: Location): Path {
  const [value] = state.valuesAt(location).filter(isPath);
  return value ?? location;
}
