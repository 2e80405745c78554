/** Calls of which nothing is known but the name: what they are given may be kept, or given back. */
import { assign } from './assign.ts';
import { type Context, hasRawViews } from './context.ts';
import { type CallEvent, isLocal, type Operand, rootOf } from './graph.ts';
import type { State } from './state.ts';
import { isObject, isPath, isShared, newestOf, resourceOf, UNKNOWN, type Value } from './values.ts';

/** Names of functions that give back what they are given, unless they only ask (`FIRST_FREE`, `IsClosed`). */
const RELEASING_NAME =
  /close|dispose|free|release|unmap|destroy|delete|clean|clear|shutdown|teardown|dtor|reset|finali[sz]e|stop|exit|deinit|uninit|unload|detach|remove/iu;

const ASKING_NAME =
  /^(?:[Ii]s|IS|[Hh]as|HAS|[Gg]et|GET|[Ff]irst|FIRST|[Ll]ast|LAST|[Nn]ext|NEXT|[Ff]ind|FIND|[Cc]ount|COUNT|[Nn]um|NUM|[Qq]uery|QUERY|[Cc]an|CAN|[Cc]alculate)(?=[A-Z_])/u;

/** Names of functions that make something of what they are given: it stays in use. */
const KEEPING_NAME =
  /(?:^|_|[a-z])(?:Create|Register|Attach|Adopt|Wrap|Insert|Append|Push|Enqueue)|^(?:create|register|attach|adopt|wrap|insert|append|push|enqueue)(?![a-z])/u;

function isReleasingName(name: string): boolean {
  return RELEASING_NAME.test(name) && !ASKING_NAME.test(name);
}

/** A system call keeps no handle of its caller: what it needs longer it holds by a reference of its own. */
const SYSTEM_CALL = /^(?:Nt|Zw)[A-Z]/u;

export function applyUnknown(context: Context, state: State, call: CallEvent, key: string): void {
  const releases = isReleasingName(call.name);
  const borrows = hasRawViews(context.dialect) && SYSTEM_CALL.test(call.name);
  const takesClosure = call.args.some(({ closure }) => closure === true);
  for (const argument of call.args) {
    if (argument.location === undefined || argument.closure === true) continue;
    if (borrows && argument.byReference !== true) continue;
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

/** What was read out of a view or an object, unless it is the handle of one: whoever gets it has not got the whole. */
function isContent(context: Context, value: Value): boolean {
  const root = isPath(value) ? rootOf(value) : value;
  if (value === root || isShared(value) || isLocal(value)) return false;
  const id = resourceOf(root);
  const isMemory = id !== undefined && context.sites.get(id).resource.kind !== 'section';
  return !(isMemory ? /\.Safe\w*Handle$/u : /handle$/iu).test(value);
}

export function giveAway(context: Context, state: State, operand: Operand, call: CallEvent, releases: boolean): void {
  const { span } = call;
  const values = state.valuesOf(operand);
  for (const id of state.openWithin(values.filter((value) => !isContent(context, value)))) {
    const isBorrowed =
      hasRawViews(context.dialect) &&
      context.sites.get(id).resource.kind === 'view' &&
      !releases &&
      !KEEPING_NAME.test(call.name) &&
      operand.byReference !== true &&
      call.constructs !== true;
    if (isBorrowed) continue;
    context.recorder.givenAway.add(newestOf(id));
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
