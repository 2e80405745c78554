/** Calls of functions of the workspace: their summaries, in the caller's terms. */
import { assign } from './assign.ts';
import { concernOf } from './concern.ts';
import type { Context } from './context.ts';
import { keep } from './keeping.ts';
import { below, type CallEvent, type Location, rootOf } from './graph.ts';
import { refine } from './refine.ts';
import { acquire, releaseValues } from './resources.ts';
import type { Site } from './sites.ts';
import type { State } from './state.ts';
import { isTemplate, type Outcome, type ResourceTemplate, type Summary } from './summary.ts';
import { giveAway } from './unknown-calls.ts';
import { isPath, isShared, newestOf, type Path, statusValue, UNKNOWN } from './values.ts';

export function applySummary(
  context: Context,
  state: State,
  call: CallEvent,
  key: string,
  summary: Summary,
  owner: string | undefined,
): readonly State[] {
  const object = call.constructs === true ? `O:${key}` : undefined;
  if (object !== undefined && owner !== undefined) state.classes.set(object, owner);
  const mapped = (path: Path): readonly Path[] => mapPath(call, path, object);
  for (const { path, subject, releases } of summary.handsOver) {
    for (const target of mapped(path)) handOver(context, state, target, call, subject, releases);
  }
  for (const path of summary.releases) {
    for (const target of mapped(path)) releaseValues(context, state, state.valuesAt(target), call);
  }
  for (const store of summary.stores) applyStore(context, state, call, mapped, store, owner);
  const states: State[] = [];
  const outcomes = waysToEnd(context, state, call, summary);
  for (const [index, outcome] of outcomes.entries()) {
    const next = agreeing(context, index === outcomes.length - 1 ? state : state.clone(), call, outcome, mapped);
    if (next === undefined) continue;
    applyOutcome(context, next, call, key, outcome, mapped, object);
    states.push(next);
  }
  return states;
}

/** The state in which what the function found holds; undefined where it cannot. */
function agreeing(
  context: Context,
  state: State,
  call: CallEvent,
  { found = [] }: Outcome,
  mapped: (path: Path) => readonly Path[],
): State | undefined {
  let next: State | undefined = state;
  for (const { path, constant, holds } of found) {
    const [location] = mapped(path);
    if (location === undefined) continue;
    next =
      next && refine(next, { op: 'is', location, value: constant, span: call.span, text: '' }, holds, context.sites);
  }
  return next;
}

/** Ways to end are told apart only where something open is concerned: what a call does to plain values is not followed. */
function waysToEnd(context: Context, state: State, call: CallEvent, summary: Summary): readonly Outcome[] {
  const outcomes = withStatuses(call, summary.outcomes);
  const matters = outcomes.some(({ result, gains }) => isTemplate(result) || gains.length > 0);
  const concern = concernOf(context, state, call);
  if (outcomes.length <= 1 || matters || concern === 'open' || concern === 'asked') return outcomes;
  return [{ result: UNKNOWN, gains: [] }];
}

/** A function that fills in a status only where it is asked for does so here: the address of a variable is given. */
function withStatuses(call: CallEvent, outcomes: readonly Outcome[]): readonly Outcome[] {
  const told = outcomes.filter(({ statuses = [] }) =>
    statuses.some(({ at }) => call.args[Number(/^P(\d+)/u.exec(at)?.[1] ?? -1)]?.byReference === true),
  );
  return outcomes.filter(
    (outcome) =>
      outcome.statuses !== undefined ||
      !told.some(
        ({ result, gains }) => JSON.stringify([result, gains]) === JSON.stringify([outcome.result, outcome.gains]),
      ),
  );
}

function handOver(
  context: Context,
  state: State,
  target: Path,
  call: CallEvent,
  subject: string,
  releases: boolean,
): void {
  giveAway(context, state, { location: target, text: subject }, { ...call, name: subject }, releases);
}

function applyStore(
  context: Context,
  state: State,
  call: CallEvent,
  mapped: (path: Path) => readonly Path[],
  store: Summary['stores'][number],
  owner: string | undefined,
): void {
  const values = mapped(store.from).flatMap((from) => state.valuesAt(from));
  const toField = rootOf(store.to) === 'S';
  for (const id of state.openWithin(values)) {
    if (!toField) continue;
    // The class of the callee keeps it: whether its life's end covers the field is the class's matter.
    keep(context, state, id, [{ owner, path: store.to }], store.to.endsWith('.[]'));
    context.recorder.outliving.add(newestOf(id));
    state.update(id, { typestate: 'handed-over' });
  }
  if (!toField) for (const target of mapped(store.to)) assign(context, state, target, values, call.span);
}

function applyOutcome(
  context: Context,
  state: State,
  call: CallEvent,
  key: string,
  outcome: Outcome,
  mapped: (path: Path) => readonly Path[],
  object: Path | undefined,
): void {
  const made = new Map<number | 'result', Site>();
  for (const [index, gain] of outcome.gains.entries()) {
    const [target] = mapped(gain.path);
    if (target === undefined || isShared(target)) continue;
    const site = wrapperSite(context, call, `${key}:gain${index}:${gain.path}`, gain.resource);
    made.set(index, site);
    acquire(context, state, site, target, undefined);
  }
  if (isTemplate(outcome.result)) {
    const site = wrapperSite(context, call, `${key}:result:${outcome.result.kind}`, outcome.result);
    made.set('result', site);
    acquire(context, state, site, call.result, undefined);
  } else if (call.result !== undefined) {
    const { result } = outcome;
    const values =
      object !== undefined
        ? [object]
        : isPath(result)
          ? mapped(result).flatMap((path) => state.valuesAt(path))
          : [result];
    assign(context, state, call.result, values.length > 0 ? values : [UNKNOWN], call.span);
  }
  for (const { at, of } of outcome.statuses ?? []) {
    const site = made.get(of);
    const targets = at === 'result' ? [call.result] : mapped(at);
    for (const target of site === undefined ? [] : targets)
      if (target !== undefined && site !== undefined) assign(context, state, target, [statusValue(site.id)], call.span);
  }
}

function wrapperSite(context: Context, call: CallEvent, key: string, resource: ResourceTemplate): Site {
  return context.sites.of(key, () => ({
    resource: { ...resource, distance: resource.distance + 1 },
    span: call.span,
    call: call.name,
    viaWrapper: true,
  }));
}

/** The caller's paths for a path of the summary's. */
function mapPath(call: CallEvent, path: Path, object: Path | undefined): readonly Path[] {
  const root = rootOf(path);
  const rest = path.slice(root.length);
  if (root === 'S') {
    if (object !== undefined) return [object + rest];
    return call.receiver?.location === undefined ? [path] : extend(call.receiver.location, rest);
  }
  if (!/^P\d+$/u.test(root)) return [path];
  const operand = call.args[Number(root.slice(1))];
  if (operand?.location === undefined) return [];
  if (/^\.&(?:\.|$)/u.test(rest)) return extend(operand.location, rest.slice(2));
  if (operand.byReference === true && rest.startsWith('.*')) return extend(operand.location, rest.slice(2));
  return extend(operand.location, rest);
}

function extend(location: Location, rest: string): readonly Path[] {
  return [rest.split('.').slice(1).reduce(below, location)];
}
