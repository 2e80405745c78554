/** Terms as conditions: to jumps, with the tests that tell something of a value. */
import type { Operand } from '../../../flow/graph.ts';
import { shortText, spanOf } from '../function-state.ts';
import type { Jumps } from '../evaluator.ts';
import {
  branchOn,
  branchOnComparison,
  branchOnEquality,
  branchOnJunction,
  branchOnUnknown,
  swapped,
} from '../jumps.ts';
import type { Lowering } from './lowering.ts';
import { bindPattern } from './patterns.ts';
import type { ComparisonTerm, FitsTerm, Term } from './term.ts';

export function lowerCondition(lowering: Lowering, term: Term, jumps: Jumps): void {
  switch (term.kind) {
    case 'not':
      lowering.condition(term.operand, jumps.otherwise, jumps.then);
      break;
    case 'junction':
      branchOnJunction(lowering, term.operator, [term.left, term.right], jumps);
      break;
    case 'comparison':
      lowerComparison(lowering, term, jumps);
      break;
    case 'test': {
      const { location } = lowering.value(term.operand);
      const towards = term.holds ? jumps : swapped(jumps);
      if (location === undefined || jumps.elements.length > 0) branchOnUnknown(lowering, term, shortText(term), jumps);
      else branchOn(lowering, term.operand, term, location, term.value, towards);
      break;
    }
    case 'fits':
      lowerFits(lowering, term, jumps);
      break;
    default:
      lowerTruthOf(lowering, term, jumps);
  }
}

/** What is taken out of a collection, one after the other, is there as long as any of it is open. */
function lowerFits(lowering: Lowering, { pattern, value, ...term }: FitsTerm, jumps: Jumps): void {
  const { builder } = lowering.state;
  const operand = lowering.value(value);
  const { location } = operand;
  if (jumps.elements.length > 0 && value.kind === 'element' && location !== undefined) {
    const fits = builder.newBlock();
    const test = { op: 'loop', elements: [location], span: spanOf(term), text: shortText(term) } as const;
    builder.branch(test, fits, jumps.otherwise);
    builder.start(fits);
    bindPattern(lowering, pattern, operand);
  } else {
    bindPattern(lowering, pattern, operand, jumps.otherwise);
  }
  builder.goto(jumps.then);
}

function lowerComparison(lowering: Lowering, term: ComparisonTerm, jumps: Jumps): void {
  const { operator, left, right } = term;
  const equality = (towards: Jumps): void => {
    lowerEquality(lowering, term, towards);
  };
  const compared = { sides: [left, right], constantOf, equality } as const;
  if (branchOnComparison<Term>(lowering, term, operator, compared, jumps)) return;
  lowering.value(left);
  lowering.value(right);
  branchOnUnknown(lowering, term, shortText(term), jumps);
}

function lowerEquality(lowering: Lowering, term: ComparisonTerm, jumps: Jumps): void {
  const { left, right } = term;
  const [tested, constant] = left.kind === 'constant' ? [right, constantOf(left)] : [left, constantOf(right)];
  const other = constant === undefined ? right : undefined;
  const text = `${shortText(left)} == ${shortText(right)}`;
  branchOnEquality(lowering, term, { tested, value: constant?.constant, other, text }, jumps);
}

function constantOf(term: Term): Operand | undefined {
  return term.kind === 'constant' ? { constant: term.constant, text: shortText(term) } : undefined;
}

/** A value that counts as true or false. */
function lowerTruthOf(lowering: Lowering, term: Term, jumps: Jumps): void {
  const { location, constant } = lowering.value(term);
  if (constant === 'true') lowering.state.builder.goto(jumps.then);
  else if (constant === 'false' || constant === 'null') lowering.state.builder.goto(jumps.otherwise);
  else if (location === undefined || jumps.elements.length > 0) {
    branchOnUnknown(lowering, term, shortText(term), jumps);
  } else if (lowering.facts.file.anyIsCondition) branchOn(lowering, term, term, location, 'null', swapped(jumps));
  else branchOn(lowering, term, term, location, 'true', jumps);
}
