/** Calls that the catalog knows: what they make, give back, collect, or only look at. */
import type { Acquire, Effect, Release, Role } from '../catalog/entry.ts';
import { assign } from './assign.ts';
import type { Context } from './context.ts';
import { below, type CallEvent, lastStep, type Location, type Operand, rootOf } from './graph.ts';
import { acquire, pathOf, releaseValues } from './resources.ts';
import { literalOf, type Site } from './sites.ts';
import type { State } from './state.ts';
import { giveAway } from './unknown-calls.ts';
import { isPath, type ResourceId, resourceOf, resourcePath, statusValue, UNKNOWN, type Value } from './values.ts';

export function applyEffects(
  context: Context,
  state: State,
  call: CallEvent,
  key: string,
  effects: readonly Effect[],
): void {
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
      case 'wrap':
        gives = wrap(context, state, call);
        break;
      case 'hand-over':
        for (const argument of call.args) giveAway(context, state, argument, call, true);
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
  if (effect.address !== undefined && isGivenAddress(call.args[effect.address])) return false;
  const site = context.sites.of(`${key}:${effect.resource}`, () => ({
    resource: {
      kind: effect.resource,
      failure: effect.failure,
      typeName: effect.typeName,
      releasedBy: effect.releasedBy,
      maker: effect.maker,
      reclaimed: effect.reclaimed,
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

function targetOf(state: State, call: CallEvent, into: Role): Location | undefined {
  if (into === 'result') return call.result;
  const operand = into === 'receiver' ? call.receiver : call.args[into];
  if (operand?.location === undefined) return undefined;
  if (into === 'receiver') return below(pathOf(state, operand.location), '*pointer');
  return operand.byReference === true ? operand.location : below(operand.location, '*');
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

function isGivenAddress(operand: Operand | undefined): boolean {
  return operand !== undefined && operand.constant !== 'null' && !/^(?:default\b|IntPtr\.Zero$)/u.test(operand.text);
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
    if (id === undefined) return true;
    const { kind, typeName } = context.sites.get(id).resource;
    return effect.resources.includes(kind) && (effect.typeName ?? typeName) === typeName;
  });
  releaseValues(context, state, values, call);
}

function collect(context: Context, state: State, call: CallEvent): void {
  const location = call.receiver?.location;
  if (location === undefined) return;
  for (const argument of call.args) {
    const values = state.valuesOf(argument).filter((value) => isPath(value));
    if (values.length > 0) assign(context, state, below(location, '[]'), values, call.span);
  }
}

/** The new object stands for what it was given: whoever disposes the one disposes the other. */
function wrap(context: Context, state: State, call: CallEvent): boolean {
  if (call.result === undefined) return false;
  assign(context, state, call.result, state.valuesOf(call.args[0]), call.span);
  return true;
}
