/** Terms as statements: for their effects only. */
import type { BlockId } from '../../../flow/builder.ts';
import { closingOf, shortText, spanOf } from '../function-state.ts';
import { lowerGuarded, lowerTry } from '../clean-ups.ts';
import { loopCondition, lowerEach, lowerLoop } from '../loops.ts';
import { inScope, lowerAlternatives } from '../scopes.ts';
import { below, type Location } from '../../../flow/graph.ts';
import { lowerCall, lowerResults } from './calls.ts';
import type { Lowering } from './lowering.ts';
import { matchStatement } from './matches.ts';
import { bindPattern, lowerAssignment } from './patterns.ts';
import { namedPlace } from './places.ts';
import { lowerReturn } from './returns.ts';
import type { EachTerm, GuardedTerm, LoopTerm, Term, TryTerm } from './term.ts';

export function lowerStatement(lowering: Lowering, term: Term): void {
  const { builder } = lowering.state;
  switch (term.kind) {
    case 'call':
      lowerCall(lowering, term, undefined);
      break;
    case 'assign':
      lowerAssignment(lowering, term);
      break;
    case 'results':
      lowerResults(lowering, term);
      break;
    case 'block':
      inScope<Term>(lowering, term, () => {
        lowerSequence(lowering, term, term.body);
      });
      break;
    case 'choice':
      inScope<Term>(lowering, term, () => {
        lowerAlternatives<Term>(lowering, term, (at) => (at.kind === 'choice' ? alternative(at) : undefined));
      });
      break;
    case 'unless':
      builder.ifElse(
        (then, otherwise) => {
          lowering.condition(term.condition, then, otherwise);
        },
        () => {
          lowering.statement(term.then);
        },
        undefined,
      );
      break;
    case 'match':
      matchStatement(lowering, term);
      break;
    case 'loop':
      withOtherwise(lowering, term.otherwise, (exhausted) => {
        lowerTermLoop(lowering, term, exhausted);
      });
      break;
    case 'each':
      withOtherwise(lowering, term.otherwise, (exhausted) => {
        lowerEachTerm(lowering, term, exhausted);
      });
      break;
    case 'label':
      builder.label(term.label);
      break;
    case 'goto':
      builder.gotoLabel(term.label);
      break;
    case 'break':
      builder.break(term.label);
      break;
    case 'continue':
      builder.continue(term.label);
      break;
    case 'return':
      lowerReturn(lowering, term);
      break;
    case 'throw':
      builder.throw(term.value && lowering.value(term.value), spanOf(term));
      break;
    case 'try':
      lowerTryTerm(lowering, term);
      break;
    case 'guarded':
      lowerGuardedTerm(lowering, term);
      break;
    case 'deferred':
      lowerSequence(lowering, term, [term]);
      break;
    case 'inlined':
      lowerInlined(lowering, term, term.body);
      break;
    case 'end':
      builder.endOfProcess();
      break;
    case 'parts':
      for (const part of term.parts) lowering.statement(part);
      break;
    default:
      lowering.value(term);
  }
}

function alternative(term: Extract<Term, { kind: 'choice' }>): {
  readonly condition: Term;
  readonly then: Term;
  readonly otherwise: Term | undefined;
} {
  return { condition: term.condition, then: term.then, otherwise: term.otherwise };
}

/** After something deferred the rest of the block is what it runs after. @param last lowered where all of them were */
export function lowerSequence(lowering: Lowering, block: Term, body: readonly Term[], last?: () => void): void {
  const { builder, names } = lowering.state;
  for (const [index, term] of body.entries()) {
    if (term.kind === 'deferred') {
      const outside = names.current;
      const cleanUp = (): void => {
        names.within(() => {
          lowering.statement(term.action);
        }, outside);
      };
      lowering.state.descend(() => {
        builder.scope({ span: closingOf(block), cleanUp }, () => {
          lowerSequence(lowering, block, body.slice(index + 1), last);
        });
      });
      return;
    }
    lowering.statement(term);
  }
  last?.();
}

/** `else` of a loop: `lower` is given where the loop goes when nothing is left to go through. */
function withOtherwise(lowering: Lowering, otherwise: Term | undefined, lower: (exhausted?: BlockId) => void): void {
  if (otherwise === undefined) {
    lower();
    return;
  }
  const { builder } = lowering.state;
  const [exhausted, after] = [builder.newBlock(), builder.newBlock()];
  lower(exhausted);
  builder.goto(after);
  builder.start(exhausted);
  lowering.statement(otherwise);
  builder.start(after);
}

function lowerTermLoop(lowering: Lowering, term: LoopTerm, exhausted: BlockId | undefined): void {
  const { label, condition, conditionAtEnd, body, step, reads } = term;
  const isEndless = condition?.kind === 'constant' && condition.constant === 'true';
  const elements = (): readonly Location[] => [
    ...new Set(reads.flatMap((read) => namedPlace(lowering, read) ?? []).map((read) => below(read, '[]'))),
  ];
  inScope<Term>(lowering, term, () => {
    lowerLoop<Term>(lowering, term, {
      label,
      condition: loopCondition<Term>(lowering, isEndless ? undefined : condition, elements, exhausted),
      ...(conditionAtEnd === undefined ? {} : { conditionAtEnd }),
      body,
      step: () => {
        if (step) lowering.statement(step);
      },
    });
  });
}

function lowerEachTerm(lowering: Lowering, term: EachTerm, exhausted: BlockId | undefined): void {
  const { label, target, over, body } = term;
  lowerEach<Term>(lowering, term, {
    label,
    over,
    collection: lowering.value(over).location,
    exhausted,
    body: (element) => {
      const text = shortText(target);
      bindPattern(lowering, target, element === undefined ? { text } : { location: element, text });
      lowering.statement(body);
    },
  });
}

function lowerTryTerm(lowering: Lowering, term: TryTerm): void {
  lowerTry<Term>(lowering, term, {
    body: term.body,
    catches: term.catches.map(({ target, body }) => () => {
      inScope<Term>(lowering, body, () => {
        if (target) bindPattern(lowering, target, { text: shortText(target) });
        lowering.statement(body);
      });
    }),
    catchesAll: term.catchesAll,
    cleanUp: term.cleanUp,
  });
}

/** What is guarded is kept beside its name: the body may put another value there. */
function lowerGuardedTerm(lowering: Lowering, term: GuardedTerm): void {
  inScope<Term>(lowering, term, () => {
    const value = lowering.value(term.value, lowering.state.builder.newTemporary());
    const { location } = value;
    if (term.target) bindPattern(lowering, term.target, value);
    lowerGuarded<Term>(lowering, term, location === undefined ? [] : [location], term.release, () => {
      lowering.statement(term.body);
    });
  });
}

function lowerInlined(lowering: Lowering, term: Term, body: Term): void {
  const { builder } = lowering.state;
  const after = builder.newBlock();
  const label = `inlined@${term.start}`;
  lowering.inlined.push(label);
  builder.scope({ span: spanOf(term), targets: { label, breakTo: after, onlyByLabel: true } }, () => {
    lowering.statement(body);
  });
  lowering.inlined.pop();
  builder.start(after);
}
