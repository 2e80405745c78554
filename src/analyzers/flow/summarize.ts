/** Collects, from the states at the exits of a function, what its callers need to know. */
import type { Context } from './context.ts';
import { keepInObjects } from './keeping.ts';
import { type FlowEvent, isLocal, rootOf } from './graph.ts';
import type { HandOver, State } from './state.ts';
import {
  type Answer,
  type Gain,
  isTemplate,
  MOST_OUTCOMES,
  type Outcome,
  type ResourceTemplate,
  type Status,
  type Summary,
} from './summary.ts';
import {
  constantOf,
  isObject,
  isPath,
  isShared,
  newestOf,
  type Path,
  type ResourceId,
  resourceOf,
  statusOf,
  UNKNOWN,
  type Value,
} from './values.ts';

/** Functions that hand a resource on, each to its caller, as far as that is followed. */
const LONGEST_WAY = 2;

export class SummaryBuilder {
  private readonly context: Context;
  private readonly onlyAsks: boolean;
  private readonly parameterIndex: ReadonlyMap<Path, number>;
  private readonly outcomes = new Map<string, Outcome>();
  private readonly releases = new Set<Path>();
  private readonly handsOver = new Map<Path, HandOver>();
  private readonly stores = new Map<string, { readonly from: Path; readonly to: Path }>();

  constructor(context: Context) {
    this.context = context;
    this.onlyAsks = context.graph.blocks.every(({ events }) => events.every(changesNothing));
    this.parameterIndex = new Map(context.graph.parameters.map(({ location }, index) => [location, index]));
  }

  addExit(state: State, returned: readonly Value[]): void {
    for (const path of state.released) this.addPath(path, (exported) => this.releases.add(exported));
    for (const [path, handOver] of state.handedOver) {
      this.addPath(path, (exported) => {
        if (this.handsOver.get(exported)?.releases !== true) this.handsOver.set(exported, handOver);
      });
    }
    this.addStores(state);
    this.addHeld(state, returned);
    const result = this.resultOf(state, returned);
    const gains = this.gainsOf(state);
    const statuses = this.statusesOf(state, returned, result, gains);
    const found = this.onlyAsks ? this.foundIn(state) : [];
    const outcome: Outcome = {
      result,
      gains,
      ...(statuses.length > 0 ? { statuses } : {}),
      ...(found.length > 0 ? { found } : {}),
    };
    this.outcomes.set(JSON.stringify(outcome), outcome);
  }

  build(): Summary {
    const outcomes = [...this.outcomes.values()];
    return {
      outcomes: outcomes.length > MOST_OUTCOMES ? joined(outcomes) : outcomes,
      releases: [...this.releases].sort(),
      handsOver: [...this.handsOver]
        .map(([path, { subject, releases }]) => ({ path, subject, releases }))
        .sort((a, b) => (a.path < b.path ? -1 : 1)),
      stores: [...this.stores.values()],
    };
  }

  private resultOf(state: State, returned: readonly Value[]): Value | ResourceTemplate {
    for (const value of returned) {
      const id = resourceOf(value);
      if (id !== undefined && state.resource(id)?.typestate === 'open') {
        const doubts = state.resource(id)?.doubts ?? [];
        this.context.recorder.outliving.add(newestOf(id));
        const isCallers = doubts.length === 0 && this.isNear(id) && this.placesOf(state, id) === 0;
        return isCallers ? this.templateOf(id) : UNKNOWN;
      }
    }
    keepInObjects(this.context, state, returned);
    for (const id of state.openWithin(returned)) this.context.recorder.outliving.add(newestOf(id));
    const [only] = returned;
    if (returned.length !== 1 || only === undefined || statusOf(only) !== undefined) return UNKNOWN;
    return isPath(only) ? (this.exported(only) ?? UNKNOWN) : only;
  }

  private gainsOf(state: State): readonly Gain[] {
    const gains: Gain[] = [];
    for (const [cell, values] of state.bindings) {
      const path = this.exported(cell);
      if (path === undefined || isShared(path) || !path.includes('.') || path.endsWith('.*pointer')) continue;
      for (const id of values.map(resourceOf)) {
        const resource = id === undefined ? undefined : state.resource(id);
        if (id === undefined || resource?.typestate !== 'open') continue;
        this.context.recorder.outliving.add(newestOf(id));
        const isCallers = resource.doubts.length === 0 && this.placesOf(state, id) === 1;
        if (isCallers && this.isNear(id)) gains.push({ path, resource: this.templateOf(id) });
      }
    }
    return gains.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  private foundIn(state: State): readonly Answer[] {
    const found = new Map<Path, Answer>();
    for (const [cell, [only, ...others]] of state.bindings) {
      const path = this.exported(cell);
      const constant = only !== undefined && others.length === 0 ? constantOf(only) : undefined;
      if (path !== undefined && constant !== undefined) found.set(path, { path, constant, holds: true });
    }
    for (const [cell, value] of state.isNot) {
      const path = this.exported(cell);
      const constant = constantOf(value);
      if (path !== undefined && constant !== undefined && !found.has(path))
        found.set(path, { path, constant, holds: false });
    }
    return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  private statusesOf(
    state: State,
    returned: readonly Value[],
    result: Value | ResourceTemplate,
    gains: readonly Gain[],
  ): readonly Status[] {
    const given = [...(isTemplate(result) ? [{ of: 'result' as const, resource: result }] : [])];
    const made = [...given, ...gains.map(({ resource }, of) => ({ of, resource }))];
    if (made.length === 0) return [];
    const places: (readonly [Path, readonly Value[]])[] = [...state.bindings].flatMap(([cell, values]) => {
      const at = this.exported(cell);
      return at === undefined || isShared(at) ? [] : [[at, values] as const];
    });
    return [['result', returned] as const, ...places].flatMap(([at, values]) => {
      const [only] = values;
      const id = only === undefined || values.length > 1 ? undefined : statusOf(only);
      const origin = id === undefined ? undefined : this.templateOf(id).origin;
      const { of } =
        made.find(
          ({ resource }) => resource.origin?.site === origin?.site && resource.origin?.function === origin?.function,
        ) ?? {};
      return id === undefined || of === undefined ? [] : [{ at, of }];
    });
  }

  private templateOf(id: ResourceId): ResourceTemplate {
    const { resource } = this.context.sites.get(id);
    return {
      ...resource,
      origin: resource.origin ?? { function: this.context.graph.qualifiedName, site: newestOf(id) },
    };
  }

  /**
   * Places outside of the function that reach a resource, by themselves or through an object that was put there. With
   * more than one, more than the caller looks after it.
   */
  private placesOf(state: State, id: ResourceId): number {
    return [...state.bindings].filter(
      ([cell, values]) =>
        this.exported(cell) !== undefined &&
        state.openWithin(values.filter((value) => isObject(value) || resourceOf(value) !== undefined)).includes(id),
    ).length;
  }

  /** Through many functions a handle is no longer what its callers know to be theirs. */
  private isNear(id: ResourceId): boolean {
    return this.context.sites.get(id).resource.distance < LONGEST_WAY;
  }

  /** A parameter, or what lies below one, that a field or another parameter's field holds at the end. */
  private addStores(state: State): void {
    for (const [cell, values] of state.bindings) {
      const to = this.exported(cell);
      if (to === undefined || (!to.includes('.') && rootOf(to) !== 'G')) continue;
      const held = values.flatMap((value) =>
        isObject(value)
          ? [...state.bindings].filter(([inner]) => rootOf(inner) === value).flatMap(([, below]) => below)
          : [value],
      );
      for (const value of held) {
        const from = isPath(value) ? this.exported(value) : undefined;
        if (from === undefined || !/^P\d/u.test(from) || from === to) continue;
        this.stores.set(`${from}>${to}`, { from, to });
      }
    }
  }

  /** A parameter that the returned object holds: whoever has the object looks after it. */
  private addHeld(state: State, returned: readonly Value[]): void {
    for (const root of state.reachable(() => false, returned.filter(isObject))) {
      const index = this.parameterIndex.get(root);
      const subject = this.context.graph.name;
      if (index !== undefined) this.handsOver.set(`P${index}`, { span: { start: 0, end: 0 }, subject, releases: true });
    }
  }

  private addPath(path: Path, add: (exported: Path) => void): void {
    const exported = this.exported(path);
    if (exported !== undefined) add(exported);
  }

  /** The path as callers name it; undefined for what they cannot reach. */
  private exported(path: Path): Path | undefined {
    const root = rootOf(path);
    if (root === 'S' || root === 'G') return path;
    const index = this.parameterIndex.get(root);
    return index === undefined ? undefined : `P${index}${path.slice(root.length)}`;
  }
}

/** Reads and tests, and results of its own: nothing outside of the function is another thing after it. */
function changesNothing(event: FlowEvent): boolean {
  switch (event.type) {
    case 'assign':
    case 'fresh':
      return isLocal(event.to) && event.to === rootOf(event.to);
    case 'scope-exit':
      return true;
    case 'call':
      return false;
  }
}

/** Many ways to end that differ in details: one for each set of gains. */
function joined(outcomes: readonly Outcome[]): readonly Outcome[] {
  const byGains = new Map<string, Outcome>();
  for (const outcome of outcomes) {
    const key = JSON.stringify([isTemplate(outcome.result) ? outcome.result : '', outcome.gains]);
    byGains.set(key, { ...outcome, result: isTemplate(outcome.result) ? outcome.result : UNKNOWN });
  }
  return [...byGains.values()].slice(0, MOST_OUTCOMES);
}
