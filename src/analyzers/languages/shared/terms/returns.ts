/** Returns: a last result that the call gives, and results before it that go to places of the caller's. */
import type { Location, Operand } from '../../../flow/graph.ts';
import { below } from '../../../flow/graph.ts';
import { shortText, spanOf } from '../function-state.ts';
import { lowerCall } from './calls.ts';
import type { Lowering } from './lowering.ts';
import type { ReturnTerm } from './term.ts';

/** The parameter that stands for one of the results before the last. */
export function resultPlace(index: number): Location {
  return `L:result${index}@0`;
}

export function lowerReturn(lowering: Lowering, term: ReturnTerm): void {
  const { builder } = lowering.state;
  const label = lowering.inlined.at(-1);
  if (label === undefined) {
    builder.return(returnedValue(lowering, term), spanOf(term));
    return;
  }
  for (const value of term.values) lowering.value(value);
  builder.break(label);
}

function returnedValue(lowering: Lowering, term: ReturnTerm): Operand | undefined {
  const { resultPlaces, state } = lowering;
  const values = valuesOf(lowering, term);
  const named = resultPlaces.map((location): Operand => ({ location, text: '' }));
  if (values.length !== named.length) return handOut(lowering, term, values.length > 0 ? values : named);
  // What has a name is assigned before anything that is deferred runs.
  for (const [index, location] of resultPlaces.entries()) {
    const value = values[index];
    if (value !== undefined) state.assign(location, value, spanOf(term));
  }
  return handOut(lowering, term, named);
}

function valuesOf(lowering: Lowering, term: ReturnTerm): readonly Operand[] {
  const { resultCount, state } = lowering;
  const [only] = term.values;
  if (resultCount <= 1 || only?.kind !== 'call' || term.values.length > 1) {
    return term.values.map((value) => lowering.value(value));
  }
  const places = Array.from({ length: resultCount }, () => state.builder.newTemporary());
  lowerCall(lowering, only, places.at(-1), places.slice(0, -1));
  return places.map((location) => ({ location, text: shortText(only) }));
}

function handOut(lowering: Lowering, term: ReturnTerm, values: readonly Operand[]): Operand | undefined {
  for (const [index, value] of values.slice(0, -1).entries()) {
    lowering.state.assign(below(resultPlace(index), '*'), value, spanOf(term));
  }
  return values.at(-1);
}
