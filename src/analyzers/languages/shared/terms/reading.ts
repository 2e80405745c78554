/** What front ends make terms of. */
import type { Constant, Span } from '../../../flow/graph.ts';
import { shortText, spanOf } from '../function-state.ts';
import { comparisonOf } from '../jumps.ts';
import { descendants, type Syntax, type Written } from '../syntax.ts';
import type { BlockTerm, ClosureTerm, Pattern, Term } from './term.ts';

/** The place and text of a node, as terms keep them. */
export function at({ start, end, text }: Written): Written {
  return { start, end, text: shortText({ start, end, text }) };
}

export function constant(node: Written, value: Constant, literal?: string): Term {
  return { ...at(node), kind: 'constant', constant: value, ...(literal === undefined ? {} : { literal }) };
}

/** Zero counts as null, all ones as -1; digits may be grouped, types may follow. */
export function numberConstant(node: Written): Term {
  const text = node.text.replaceAll('_', '').toLowerCase();
  if (/^0(?:[xbo]0+)?(?:\.0*)?(?:[iu](?:8|16|32|64|128|size)|l|n)?$/u.test(text)) return constant(node, 'null');
  return constant(node, /^0x(?:f{8}|f{16})(?:[iu](?:32|64|size))?$/u.test(text) ? 'minus-one' : 'other');
}

/** `-1`, and the negative of anything else. */
export function negated(node: Written, operand: Term): Term {
  if (operand.kind !== 'constant') return parts(node, [operand]);
  return constant(node, /^1(?:[iu](?:8|16|32|64|size))?$/u.test(operand.text) ? 'minus-one' : 'other');
}

const INVALID = /(?:^|\.|::)(?:INVALID_HANDLE_VALUE|InvalidHandle|MAP_FAILED)(?:\.value|\.0)?$/u;

/** Names of the values that say that there is no handle. */
export function namedConstant(node: Written): Term | undefined {
  return node.end - node.start < 80 && INVALID.test(node.text) ? constant(node, 'minus-one') : undefined;
}

export function name(node: Written, text: string = node.text): Term {
  return { ...at(node), kind: 'name', name: text };
}

export function parts(node: Written, inner: readonly Term[], carries = false): Term {
  return { ...at(node), kind: 'parts', parts: inner, carries };
}

export function block(node: Written, body: readonly Term[], gives = false): BlockTerm {
  return { ...at(node), kind: 'block', body, gives };
}

export function nothing(node: Written): Term {
  return parts(node, []);
}

/** What a pointer points to, as a place of its own. */
export function pointedTo(node: Written, pointer: Term): Term {
  return { ...at(node), kind: 'member', object: pointer, name: '*' };
}

/** An operator of the languages that descend from C. */
export function operation(node: Written, operator: string, left: Term, right: Term): Term {
  if (/^[<>=!]=?$/u.test(operator)) {
    const comparison = comparisonOf(operator);
    const isJunction = comparison === 'and' || comparison === 'or';
    return { ...at(node), kind: 'comparison', operator: isJunction ? 'other' : comparison, left, right };
  }
  if (operator !== '&&' && operator !== '||') return parts(node, [left, right], operator === '+' || operator === '-');
  return { ...at(node), kind: 'junction', operator: operator === '&&' ? 'and' : 'or', left, right };
}

/** A name that belongs to the whole function, or any other place. */
export function placed(term: Term): Pattern {
  return { start: term.start, end: term.end, text: term.text, kind: 'place', place: term };
}

export function closure(node: Syntax, isName: (node: Syntax) => boolean): ClosureTerm {
  return { ...at(node), kind: 'closure', uses: usesIn(node, isName) };
}

/** The first place of each name that is mentioned. */
function usesIn(node: Syntax, isName: (node: Syntax) => boolean): ReadonlyMap<string, Span> {
  const uses = new Map<string, Span>();
  for (const inner of descendants(node)) {
    if (isName(inner) && !uses.has(inner.text)) uses.set(inner.text, spanOf(inner));
  }
  return uses;
}
