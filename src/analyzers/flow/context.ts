/** What the transfer functions of one function's analysis share. */
import type { Dialect } from '../catalog/entry.ts';
import type { CallEvent, FunctionGraph, Location, Span } from './graph.ts';
import { isWithin, lastStep, rootOf } from './graph.ts';
import type { ExitPoint, Keeper, Recorder } from './record.ts';
import type { Sites } from './sites.ts';
import type { State } from './state.ts';
import type { Summary } from './summary.ts';
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

/** What the workspace knows of the callee of a call. */
export interface Callee {
  readonly summary: Summary;
  /** Class whose method or constructor it is. */
  readonly owner: string | undefined;
  /** The receiver is its first parameter. */
  readonly extendsReceiver?: boolean;
}

/** What a call is given: nothing that counts, something that fields or statics keep, or something that is open here. */
export type Concern = 'none' | 'kept' | 'open';

export interface Callees {
  /**
   * @param receiverClass class of the receiver, where it is known
   * @param concern whether it matters what the call does with what it is given
   */
  find(call: CallEvent, receiverClass: string | undefined, concern: Concern): Callee | undefined;
  isKnownClass(name: string): boolean;
}

export interface Context {
  readonly graph: FunctionGraph;
  readonly dialect: Dialect;
  readonly callees: Callees;
  readonly sites: Sites;
  readonly recorder: Recorder;
}

/** Languages in which a view is an address, which a callee can use but not keep from being unmapped. */
export function hasRawViews(dialect: Dialect): boolean {
  return dialect !== 'csharp';
}

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
 * Where the last thing that reaches a resource is an object of a class: the class is its keeper. An empty list for an
 * object of a class that the workspace does not know, which may own what it was given; undefined for everything else.
 */
function keepersOfObject(context: Context, state: State, id: ResourceId): readonly Keeper[] | undefined {
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

export function keep(
  context: Context,
  state: State,
  id: ResourceId,
  keepers: readonly Keeper[],
  several: boolean,
): void {
  const resource = state.resource(id);
  if (resource === undefined || keepers.length === 0) return;
  const { doubts, viewReleased } = resource;
  context.recorder.keep({ site: newestOf(id), keepers, several, doubts, viewReleased, trace: state.trace });
}

/** At an exit: what fields, statics and globals still reach. */
export function recordKept(context: Context, state: State): void {
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
    keep(context, state, id, keepers, several);
  }
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

export function exitPoint(how: ExitPoint['how'], span: Span, braceless = false): ExitPoint {
  return { how, span, braceless };
}
