/** Patterns of `is` and `switch`: what matches is known not to be null, and names get their values. */
import type { BlockId } from '../../flow/builder.ts';
import type { Constant, Location, Span, Test } from '../../flow/graph.ts';
import { below } from '../../flow/graph.ts';
import { shortText, spanOf } from '../shared/function-state.ts';
import type { Syntax } from '../shared/syntax.ts';
import { constantOperand } from './constants.ts';
import { testText } from '../shared/test-text.ts';
import { declareDesignated } from './declare.ts';
import type { Lowering } from './lowering.ts';

export interface Subject {
  /** Where the tested value stands; undefined where nothing is known of it. */
  readonly location: Location | undefined;
  /** What is tested, as the source writes it. */
  readonly text: string;
  /** The whole test. */
  readonly span: Span;
  /** One of several types that are tested in turn, in a `switch`: not matching does not mean null. */
  readonly isOneOfSeveral?: boolean;
  /** The pattern is a bare type. */
  readonly isTypeTest?: boolean;
}

interface Jumps {
  readonly then: BlockId;
  readonly otherwise: BlockId;
}

/** Types that everything which has to be disposed is of. */
const DISPOSABLE = /^(?:IDisposable|IAsyncDisposable|SafeHandle|MemoryMapped\w+)$/u;

/** Ends with jumps. */
export function lowerPattern(lowering: Lowering, subject: Subject, pattern: Syntax, jumps: Jumps): void {
  if (subject.isTypeTest === true) {
    typeTest(lowering, subject, pattern, jumps);
    return;
  }
  switch (pattern.type) {
    case 'constant_pattern':
      constantTest(lowering, subject, pattern.first ?? pattern, jumps);
      break;
    case 'negated_pattern':
      lowerFirst(lowering, subject, pattern, { then: jumps.otherwise, otherwise: jumps.then });
      break;
    case 'parenthesized_pattern':
      lowerFirst(lowering, subject, pattern, jumps);
      break;
    case 'and_pattern':
    case 'or_pattern':
      junction(lowering, subject, pattern, jumps);
      break;
    case 'type_pattern':
      typeTest(lowering, subject, pattern.first ?? pattern, jumps);
      break;
    case 'declaration_pattern':
      declarationTest(lowering, subject, pattern, jumps);
      break;
    case 'recursive_pattern':
      recursiveTest(lowering, subject, pattern, jumps);
      break;
    case 'var_pattern':
      declareAll(lowering, pattern, subject.location);
      lowering.state.builder.goto(jumps.then);
      break;
    case 'discard':
      lowering.state.builder.goto(jumps.then);
      break;
    case 'relational_pattern':
      relationalTest(lowering, subject, pattern, jumps);
      break;
    default:
      declareAll(lowering, pattern, undefined);
      unknown(lowering, subject, pattern, jumps);
  }
}

function lowerFirst(lowering: Lowering, subject: Subject, pattern: Syntax, jumps: Jumps): void {
  if (pattern.first) lowerPattern(lowering, subject, pattern.first, jumps);
  else unknown(lowering, subject, pattern, jumps);
}

function junction(lowering: Lowering, subject: Subject, pattern: Syntax, jumps: Jumps): void {
  const { builder } = lowering.state;
  const [left, right] = [pattern.child('left'), pattern.child('right')];
  const next = builder.newBlock();
  const isAnd = pattern.type === 'and_pattern';
  if (left) {
    lowerPattern(lowering, subject, left, isAnd ? { ...jumps, then: next } : { ...jumps, otherwise: next });
  }
  builder.start(next);
  if (right) lowerPattern(lowering, subject, right, jumps);
}

/** A constant, or a type's bare name. */
function constantTest(lowering: Lowering, subject: Subject, constant: Syntax, jumps: Jumps): void {
  const value = constantOperand(constant)?.constant;
  if (value === undefined) {
    if (/^(?:identifier|generic_name|qualified_name|member_access_expression)$/u.test(constant.type)) {
      typeTest(lowering, subject, constant, jumps);
    } else {
      declareAll(lowering, constant, undefined);
      unknown(lowering, subject, constant, jumps);
    }
  } else if (value === 'other' || subject.location === undefined) {
    unknown(lowering, subject, constant, jumps);
  } else {
    branchOn(lowering, subject, subject.location, value, jumps);
  }
}

function relationalTest(lowering: Lowering, subject: Subject, pattern: Syntax, jumps: Jumps): void {
  const isZero = pattern.first !== undefined && constantOperand(pattern.first)?.constant === 'null';
  if (!isZero || subject.location === undefined) unknown(lowering, subject, pattern, jumps);
  else if (pattern.has('<')) branchOn(lowering, subject, subject.location, 'negative', jumps);
  else if (pattern.has('>=')) {
    branchOn(lowering, subject, subject.location, 'negative', { then: jumps.otherwise, otherwise: jumps.then });
  } else unknown(lowering, subject, pattern, jumps);
}

/**
 * Null is of no type. What is disposable is taken to match a test for that, so that the other branch is the one in which
 * there is nothing.
 */
function typeTest(lowering: Lowering, subject: Subject, type: Syntax, jumps: Jumps): void {
  const { builder } = lowering.state;
  if (subject.location === undefined) {
    unknown(lowering, subject, type, jumps);
    return;
  }
  const isCertain = subject.isOneOfSeveral !== true && DISPOSABLE.test(type.text);
  const present = isCertain ? jumps.then : builder.newBlock();
  branchOn(lowering, subject, subject.location, 'null', { then: jumps.otherwise, otherwise: present });
  if (!isCertain) {
    builder.start(present);
    unknown(lowering, subject, type, jumps);
  }
}

/** `T name`, `var name` */
function declarationTest(lowering: Lowering, subject: Subject, pattern: Syntax, jumps: Jumps): void {
  const { builder } = lowering.state;
  const [type, name] = [pattern.child('type'), pattern.child('name')];
  const matched = builder.newBlock();
  if (type === undefined || type.type === 'implicit_type') builder.goto(matched);
  else typeTest(lowering, subject, type, { ...jumps, then: matched });
  builder.start(matched);
  if (name) bind(lowering, name, type, subject.location);
  builder.goto(jumps.then);
}

/** `T { A: pattern } name`, `{ } name`, `(a, b)` */
function recursiveTest(lowering: Lowering, subject: Subject, pattern: Syntax, jumps: Jumps): void {
  const { builder } = lowering.state;
  const [type, name] = [pattern.child('type'), pattern.child('name')];
  let next = builder.newBlock();
  if (type) typeTest(lowering, subject, type, { ...jumps, then: next });
  else if (subject.location === undefined) unknown(lowering, subject, pattern, { ...jumps, then: next });
  else branchOn(lowering, subject, subject.location, 'null', { then: jumps.otherwise, otherwise: next });
  builder.start(next);
  for (const { step, inner } of subpatterns(pattern)) {
    next = builder.newBlock();
    const location = subject.location === undefined ? undefined : below(subject.location, step);
    lowerPattern(lowering, { location, text: `${subject.text}.${step}`, span: subject.span }, inner, {
      ...jumps,
      then: next,
    });
    builder.start(next);
  }
  if (name) bind(lowering, name, type, subject.location);
  builder.goto(jumps.then);
}

function subpatterns(pattern: Syntax): readonly { readonly step: string; readonly inner: Syntax }[] {
  return pattern.parts.flatMap((clause) => {
    if (clause.type !== 'property_pattern_clause' && clause.type !== 'positional_pattern_clause') return [];
    return clause.parts.flatMap((part, index) => {
      const inner = part.type === 'subpattern' ? part.last : part;
      const name = part.type === 'subpattern' && part.parts.length > 1 ? part.first : undefined;
      return inner === undefined ? [] : [{ step: name?.text ?? `Item${index + 1}`, inner }];
    });
  });
}

function declareAll(lowering: Lowering, pattern: Syntax, location: Location | undefined): void {
  for (const part of pattern.parts) {
    if (part.field === 'name' && part.type === 'identifier') bind(lowering, part, pattern.child('type'), location);
    else declareAll(lowering, part, undefined);
  }
}

function bind(lowering: Lowering, name: Syntax, type: Syntax | undefined, from: Location | undefined): void {
  const local = declareDesignated(lowering, name, type);
  if (local !== undefined && from !== undefined) {
    lowering.state.assign(local, { location: from, text: name.text }, spanOf(name));
  }
}

function branchOn(
  lowering: Lowering,
  { text, span }: Subject,
  location: Location,
  value: Constant | 'negative',
  { then, otherwise }: Jumps,
): void {
  const test: Test = { op: 'is', location, value, span, text: testText(text, value) };
  lowering.state.builder.branch(test, then, otherwise);
}

function unknown(lowering: Lowering, { text, span }: Subject, pattern: Syntax, { then, otherwise }: Jumps): void {
  const test: Test = { op: 'unknown', span, text: `${text} is ${shortText(pattern)}` };
  lowering.state.builder.branch(test, then, otherwise);
}
