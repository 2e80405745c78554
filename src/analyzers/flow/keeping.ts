/** What goes on reaching an open resource when a function is left, or an object goes elsewhere. */
import type { Context } from './context.ts';
import { isWithin, lastStep, rootOf } from './graph.ts';
import type { Keeper, KeptRecord } from './record.ts';
import { sceneOf } from './scene.ts';
import type { State } from './state.ts';
import {
  isObject,
  isOlder,
  isShared,
  newestOf,
  type Path,
  type ResourceId,
  resourceOf,
  resourcePath,
  type Value,
} from './values.ts';

export type KeptWhere = Partial<Pick<KeptRecord, 'returned' | 'ofCaller' | 'early'>>;

export function keep(
  context: Context,
  state: State,
  id: ResourceId,
  keepers: readonly Keeper[],
  several: boolean,
  { returned, ofCaller = false, early = false }: KeptWhere = {},
): void {
  const resource = state.resource(id);
  if (resource === undefined || keepers.length === 0) return;
  const { doubts, viewReleased } = resource;
  const views = [...state.resources.values()].filter(({ parent }) => parent === id).map(({ typestate }) => typestate);
  const failed = views.includes('failed') && !views.includes('open');
  if (ofCaller && !failed) return;
  context.recorder.keep({
    site: newestOf(id),
    keepers,
    several,
    doubts,
    viewReleased,
    trace: state.trace,
    scene: sceneOf(state, id, (number) => context.sites.get(number)),
    ofCaller,
    failed,
    early,
    returned,
  });
}

/** At an exit: what fields, statics and globals still reach. */
export function recordKept(context: Context, state: State, where: KeptWhere): void {
  const shared = [...state.bindings].filter(([cell]) => isShared(cell));
  for (const id of state.openWithin(shared.flatMap(([, values]) => values))) {
    context.recorder.outliving.add(newestOf(id));
    if (context.graph.isEntryPoint && !isOlder(id)) continue;
    const holding = shared.filter(([, values]) => state.openWithin(values).includes(id));
    const captured = holding.find(([cell]) => rootOf(cell) === 'C');
    if (captured) {
      state.addDoubt(id, { kind: 'captured', subject: lastStep(captured[0]), span: context.sites.get(id).span });
    }
    const keepers = holding.flatMap(([cell, values]) => [
      { owner: ownerOf(context, cell), path: cell },
      ...innerKeepers(state, values, id),
    ]);
    const several = isOlder(id) || holding.some(([cell, values]) => cell.endsWith('.[]') || values.length > 1);
    keep(context, state, id, keepers, several, where);
  }
}

/** At an exit half-way: what lies below a parameter, where the caller finds it. */
export function recordLeft(context: Context, state: State, returned: Value | undefined): void {
  for (const { location } of context.graph.parameters) {
    for (const [cell, values] of state.bindings) {
      if (cell === location || !isWithin(cell, location) || cell.endsWith('.*pointer')) continue;
      keepInObjects(context, state, values);
      const [id, ...others] = values.map(resourceOf).filter((value) => value !== undefined);
      if (id === undefined || others.length > 0 || state.resource(id)?.typestate !== 'open') continue;
      keep(context, state, id, [{ owner: context.graph.types.get(location), path: cell }], false, {
        returned,
        ofCaller: true,
      });
    }
  }
}

/** Objects leave the function with what they hold: whoever has them, their classes must give it back. */
export function keepInObjects(context: Context, state: State, values: readonly Value[]): void {
  for (const id of state.openWithin(values.filter(isObject))) {
    const keepers = innerKeepers(state, values, id);
    if (keepers.every(({ owner }) => owner !== undefined && context.callees.isKnownClass(owner)))
      keep(context, state, id, keepers, true);
  }
}

/**
 * Where the last thing that reaches a resource is an object of a class: the class is its keeper. An empty list for an
 * object of a class that the workspace does not know, which may own what it was given; undefined for everything else.
 */
export function keepersOfObject(context: Context, state: State, id: ResourceId): readonly Keeper[] | undefined {
  const wanted = resourcePath(id);
  for (const [cell, values] of state.bindings) {
    if (!isObject(cell) || !values.includes(wanted)) continue;
    const object = rootOf(cell);
    const owner = state.classes.get(object);
    if (owner === undefined) continue;
    return context.callees.isKnownClass(owner) ? [{ owner, path: `S${cell.slice(object.length)}` }] : [];
  }
  return undefined;
}

function ownerOf(context: Context, cell: Path): string | undefined {
  return rootOf(cell) === 'S' ? context.graph.owner : undefined;
}

/** Classes of the objects on the way from the values to the resource. */
function innerKeepers(state: State, values: readonly Value[], id: ResourceId): readonly Keeper[] {
  const wanted = resourcePath(id);
  return values
    .filter(isObject)
    .flatMap((object) =>
      [...state.bindings]
        .filter(([cell, held]) => isWithin(cell, object) && held.includes(wanted))
        .map(([cell]) => ({ owner: state.classes.get(object), path: `S${cell.slice(object.length)}` })),
    );
}
