/** Cases in order, as a statement or as a value. */
import type { Location, Operand } from '../../../flow/graph.ts';
import { shortText, spanOf } from '../function-state.ts';
import { inScope } from '../scopes.ts';
import type { Lowering } from './lowering.ts';
import { bindPattern } from './patterns.ts';
import type { MatchTerm, Term } from './term.ts';

export function matchStatement(lowering: Lowering, term: MatchTerm): void {
  lowerMatch(lowering, term, (body) => {
    lowering.statement(body);
  });
}

export function matchValue(lowering: Lowering, term: MatchTerm, into: Location | undefined): Operand {
  const target = into ?? lowering.state.builder.newTemporary();
  lowerMatch(lowering, term, (body) => {
    lowering.value(body, target);
  });
  return { location: target, text: shortText(term) };
}

function lowerMatch(lowering: Lowering, term: MatchTerm, lowerBody: (body: Term) => void): void {
  const { builder } = lowering.state;
  const after = builder.newBlock();
  const bodies = term.cases.map(() => builder.newBlock());
  const value = term.subject && lowering.value(term.subject);
  const targets = term.breaks === true ? { breakTo: after } : undefined;
  builder.scope({ span: spanOf(term), targets }, () => {
    for (const [index, { pattern, guard, body, fallsThrough }] of term.cases.entries()) {
      const next = builder.newBlock();
      inScope<Term>(lowering, body, () => {
        if (pattern) bindPattern(lowering, pattern, value ?? { text: '' }, next);
        if (guard) {
          const holds = builder.newBlock();
          lowering.condition(guard, holds, next);
          builder.start(holds);
        }
        builder.start(bodies[index] ?? next);
        lowerBody(body);
      });
      builder.goto((fallsThrough === true ? bodies[index + 1] : undefined) ?? after);
      builder.start(next);
    }
  });
  builder.start(after);
}
