/** Where the last way to an open resource ends. */
import type { Context } from './context.ts';
import type { Location } from './graph.ts';
import { keep, keepersOfObject } from './keeping.ts';
import type { ExitPoint } from './record.ts';
import type { State } from './state.ts';
import { isOlder, newestOf, type Path, type ResourceId, resourceOf, type Value } from './values.ts';

/** Every open resource that no cell reaches any more is lost at `exit`. */
export function reportLost(
  context: Context,
  state: State,
  exit: ExitPoint,
  holders: ReadonlyMap<ResourceId, Location> = new Map(),
  alive: (cell: Path) => boolean = () => true,
  also: readonly Value[] = [],
): void {
  for (const id of state.lost(alive, also)) {
    const resource = state.resource(id);
    if (resource === undefined) continue;
    if (context.sites.get(id).resource.reclaimed === true) {
      state.update(id, { typestate: 'released' });
      continue;
    }
    const keepers = keepersOfObject(context, state, id);
    if (keepers !== undefined) {
      keep(context, state, id, keepers, false);
    } else if (!context.graph.isEntryPoint || !leavesFunction(exit) || isOlder(id)) {
      const { doubts, viewReleased } = resource;
      const { trace } = state;
      const holder = holders.get(id);
      const report = (): void => {
        context.recorder.lose({ site: newestOf(id), exit, doubts, viewReleased, trace, holder });
      };
      if (state.raised) state.deferred.set(`${newestOf(id)}@${exit.span.start}`, report);
      else report();
    }
    // Reported once: from here on it is nobody's.
    state.update(id, { typestate: 'handed-over' });
  }
}

/** What is open at the end of the program's entry goes with the process. */
function leavesFunction({ how }: ExitPoint): boolean {
  return how === 'scope-end' || how === 'return' || how === 'throw';
}

/**
 * A constructor that throws: nobody has the object. C++ ends what its members and bases own, .NET runs the finaliser
 * alone: a raw field of C++, and an object of .NET that only waits for the collector, are lost.
 */
export function loseFields(context: Context, state: State, exit: ExitPoint, outlives: (cell: Path) => boolean): void {
  const { callees, dialect, graph } = context;
  if (graph.owner === undefined) return;
  const isOwn = (cell: Path): boolean => {
    const [root, field = ''] = cell.split('.');
    return root === 'S' && callees.declares(graph.owner ?? '', field);
  };
  for (const id of state.lost((cell) => outlives(cell) && !isOwn(cell))) {
    const resource = state.resource(id);
    const isLost = dialect === 'cpp' || context.sites.get(id).resource.failure === 'exception';
    const isInField = [...state.bindings].some(
      ([cell, values]) => isOwn(cell) && state.openWithin(values).includes(id),
    );
    if (resource === undefined || !isLost || !isInField) continue;
    const { doubts, viewReleased } = resource;
    context.recorder.lose({ site: newestOf(id), exit, doubts, viewReleased, trace: state.trace, holder: undefined });
    state.update(id, { typestate: 'handed-over' });
  }
}

/** Which local holds which resource, among the cells that end; the typestates that they end in are recorded. */
export function endHolders(
  context: Context,
  state: State,
  ending: readonly Location[],
  exit: ExitPoint,
): ReadonlyMap<ResourceId, Location> {
  const holders = new Map<ResourceId, Location>();
  for (const location of ending) {
    for (const value of state.bindings.get(location) ?? []) {
      const id = resourceOf(value);
      const resource = id === undefined ? undefined : state.resource(id);
      if (id === undefined || resource === undefined) continue;
      holders.set(id, location);
      context.recorder.endHolder(id, location, exit, resource.typestate);
    }
  }
  return holders;
}
