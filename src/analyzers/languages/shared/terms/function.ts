/** Lowering of one function that is given as terms. */
import type { FunctionGraph, Parameter } from '../../../flow/graph.ts';
import { captureLocals } from '../closures.ts';
import { loweringOf } from '../evaluator.ts';
import { closingOf, FunctionState, graphOrNothing, spanOf } from '../function-state.ts';
import { lowerCondition } from './conditions.ts';
import type { FunctionFacts, Lowering } from './lowering.ts';
import { bindPattern } from './patterns.ts';
import { declareLocal } from './places.ts';
import { resultPlace } from './returns.ts';
import { lowerSequence, lowerStatement } from './statements.ts';
import type { FunctionTerm, ParameterTerm } from './function-term.ts';
import type { Term } from './term.ts';
import { lowerValue } from './values.ts';

/** @param read gives the function's terms, with offsets that count from its start */
export function lowerTerms(read: () => FunctionTerm, facts: FunctionFacts): FunctionGraph {
  return graphOrNothing(facts, () => lowerFunction(read(), facts));
}

function lowerFunction(term: FunctionTerm, facts: FunctionFacts): FunctionGraph {
  const lowering = startLowering(term, facts);
  const { builder, names } = lowering.state;
  if (term.self !== undefined) names.bind(term.self, 'S');
  const parameters = [
    ...term.parameters.map((parameter) => bindParameter(lowering, parameter)),
    ...Array.from({ length: Math.max(0, term.resultCount - 1) }, (_, index) => ({
      location: resultPlace(index),
      name: '',
    })),
  ];
  builder.scope({ span: spanOf(term) }, () => {
    for (const { name, start } of term.hoisted) declareLocal(lowering, name, start);
    for (const { name, start } of term.results) {
      const location = declareLocal(lowering, name, start);
      lowering.resultPlaces.push(location);
      lowering.state.constant(location, 'null', { start, end: start });
    }
    for (const { pattern, name, start } of term.parameters) {
      if (pattern) bindPattern(lowering, pattern, { location: `L:${name}@${start}`, text: name });
    }
    if (term.returnsBody) builder.return(lowering.value(term.body), returnSpan(term));
    else lowerBody(lowering, term.body);
  });
  builder.return(undefined, closingOf(term), { implicit: true });
  captureLocals(lowering, ({ uses }) => uses);
  const { name, qualifiedName, isEntryPoint, owner } = facts;
  return lowering.state.finish({ name, qualifiedName, isEntryPoint, owner, parameters });
}

/** The function's own block is the scope of its parameters too. */
function lowerBody(lowering: Lowering, body: Term): void {
  if (body.kind === 'block') lowerSequence(lowering, body, body.body);
  else lowering.statement(body);
}

/** What a body gives is given by its last term. */
function returnSpan({ body }: FunctionTerm): { readonly start: number; readonly end: number } {
  const last = body.kind === 'block' ? body.body.at(-1) : undefined;
  return spanOf(last ?? body);
}

function bindParameter({ state }: Lowering, { name, start, type }: ParameterTerm): Parameter {
  const location = `L:${name}@${start}`;
  if (name !== '') state.names.bind(name, location);
  if (type !== undefined) state.types.set(location, type);
  return { location, name, ...(type === undefined ? {} : { type }) };
}

const LOWERINGS = {
  questionMarkOf: () => undefined,
  value: lowerValue,
  effect: lowerStatement,
  condition: lowerCondition,
  statement: lowerStatement,
};

function startLowering(term: FunctionTerm, facts: FunctionFacts): Lowering {
  return loweringOf<Term, Lowering>(new FunctionState(), LOWERINGS, (evaluator) => ({
    ...evaluator,
    facts,
    resultCount: term.resultCount,
    resultPlaces: [],
    closures: [],
    inlined: [],
  }));
}
