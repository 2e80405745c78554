/**
 * Macros that stand as statements: `CHECK(x)` without a semicolon gets one, `list_for_each(p, head) {` becomes a loop, and
 * a word alone on its line (`BEGIN_DECLS`, `Q_OBJECT`) goes.
 */
import { closingBracket } from './lexer.ts';
import type { Token } from './lexer.ts';
import type { Redaction } from './redaction.ts';
import type { BraceKind, Place } from './surroundings.ts';
import { isBoundary, isCapital, isWord } from './words.ts';

const KEYWORDS =
  /^(?:if|while|for|switch|return|sizeof|catch|__except|else|do|case|default|goto|break|continue|typedef|static|extern|using|template|namespace|class|struct|union|enum|throw|new|delete|try|__try|__finally|__leave|operator|co_return|co_yield|co_await|const|volatile|inline|virtual|friend|public|private|protected|defined|alignof|decltype|static_assert|_Static_assert)$/u;
const DECLARATION_WORDS =
  /^(?:typedef|static|extern|class|struct|union|enum|namespace|template|using|const|inline|void|int|char|unsigned|long|short|bool|float|double|virtual|explicit|public|private|protected|friend|constexpr)$/u;

const DEFINED = /^[ \t]*#[ \t]*define[ \t]+(\w+)/gmu;

export function completeStatementMacros(
  tokens: readonly Token[],
  places: readonly Place[],
  text: string,
  redaction: Redaction,
): void {
  const defined = new Set([...text.matchAll(DEFINED)].map(([, name]) => name));
  // What follows a macro that was completed begins a statement too.
  let completed = -1;
  for (const [index, token] of tokens.entries()) {
    const place = places[index];
    if (token.kind !== 'name' || place?.inBrackets !== false || place.kind === 'other') {
      continue;
    }
    const [previous, next] = [tokens[index - 1], tokens[index + 1]];
    if ((completed !== index - 1 && !startsStatement(previous, place.kind)) || KEYWORDS.test(token.text)) {
      continue;
    }
    if (place.kind === 'body' && next?.text === ':') {
      completeLabel(tokens, index, text, redaction);
    } else if (next?.text === '(') {
      const use: MacroUse = { tokens, index, close: closingBracket(tokens, index + 1), kind: place.kind, text };
      if (use.close > 0 && completeCall(use, isCapital(token.text) || defined.has(token.text), redaction))
        completed = use.close;
    } else if (isCapital(token.text) && (next === undefined || next.first) && mayStartAfter(next, place.kind)) {
      completeWord(token, next, place.kind, text, redaction);
      completed = index;
    }
  }
}

function startsStatement(previous: Token | undefined, kind: string): boolean {
  return isBoundary(previous) || (kind === 'body' && [')', 'else', 'do'].includes(previous?.text ?? ''));
}

/** In a function the word may stand for a `return`: it stays. */
function completeWord(
  token: Token,
  next: Token | undefined,
  kind: BraceKind,
  text: string,
  redaction: Redaction,
): void {
  const free = kind === 'body' ? freePlace(text, token.end, next?.start ?? text.length) : undefined;
  if (free !== undefined) {
    redaction.put(free, ';');
    return;
  }
  redaction.blank(token.start, token.end);
  if (kind === 'body') redaction.put(token.start, ';');
}

/** `done:` needs a statement: none follows before a `}` or a conditional. */
function completeLabel(tokens: readonly Token[], index: number, text: string, redaction: Redaction): void {
  const [colon, next] = [tokens[index + 1], tokens[index + 2]];
  if (colon && next && (next.text === '}' || next.kind === 'directive')) {
    const free = freePlace(text, colon.end, next.start);
    if (free !== undefined) redaction.put(free, ';');
  }
}

interface MacroUse {
  readonly tokens: readonly Token[];
  /** Of the macro's name, and of the bracket that closes its arguments. */
  readonly index: number;
  readonly close: number;
  readonly kind: BraceKind;
  readonly text: string;
}

/** @returns whether the use now is a whole statement */
function completeCall({ tokens, index, close, kind, text }: MacroUse, isMacro: boolean, redaction: Redaction): boolean {
  const [name, last, next, afterNext] = [tokens[index], tokens[close], tokens[close + 1], tokens[close + 2]];
  if (!name || !last) {
    return false;
  }
  if (kind === 'body' && (next?.text === '{' || (/for_?each/iu.test(name.text) && next?.kind === 'name'))) {
    becomeLoop(tokens, index, close, redaction);
    return false;
  }
  if (!isMacro) {
    return false;
  }
  if (next === undefined || next.first) {
    if (!mayStartAfter(next, kind)) return false;
    // Without a blank for the semicolon the grammar could not read the function: the macro goes.
    const free = kind === 'body' ? freePlace(text, last.end, next?.start ?? text.length) : undefined;
    if (free === undefined) redaction.blank(name.start, last.end);
    else redaction.put(free, ';');
    return true;
  }
  if (kind !== 'body' || next.kind !== 'name') {
    return false;
  }
  if (['=', ';'].includes(afterNext?.text ?? '')) {
    keepType(tokens.slice(index, close + 1), redaction);
    return false;
  }
  // `CHECK(x) count += 8;`
  const free =
    afterNext?.text === '(' || afterNext?.kind === 'name' ? undefined : freePlace(text, last.end, next.start);
  if (free !== undefined) redaction.put(free, ';');
  return free !== undefined;
}

/** `RESULT(void*) x = ...` declares x of the type that stands in brackets. */
function keepType(use: readonly Token[], redaction: Redaction): void {
  const [name, open] = use;
  const close = use.at(-1);
  const isType =
    use.length > 3 && use.slice(2, -1).every((token) => isWord(token) || ['*', '&', '::'].includes(token.text));
  if (name && open && close && isType) {
    redaction.blank(name.start, open.end);
    redaction.blank(close.start, close.end);
  }
}

/** `foreach (x, list) {`: a loop for the grammar; one that declares its variable is a `for`. */
function becomeLoop(tokens: readonly Token[], index: number, close: number, redaction: Redaction): void {
  const name = tokens[index];
  const content = tokens.slice(index + 2, close);
  const comma = content.find(({ text }) => text === ',');
  const first = content.slice(0, comma ? content.indexOf(comma) : content.length);
  const declares =
    first.length > 1 && first.every(({ kind, text }) => kind === 'name' || ['*', '&', '::', '<', '>'].includes(text));
  // A macro that hides an `if`.
  const isTest = tokens[closingBracket(tokens, close + 1) + 1]?.text === 'else';
  const word = isTest ? 'if' : declares && comma ? 'for' : 'while';
  if (!name || name.text.length < word.length || content.length === 0) {
    return;
  }
  redaction.blank(name.start, name.end);
  redaction.put(name.start, word);
  if (word === 'for' && comma) redaction.put(comma.start, ':');
}

/** Whether this token begins a statement or declaration of its own. */
function mayStartAfter(next: Token | undefined, kind: string): boolean {
  if (next === undefined || next.kind === 'directive' || next.text === '}') {
    return true;
  }
  return next.kind === 'name' && (kind === 'body' || DECLARATION_WORDS.test(next.text) || isCapital(next.text));
}

/** A blank between two offsets that can hold the semicolon. */
function freePlace(text: string, from: number, to: number): number | undefined {
  for (let at = from; at < to; at += 1) {
    const character = text[at];
    if (character === ' ' || character === '\t') return at;
    // A comment: what stands in it may be a blank of a line that nobody reads.
    if (character === '/') return undefined;
  }
  return undefined;
}
