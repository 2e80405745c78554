/** Terms as values: each to an operand, with the events that its evaluation causes. */
import type { Location, Operand } from '../../../flow/graph.ts';
import { below } from '../../../flow/graph.ts';
import { chooseValue, lowerFallback, lowerTruth } from '../branches.ts';
import { shortText, spanOf } from '../function-state.ts';
import { located } from '../optional-chains.ts';
import { inScope } from '../scopes.ts';
import { lowerCall, lowerCreate } from './calls.ts';
import type { Lowering } from './lowering.ts';
import { matchValue } from './matches.ts';
import { lowerAssignment } from './patterns.ts';
import { place } from './places.ts';
import { lowerSequence } from './statements.ts';
import type { BlockTerm, Term } from './term.ts';

export function lowerValue(lowering: Lowering, term: Term, into?: Location): Operand {
  const { state } = lowering;
  const settled = (operand: Operand): Operand => state.settle(operand, into, spanOf(term));
  switch (term.kind) {
    case 'constant': {
      const { constant, literal } = term;
      return settled({ constant, text: shortText(term), ...(literal === undefined ? {} : { literal }) });
    }
    case 'name':
    case 'member':
    case 'element':
    case 'reference': {
      const location = place(lowering, term);
      return settled({ ...(location === undefined ? {} : { location }), text: shortText(term) });
    }
    case 'call':
      return lowerCall(lowering, term, into ?? state.builder.newTemporary());
    case 'create':
      return lowerCreate(lowering, term, into);
    case 'list':
      return lowerList(lowering, term, term.elements, into);
    case 'choice': {
      const { condition, then, otherwise } = term;
      const target = into ?? state.builder.newTemporary();
      inScope<Term>(lowering, term, () => {
        chooseValue<Term>(lowering, term, { condition, then, otherwise }, target);
      });
      return { location: target, text: shortText(term) };
    }
    case 'match':
      return matchValue(lowering, term, into);
    case 'fallback':
      return lowerFallback<Term>(lowering, term, { first: term.first, second: term.second, value: term.on }, into);
    case 'not':
    case 'junction':
    case 'comparison':
    case 'test':
    case 'fits':
      return lowerTruth<Term>(lowering, term, into);
    case 'propagate':
      return settled(propagate(lowering, term, term.operand));
    case 'assign':
      return settled(lowerAssignment(lowering, term));
    case 'closure':
      lowering.closures.push({ node: term, scope: state.names.current });
      return settled({ closure: true, text: shortText(term) });
    case 'block':
      return lowerBlockValue(lowering, term, into);
    case 'parts': {
      const [first] = term.parts.map((part) => lowering.value(part));
      const location = term.carries !== true || first?.location === undefined ? {} : { location: first.location };
      return settled({ ...location, text: shortText(term) });
    }
    default:
      lowering.statement(term);
      return settled({ text: shortText(term) });
  }
}

function lowerList(lowering: Lowering, term: Term, elements: readonly Term[], into: Location | undefined): Operand {
  const target = into ?? lowering.state.builder.newTemporary();
  const values = elements.map((element) => ({ element, operand: lowering.value(element) }));
  lowering.state.fresh(target, spanOf(term));
  for (const { element, operand } of values) {
    if (operand.location !== undefined) lowering.state.assign(below(target, '[]'), operand, spanOf(element));
  }
  return { location: target, text: shortText(term) };
}

/** The value outlives the block's own names. */
function lowerBlockValue(lowering: Lowering, term: BlockTerm, into: Location | undefined): Operand {
  const last = term.gives === true ? term.body.at(-1) : undefined;
  if (last === undefined) {
    lowering.statement(term);
    return lowering.state.settle({ text: shortText(term) }, into, spanOf(term));
  }
  const target = into ?? lowering.state.builder.newTemporary();
  inScope<Term>(lowering, term, () => {
    lowerSequence(lowering, term, term.body.slice(0, -1), () => {
      lowering.value(last, target);
    });
  });
  return { location: target, text: shortText(last) };
}

function propagate(lowering: Lowering, term: Term, operand: Term): Operand {
  const { builder } = lowering.state;
  const value = located<Term>(lowering, operand);
  const { location } = value;
  if (location === undefined) return value;
  const [absent, present] = [builder.newBlock(), builder.newBlock()];
  const test = { op: 'is', location, value: 'null', span: spanOf(term), text: '' } as const;
  builder.branch(test, absent, present);
  builder.start(absent);
  builder.return({ constant: 'null', text: shortText(term) }, spanOf(term));
  builder.start(present);
  return value;
}
