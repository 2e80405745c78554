/** Calls: who is called on what with what, and where the results go. */
import { lookUp } from '../../../catalog/catalog.ts';
import type { CallEvent, Location, Operand } from '../../../flow/graph.ts';
import { shortText, spanOf } from '../function-state.ts';
import { isUnexplained, type Lowering } from './lowering.ts';
import { bindPattern } from './patterns.ts';
import { place } from './places.ts';
import type { CallTerm, CreateTerm, MemberTerm, ResultsTerm, Term } from './term.ts';
import { below } from '../../../flow/graph.ts';

type Callee = Pick<CallEvent, 'name' | 'qualifier' | 'receiver' | 'constructs'>;

/**
 * @param result where the (last) result goes; undefined where it is used by nothing
 * @param outs where the results before it go
 */
export function lowerCall(
  lowering: Lowering,
  term: CallTerm,
  result: Location | undefined,
  outs: readonly Location[] = [],
): Operand {
  const callee = calleeOf(lowering, term.callee, term.args.length);
  const args = spreadResults(lowering, term.args) ?? term.args.map((argument) => lowerArgument(lowering, argument));
  const places = outs.map((location) => ({ location, byReference: true, text: '' }));
  const into = result === undefined ? {} : { result };
  const implicit = term.implicit === true ? { implicit: true } : {};
  lowering.state.call({ ...callee, ...implicit, args: [...args, ...places], ...into, span: spanOf(term) });
  if (result !== undefined && isRelease(lowering, callee)) {
    // A release that may itself fail is not looked at.
    lowering.state.constant(result, lowering.facts.file.releaseGives(callee.qualifier), spanOf(term));
  }
  return { ...into, ...(result === undefined ? {} : { location: result }), text: shortText(term) };
}

/** `h, err := f()` */
export function lowerResults(lowering: Lowering, { targets, call }: ResultsTerm): void {
  const { builder } = lowering.state;
  const places = targets.map(() => builder.newTemporary());
  lowerCall(lowering, call, places.at(-1), places.slice(0, -1));
  for (const [index, target] of targets.entries()) {
    const location = places[index];
    if (location !== undefined) bindPattern(lowering, target, { location, text: shortText(target) });
  }
}

/** An object of a class begins as the class's own; what is put into its members is put there afterwards. */
export function lowerCreate(lowering: Lowering, term: CreateTerm, into: Location | undefined): Operand {
  const { state } = lowering;
  const target = into ?? state.builder.newTemporary();
  const values = term.members.map(({ name, value }) => ({ name, operand: lowering.value(value), value }));
  if (term.type === undefined) state.fresh(target, spanOf(term));
  else state.call({ name: term.type, args: [], result: target, constructs: true, span: spanOf(term) });
  for (const { name, operand, value } of values) {
    if (operand.location !== undefined) state.assign(below(target, name), operand, spanOf(value));
  }
  return { location: target, text: shortText(term) };
}

/** `must(CreateFileMapping(...))`: all results of the one call are arguments of the other. */
function spreadResults(lowering: Lowering, args: readonly Term[]): readonly Operand[] | undefined {
  const [call, ...others] = args;
  if (call?.kind !== 'call' || others.length > 0 || call.callee.kind !== 'member') return undefined;
  const { name, object } = call.callee;
  const effects = lookUp(lowering.facts.file.dialect, { name, qualifier: object.text, hasReceiver: false });
  if (!effects.some((effect) => effect.effect === 'acquire' && effect.into === call.args.length)) return undefined;
  const places = [lowering.state.builder.newTemporary(), lowering.state.builder.newTemporary()];
  lowerCall(lowering, call, places.at(-1), places.slice(0, -1));
  return places.map((location) => ({ location, text: shortText(call) }));
}

function isRelease({ facts }: Lowering, { name, qualifier, receiver }: Callee): boolean {
  const effects = lookUp(facts.file.dialect, { name, qualifier, hasReceiver: receiver !== undefined });
  return receiver === undefined && effects.some(({ effect }) => effect === 'release');
}

function lowerArgument(lowering: Lowering, argument: Term): Operand {
  if (argument.kind !== 'reference') return lowering.value(argument);
  const location = place(lowering, argument.operand);
  return { ...(location === undefined ? {} : { location, byReference: true }), text: shortText(argument) };
}

function calleeOf(lowering: Lowering, callee: Term, count: number): Callee {
  const { file } = lowering.facts;
  switch (callee.kind) {
    case 'name': {
      const name = file.functionNames.get(callee.name) ?? callee.name;
      return isUnexplained(lowering, callee.name) && file.types.has(name) ? { name, constructs: true } : { name };
    }
    case 'member':
      return memberCallee(lowering, callee, count);
    case 'closure':
      lowering.value(callee);
      return { name: '<lambda>' };
    default:
      return { name: 'call', receiver: lowering.value(callee) };
  }
}

function memberCallee(lowering: Lowering, callee: MemberTerm, count: number): Callee {
  const { file } = lowering.facts;
  const { object } = callee;
  const name = file.functionNames.get(callee.name) ?? callee.name;
  // A native function is a member of whatever object it was declared in.
  const qualifier = object.end - object.start < 80 ? object.text : '';
  const effects = lookUp(file.dialect, { name, qualifier, hasReceiver: false });
  if (effects.some(({ effect }) => count > 0 || effect === 'end')) return { name, qualifier };
  if (object.kind === 'name' && isUnexplained(lowering, object.name)) {
    if (file.packages.has(object.name)) return { name };
    if (file.modules.has(object.name) && file.types.has(name)) return { name, constructs: true };
    const isType = file.types.has(object.name) || (file.capitalTypes && /^\p{Lu}/u.test(object.name));
    if (isType || file.modules.has(object.name)) return { name, qualifier: object.name };
  }
  return { name, receiver: lowering.value(object) };
}
