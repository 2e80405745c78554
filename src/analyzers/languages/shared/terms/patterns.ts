/** Assignment to names and places, and patterns that take a value apart or test whether it fits. */
import type { BlockId } from '../../../flow/builder.ts';
import type { Location, Operand } from '../../../flow/graph.ts';
import { below } from '../../../flow/graph.ts';
import { shortText, spanOf } from '../function-state.ts';
import { testText } from '../test-text.ts';
import type { Written } from '../syntax.ts';
import type { Lowering } from './lowering.ts';
import { declareLocal, place } from './places.ts';
import type { AssignTerm, Pattern, Term } from './term.ts';

/** @returns the value, at the place where it now stands */
export function lowerAssignment(lowering: Lowering, term: AssignTerm): Operand {
  const { target, value } = term;
  const { state } = lowering;
  if (target.kind === 'bind') {
    // The new name is not in sight of its own value.
    const operand = value && lowering.value(value);
    const location = declareNamed(lowering, target);
    if (operand) state.assign(location, operand, spanOf(term));
    if (term.declares === true) state.declarations.set(location, { location, start: term.start, alone: false });
    return { location, text: shortText(target) };
  }
  if (value === undefined) return { text: shortText(term) };
  if (target.kind === 'place' && target.place.kind === 'name') {
    const location = place(lowering, target.place);
    // What a literal is made of may still be what the name held.
    if (location !== undefined && !/^(?:create|list|match|choice)$/u.test(value.kind)) {
      return lowering.value(value, location);
    }
  }
  const operand = lowering.value(value);
  bindPattern(lowering, target, operand);
  return operand;
}

/** Where a single new variable stands, before anything is put into it. */
function declareNamed(lowering: Lowering, { name, start, type, reuses }: Extract<Pattern, { kind: 'bind' }>): Location {
  const known = reuses === true ? lowering.state.names.current.names.get(name) : undefined;
  if (known !== undefined) return known;
  const location = declareLocal(lowering, name, start);
  if (type !== undefined) lowering.state.types.set(location, type);
  return location;
}

/**
 * Gives each name and place of the pattern its part of the value; control goes on where it fits.
 * @param otherwise where control goes if it does not fit; without it nothing is tested
 */
export function bindPattern(lowering: Lowering, pattern: Pattern, value: Operand, otherwise?: BlockId): void {
  lowering.state.descend(() => {
    bind(lowering, pattern, value, otherwise);
  });
}

function bind(lowering: Lowering, pattern: Pattern, value: Operand, otherwise: BlockId | undefined): void {
  const { state } = lowering;
  switch (pattern.kind) {
    case 'bind': {
      const location = declareNamed(lowering, pattern);
      if (isKnown(value)) state.assign(location, value, spanOf(pattern));
      break;
    }
    case 'place': {
      const location = place(lowering, pattern.place);
      if (location !== undefined) state.assign(location, value, spanOf(pattern));
      break;
    }
    case 'parts':
      for (const { step, pattern: part } of pattern.parts) {
        bindPattern(lowering, part, partOf(value, step, part), otherwise);
      }
      break;
    case 'present':
      if (otherwise !== undefined) testNull(lowering, pattern, value, false, otherwise);
      bindPattern(lowering, pattern.pattern, value, otherwise);
      break;
    case 'absent':
      if (otherwise !== undefined) testNull(lowering, pattern, value, true, otherwise);
      if (pattern.pattern) bindPattern(lowering, pattern.pattern, { text: shortText(pattern) });
      break;
    case 'equals':
      if (otherwise !== undefined) testEqual(lowering, pattern.value, value, otherwise);
      break;
    case 'any':
      bindAny(lowering, pattern.patterns, value, otherwise);
      break;
    case 'unknown':
      if (otherwise !== undefined) testUnknown(lowering, pattern, otherwise);
      for (const inner of pattern.patterns) bindPattern(lowering, inner, { text: shortText(inner) });
      break;
    case 'ignore':
      break;
  }
}

function isKnown({ location, constant }: Operand): boolean {
  return location !== undefined || constant !== undefined;
}

function partOf(value: Operand, step: string, part: Written): Operand {
  const location = value.location === undefined ? {} : { location: below(value.location, step) };
  return { ...location, text: shortText(part) };
}

function testNull(lowering: Lowering, at: Written, value: Operand, isNull: boolean, otherwise: BlockId): void {
  const { builder } = lowering.state;
  const { location } = value;
  if (location === undefined) {
    testUnknown(lowering, at, otherwise);
    return;
  }
  const fits = builder.newBlock();
  const test = { op: 'is', location, value: 'null', span: spanOf(at), text: testText(value.text, 'null') } as const;
  if (isNull) builder.branch(test, fits, otherwise);
  else builder.branch(test, otherwise, fits);
  builder.start(fits);
}

function testEqual(lowering: Lowering, expected: Term, { location, text }: Operand, otherwise: BlockId): void {
  const { builder } = lowering.state;
  const constant = expected.kind === 'constant' ? expected.constant : lowering.value(expected).constant;
  if (location === undefined || constant === undefined || constant === 'other') {
    const compared = { start: expected.start, end: expected.end, text: `${text} is ${shortText(expected)}` };
    testUnknown(lowering, compared, otherwise);
    return;
  }
  const fits = builder.newBlock();
  const test = { op: 'is', location, value: constant, span: spanOf(expected), text: testText(text, constant) } as const;
  builder.branch(test, fits, otherwise);
  builder.start(fits);
}

function testUnknown(lowering: Lowering, at: Written, otherwise: BlockId): void {
  const { builder } = lowering.state;
  const fits = builder.newBlock();
  builder.branch({ op: 'unknown', span: spanOf(at), text: shortText(at) }, fits, otherwise);
  builder.start(fits);
}

/** `a | b`: what only some of them bind is bound by each in its own way. */
function bindAny(
  lowering: Lowering,
  patterns: readonly Pattern[],
  value: Operand,
  otherwise: BlockId | undefined,
): void {
  const { builder } = lowering.state;
  const fits = builder.newBlock();
  for (const pattern of patterns) {
    const next = builder.newBlock();
    bindPattern(lowering, pattern, value, next);
    builder.goto(fits);
    builder.start(next);
  }
  builder.goto(otherwise ?? fits);
  builder.start(fits);
}
