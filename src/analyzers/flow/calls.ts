/** What a call does to the state: by the catalog, by the summary of a function of the workspace, or as an unknown one. */
import type { Effect } from '../catalog/entry.ts';
import { applyEffects } from './catalog-calls.ts';
import { concernOf } from './concern.ts';
import type { Context } from './context.ts';
import type { CallEvent, Operand } from './graph.ts';
import type { State } from './state.ts';
import { applySummary } from './summary-calls.ts';
import { applyUnknown } from './unknown-calls.ts';

/** @returns the states after the call: several where it can end in ways that differ, none where it never returns */
export function transferCall(context: Context, state: State, call: CallEvent, key: string): readonly State[] {
  const effects = catalogEffects(context, call);
  const receiverClass = call.receiver && classOf(context, state, call.receiver);
  const callee = effects.some(({ effect }) => effect === 'acquire')
    ? undefined
    : context.callees.find(call, receiverClass, concernOf(context, state, call));
  // A method of the own class hides a function of that name (`close`).
  const isOwn = call.receiver === undefined && call.qualifier === undefined && callee?.owner !== undefined;
  if (callee !== undefined && (effects.length === 0 || receiverClass !== undefined || isOwn)) {
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

function catalogEffects(context: Context, call: CallEvent): readonly Effect[] {
  const { name, qualifier, receiver, args } = call;
  const owns = call.constructs === true && !args.slice(1).some(isPerhapsTrue);
  const effects = context.callees.catalog.lookUp(context.dialect, {
    name,
    qualifier,
    hasReceiver: receiver !== undefined,
  });
  // `Registry.Add(map)`: more likely a function of a type than a collection of that name.
  const isOfType = qualifier !== undefined && !qualifier.includes('.');
  const fitting = isOfType ? effects.filter(({ effect }) => effect !== 'collect') : effects;
  return owns ? fitting : fitting.filter(({ effect }) => effect !== 'wrap');
}

/** Not a number, an encoding or a mode: perhaps the flag that says that the stream stays open. */
function isPerhapsTrue({ constant, text }: Operand): boolean {
  return constant === 'true' || /leave|own/iu.test(text);
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
