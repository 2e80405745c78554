/** What a call does to the state: by the catalog, by the summary of a function of the workspace, or as an unknown one. */
import { assign } from './assign.ts';
import { lookUp } from '../catalog/catalog.ts';
import type { Acquire, Effect, Release, Role } from '../catalog/entry.ts';
import { type Concern, type Context, exitPoint, hasRawViews, keep, reportLost } from './context.ts';
import type { CallEvent, Location, Operand } from './graph.ts';
import { below, lastStep, rootOf } from './graph.ts';
import { literalOf, type Site } from './sites.ts';
import type { State } from './state.ts';
import { isTemplate, type Outcome, type ResourceTemplate, type Summary } from './summary.ts';
import {
  isObject,
  isPath,
  isShared,
  newestOf,
  type Path,
  type ResourceId,
  resourceOf,
  resourcePath,
  statusValue,
  UNKNOWN,
  type Value,
} from './values.ts';

/** Names of functions that give back what they are given. */
const RELEASING_NAME =
  /close|dispose|free|release|unmap|destroy|delete|clean|clear|shutdown|teardown|dtor|reset|finali[sz]e|stop|exit|deinit|uninit|unload|detach|remove/iu;

/** @returns the states after the call: several where it can end in ways that differ, none where it never returns */
export function transferCall(context: Context, state: State, call: CallEvent, key: string): readonly State[] {
  const effects = catalogEffects(context, call);
  const receiverClass = call.receiver && classOf(context, state, call.receiver);
  const callee = effects.some(({ effect }) => effect === 'acquire')
    ? undefined
    : context.callees.find(call, receiverClass, concernOf(state, call));
  if (callee !== undefined && (effects.length === 0 || receiverClass !== undefined)) {
    const asCalled = callee.extendsReceiver === true ? asStaticCall(call) : call;
    return applySummary(context, state, asCalled, key, callee.summary, callee.owner);
  }
  if (effects.length === 0) {
    applyUnknown(context, state, call, key);
    return [state];
  }
  if (effects.some(({ effect }) => effect === 'end')) return [];
  applyEffects(context, state, call, key, effects);
  return [state];
}

/** `x.M(y)` of an extension method is `M(x, y)`. */
function asStaticCall(call: CallEvent): CallEvent {
  const { receiver, ...rest } = call;
  return receiver === undefined ? call : { ...rest, args: [receiver, ...call.args] };
}

function catalogEffects(context: Context, { name, qualifier, receiver }: CallEvent): readonly Effect[] {
  const effects = lookUp(context.dialect, { name, qualifier, hasReceiver: receiver !== undefined });
  // `Registry.Add(map)`: more likely a function of a type than a collection of that name.
  const isOfType = qualifier !== undefined && !qualifier.includes('.');
  return isOfType ? effects.filter(({ effect }) => effect !== 'collect') : effects;
}

function concernOf(state: State, call: CallEvent): Concern {
  let concern: Concern = 'none';
  for (const operand of [call.receiver, ...call.args]) {
    if (operand?.location === undefined) continue;
    const values = state.valuesOf(operand);
    if (state.openWithin(values).length > 0) return 'open';
    if (values.some((value) => isPath(value) && resourceOf(value) === undefined)) concern = 'kept';
  }
  return concern;
}

function applyEffects(context: Context, state: State, call: CallEvent, key: string, effects: readonly Effect[]): void {
  let gives = false;
  for (const effect of effects) {
    switch (effect.effect) {
      case 'acquire':
        gives = acquireByCatalog(context, state, call, key, effect) || gives;
        break;
      case 'release':
        releaseByCatalog(context, state, call, effect);
        break;
      case 'collect':
        collect(context, state, call);
        break;
      case 'borrow':
      case 'end':
        break;
    }
  }
  if (!gives && call.result !== undefined) assign(context, state, call.result, [UNKNOWN], call.span);
}

/** @returns whether the call's result has got its value */
function acquireByCatalog(context: Context, state: State, call: CallEvent, key: string, effect: Acquire): boolean {
  const parent = effect.parent === undefined ? undefined : sectionOf(state, call, effect.parent);
  if (effect.needsParent === true && parent === undefined) return false;
  if (effect.ownProcess !== undefined && !isOwnProcess(call.args[effect.ownProcess])) return false;
  const site = context.sites.of(`${key}:${effect.resource}`, () => ({
    resource: {
      kind: effect.resource,
      failure: effect.failure,
      typeName: effect.typeName,
      releasedBy: effect.releasedBy,
      maker: effect.maker,
      distance: 0,
    },
    span: call.span,
    call: call.qualifier === undefined ? call.name : `${call.qualifier}.${call.name}`,
    sectionName: effect.nameArgument === undefined ? undefined : literalOf(call.args[effect.nameArgument]),
    viaWrapper: false,
  }));
  const target = targetOf(state, call, effect.into);
  acquire(context, state, site, target, parent);
  if (effect.failure === 'status' && call.result !== undefined) {
    assign(context, state, call.result, [statusValue(site.id)], call.span);
  }
  if (effect.resource === 'pointer') bindPointer(context, state, site, call);
  return effect.into === 'result' || effect.failure === 'status';
}

/** A new open resource at a location; without one it is dropped at once. */
function acquire(
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

function targetOf(state: State, call: CallEvent, into: Role): Location | undefined {
  if (into === 'result') return call.result;
  const operand = into === 'receiver' ? call.receiver : call.args[into];
  if (operand?.location === undefined) return undefined;
  if (into === 'receiver') return below(pathOf(state, operand.location), '*pointer');
  return operand.byReference === true ? operand.location : below(operand.location, '*');
}

/** The cell, or what it is known to name. */
function pathOf(state: State, location: Location): Path {
  const [value] = state.valuesAt(location).filter(isPath);
  return value ?? location;
}

/** The pointer counts on the view, and is reached through the variable that it was put into as well. */
function bindPointer(context: Context, state: State, site: Site, call: CallEvent): void {
  const location = call.args[0]?.location;
  if (location === undefined) return;
  site.variable = lastStep(location);
  assign(context, state, location, [resourcePath(site.id)], call.span);
}

function isOwnProcess(operand: Operand | undefined): boolean {
  return (
    operand === undefined ||
    /GetCurrentProcess|NtCurrentProcess|ZwCurrentProcess|\(\s*-\s*1\s*\)|^-1$/u.test(operand.text)
  );
}

function sectionOf(state: State, call: CallEvent, role: Role): ResourceId | undefined {
  for (const value of roleValues(state, call, role)) {
    const id = resourceOf(value) ?? (value.startsWith('R:') ? Number(rootOf(value).slice(2)) : undefined);
    if (id !== undefined) return id;
  }
  return undefined;
}

function roleValues(state: State, call: CallEvent, role: Role): readonly Value[] {
  if (role === 'result') return [];
  return state.valuesOf(role === 'receiver' ? call.receiver : call.args[role]);
}

function releaseByCatalog(context: Context, state: State, call: CallEvent, effect: Release): void {
  if (effect.where && call.args[effect.where.argument]?.text.includes(effect.where.contains) !== true) return;
  if (effect.resources.includes('pointer')) {
    const operand = effect.of === 'receiver' ? call.receiver : undefined;
    if (operand?.location === undefined) return;
    const location = below(pathOf(state, operand.location), '*pointer');
    releaseValues(context, state, state.valuesAt(location), call);
    return;
  }
  const values = roleValues(state, call, effect.of).filter((value) => {
    const id = resourceOf(value);
    return id === undefined || effect.resources.includes(context.sites.get(id).resource.kind);
  });
  releaseValues(context, state, values, call);
}

function releaseValues(context: Context, state: State, values: readonly Value[], call: CallEvent): void {
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

function collect(context: Context, state: State, call: CallEvent): void {
  const location = call.receiver?.location;
  if (location === undefined) return;
  for (const argument of call.args) {
    const values = state.valuesOf(argument).filter((value) => isPath(value));
    if (values.length > 0) assign(context, state, below(location, '[]'), values, call.span);
  }
}

/** The class of an operand's value, as far as it is known. */
function classOf(context: Context, state: State, operand: Operand): string | undefined {
  if (operand.location === undefined) return undefined;
  const [value] = state.valuesAt(operand.location);
  const made = value === undefined ? undefined : state.classes.get(value);
  if (made !== undefined) return made;
  if (operand.location === 'S' || operand.text === 'this' || operand.text === 'base') return context.graph.owner;
  const declared = context.graph.types.get(operand.location);
  return declared !== undefined && context.callees.isKnownClass(declared) ? declared : undefined;
}

function applyUnknown(context: Context, state: State, call: CallEvent, key: string): void {
  const releases = RELEASING_NAME.test(call.name);
  const takesClosure = call.args.some(({ closure }) => closure === true);
  for (const argument of call.args) {
    if (argument.location === undefined || argument.closure === true) continue;
    giveAway(context, state, argument, call, releases);
  }
  if (call.receiver?.location !== undefined && (releases || takesClosure)) {
    giveAway(context, state, call.receiver, call, releases);
  }
  if (call.result === undefined) return;
  if (call.constructs === true) {
    const object = `O:${key}`;
    state.classes.set(object, call.name);
    assign(context, state, call.result, [object], call.span);
  } else {
    assign(context, state, call.result, [UNKNOWN], call.span);
  }
}

function giveAway(context: Context, state: State, operand: Operand, call: CallEvent, releases: boolean): void {
  const { span } = call;
  const values = state.valuesOf(operand);
  for (const id of state.openWithin(values)) {
    const isBorrowed =
      hasRawViews(context.dialect) &&
      context.sites.get(id).resource.kind === 'view' &&
      !releases &&
      operand.byReference !== true &&
      call.constructs !== true;
    if (!isBorrowed)
      state.addDoubt(id, {
        kind: operand.byReference === true ? 'address-taken' : 'unknown-callee',
        subject: call.name,
        span,
      });
  }
  for (const value of values) {
    if (isPath(value) && resourceOf(value) === undefined && !isObject(value)) {
      context.recorder.touched.push({ path: value, releases });
      const before = state.handedOver.get(value);
      if (before?.releases !== true) state.handedOver.set(value, { span, subject: call.name, releases });
    }
  }
  if (
    operand.byReference === true &&
    operand.location !== undefined &&
    values.every((value) => resourceOf(value) === undefined)
  ) {
    assign(context, state, operand.location, [UNKNOWN], span);
  }
}

function applySummary(
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
  const outcomes = waysToEnd(state, call, summary);
  for (const [index, outcome] of outcomes.entries()) {
    const next = index === outcomes.length - 1 ? state : state.clone();
    applyOutcome(context, next, call, key, outcome, mapped, object);
    states.push(next);
  }
  return states;
}

/** Ways to end are told apart only where something open is concerned: what a call does to plain values is not followed. */
function waysToEnd(state: State, call: CallEvent, { outcomes }: Summary): readonly Outcome[] {
  const matters = outcomes.some(({ result, gains }) => isTemplate(result) || gains.length > 0);
  if (outcomes.length <= 1 || matters || concernOf(state, call) === 'open') return outcomes;
  return [{ result: UNKNOWN, gains: [] }];
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
  for (const [index, gain] of outcome.gains.entries()) {
    const [target] = mapped(gain.path);
    if (target !== undefined && !isShared(target)) {
      acquire(
        context,
        state,
        wrapperSite(context, call, `${key}:gain${index}:${gain.path}`, gain.resource),
        target,
        undefined,
      );
    }
  }
  if (isTemplate(outcome.result)) {
    acquire(
      context,
      state,
      wrapperSite(context, call, `${key}:result:${outcome.result.kind}`, outcome.result),
      call.result,
      undefined,
    );
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
