/**
 * Which brackets a token stands in: declarations (file, namespace, `extern "C"`), a class, the body of a function, or
 * another list in braces (an enumeration, an initialiser). Told from the tokens before each brace.
 */
import type { Token } from './lexer.ts';

export type BraceKind = 'declarations' | 'class' | 'body' | 'other';

/** The innermost brace, and whether there are round or square brackets open inside of it. */
export interface Place {
  readonly kind: BraceKind;
  readonly inBrackets: boolean;
  /** Name of the class whose members stand here. */
  readonly className?: string | undefined;
  /** For a closing brace: what it closes. */
  readonly closes?: BraceKind | undefined;
}

export interface PlacedTokens {
  readonly tokens: readonly Token[];
  /** One a token. */
  readonly places: readonly Place[];
}

/** An open brace, with the places inside of it: many tokens share them. */
interface Brace {
  readonly inside: Place;
  readonly inBrackets: Place;
}

function braceOf(kind: BraceKind, className?: string): Brace {
  return {
    inside: { kind, inBrackets: false, className },
    inBrackets: { kind, inBrackets: true, className },
  };
}

/** The place of each token; a brace itself stands in what is around it. */
export function placesOf(tokens: readonly Token[]): readonly Place[] {
  const braces: Brace[] = [];
  const brackets: number[] = [0];
  const places: Place[] = [];
  let statementStart = 0;
  for (const [index, { kind, text }] of tokens.entries()) {
    const sign = kind === 'sign' ? text : '';
    const closes = sign === '}' ? braces.pop()?.inside.kind : undefined;
    if (closes !== undefined) brackets.pop();
    let depth = brackets.at(-1) ?? 0;
    if ((sign === ')' || sign === ']') && depth > 0) depth -= 1;
    const brace = braces.at(-1) ?? FILE;
    const place = depth > 0 ? brace.inBrackets : brace.inside;
    places.push(closes === undefined ? place : { ...place, closes });
    if (sign === '(' || sign === '[') depth += 1;
    brackets[Math.max(0, brackets.length - 1)] = depth;
    if (sign === '{') {
      const opened = kindOf(tokens, statementStart, index, place);
      braces.push(braceOf(opened, opened === 'class' ? classNameBefore(tokens, statementStart, index) : undefined));
      brackets.push(0);
    }
    if ((sign === ';' && depth === 0) || sign === '{' || sign === '}') {
      statementStart = index + 1;
    }
  }
  return places;
}

const FILE = braceOf('declarations');

/** `class FOO_API Name final : public Base` -> `Name`. */
function classNameBefore(tokens: readonly Token[], start: number, brace: number): string | undefined {
  const head = tokens.slice(start, brace);
  const tag = head.findLastIndex(({ text }) => /^(?:class|struct|union|interface|__interface)$/u.test(text));
  const colon = head.findIndex(({ text }, index) => index > tag && text === ':');
  return head
    .slice(tag + 1, colon < 0 ? undefined : colon)
    .findLast(({ kind, text }) => kind === 'name' && !/^(?:final|sealed|abstract)$/u.test(text))?.text;
}

/** Declarations longer than this before a brace are initialisers of generated tables. */
const LONGEST_HEAD = 400;

function kindOf(
  tokens: readonly Token[],
  statementStart: number,
  brace: number,
  { kind: around, inBrackets }: Place,
): BraceKind {
  const last = tokens[brace - 1]?.text;
  if (isLambdaBody(tokens, brace)) {
    return 'body';
  }
  if (inBrackets) {
    return 'other';
  }
  const head = topLevel(tokens.slice(Math.max(statementStart, brace - LONGEST_HEAD), brace));
  const isClass = head.some((text) => /^(?:class|struct|union|interface|__interface)$/u.test(text));
  const isList = last === '=' || last === ',' || last === 'return' || head.includes('enum');
  const isCallLike = head.includes('(');
  if (around === 'body' || around === 'other') {
    return isList || head.includes('=') ? 'other' : isClass && !isCallLike ? 'class' : around;
  }
  if (head.includes('namespace') || (head.includes('extern') && last?.startsWith('"') === true)) {
    return 'declarations';
  }
  if (isList || head.lastIndexOf('=') > head.lastIndexOf('(')) {
    return 'other';
  }
  return isCallLike || head.length === 0 ? 'body' : isClass ? 'class' : 'other';
}

/** `[&](int x) mutable -> bool {`. */
function isLambdaBody(tokens: readonly Token[], brace: number): boolean {
  let at = brace - 1;
  // The type of the result, where it is written.
  const arrow = tokens.slice(Math.max(0, brace - 40), brace).findLastIndex(({ text }) => text === '->');
  const arrowAt = arrow < 0 ? -1 : Math.max(0, brace - 40) + arrow;
  if (
    arrowAt > 0 &&
    tokens.slice(arrowAt + 1, brace).every(({ kind, text }) => kind === 'name' || /^[<>,:*&()]+$/u.test(text))
  ) {
    at = arrowAt - 1;
  }
  while (/^(?:mutable|noexcept|constexpr|static)$/u.test(tokens[at]?.text ?? '')) at -= 1;
  if (tokens[at]?.text === ')') at = openingBracket(tokens, at) - 1;
  if (tokens[at]?.text !== ']') {
    return false;
  }
  const before = tokens[openingBracket(tokens, at) - 1];
  return (
    before === undefined ||
    (before.kind === 'sign' && before.text !== ')' && before.text !== ']') ||
    before.text === 'return'
  );
}

/** Index of the bracket that the one at `close` closes. */
function openingBracket(tokens: readonly Token[], close: number): number {
  let depth = 0;
  for (let index = close; index >= Math.max(0, close - 400); index -= 1) {
    const { kind, text } = tokens[index] ?? { kind: 'name', text: '' };
    if (kind === 'sign' && (text === ')' || text === ']')) depth += 1;
    if (kind === 'sign' && (text === '(' || text === '[')) depth -= 1;
    if (depth === 0) return index;
  }
  return -1;
}

/** The tokens outside of brackets; the brackets themselves are among them. */
function topLevel(tokens: readonly Token[]): readonly string[] {
  const texts: string[] = [];
  let depth = 0;
  for (const { kind, text } of tokens) {
    if (kind === 'directive') continue;
    if (kind === 'sign' && (text === ')' || text === ']')) depth = Math.max(0, depth - 1);
    if (depth === 0) texts.push(text);
    if (kind === 'sign' && (text === '(' || text === '[')) depth += 1;
  }
  return texts;
}
