/** Collects, from the states at the exits of a function, what its callers need to know. */
import { type Context } from './context.ts';
import { rootOf } from './graph.ts';
import type { HandOver, State } from './state.ts';
import { type Gain, isTemplate, type Outcome, type ResourceTemplate, type Summary } from './summary.ts';
import {
  isObject,
  isPath,
  isShared,
  newestOf,
  type Path,
  type ResourceId,
  resourceOf,
  resourcePath,
  UNKNOWN,
  type Value,
} from './values.ts';

/** Ways to end that callers are told apart; beyond that the constants are forgotten. */
const MOST_OUTCOMES = 6;
/** Functions that hand a resource on, each to its caller, as far as that is followed. */
const LONGEST_WAY = 2;

export class SummaryBuilder {
  private readonly context: Context;
  private readonly parameterIndex: ReadonlyMap<Path, number>;
  private readonly outcomes = new Map<string, Outcome>();
  private readonly releases = new Set<Path>();
  private readonly handsOver = new Map<Path, HandOver>();
  private readonly stores = new Map<string, { readonly from: Path; readonly to: Path }>();

  constructor(context: Context) {
    this.context = context;
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
    const outcome: Outcome = { result: this.resultOf(state, returned), gains: this.gainsOf(state) };
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
        const isCallers = doubts.length === 0 && this.isNear(id) && this.placesOf(state, value) === 0;
        return isCallers ? this.context.sites.get(id).resource : UNKNOWN;
      }
    }
    for (const id of state.openWithin(returned)) this.context.recorder.outliving.add(newestOf(id));
    const [only] = returned;
    if (returned.length !== 1 || only === undefined) return UNKNOWN;
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
        const isCallers = resource.doubts.length === 0 && this.placesOf(state, resourcePath(id)) === 1;
        if (isCallers && this.isNear(id)) gains.push({ path, resource: this.context.sites.get(id).resource });
      }
    }
    return gains.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** Places outside of the function that reach a resource. With more than one, more than the caller looks after it. */
  private placesOf(state: State, path: Path): number {
    return [...state.bindings].filter(([cell, values]) => values.includes(path) && this.exported(cell) !== undefined)
      .length;
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

/** Many ways to end that differ in details: one for each set of gains. */
function joined(outcomes: readonly Outcome[]): readonly Outcome[] {
  const byGains = new Map<string, Outcome>();
  for (const outcome of outcomes) {
    const key = JSON.stringify([isTemplate(outcome.result) ? outcome.result : '', outcome.gains]);
    byGains.set(key, { ...outcome, result: isTemplate(outcome.result) ? outcome.result : UNKNOWN });
  }
  return [...byGains.values()].slice(0, MOST_OUTCOMES);
}
