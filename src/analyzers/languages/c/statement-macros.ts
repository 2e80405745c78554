/**
 * Macros that stand as statements: `CHECK(x)` without a semicolon gets one, `list_for_each(p, head) {` becomes a loop, and
 * a word alone on its line (`BEGIN_DECLS`, `Q_OBJECT`) goes.
 */
import { isCapital } from './annotations.ts';
import { closingBracket } from './lexer.ts';
import type { Token } from './lexer.ts';
import type { Redaction } from './redaction.ts';
import { placesOf } from './surroundings.ts';

const KEYWORDS =
  /^(?:if|while|for|switch|return|sizeof|catch|__except|else|do|case|default|goto|break|continue|typedef|static|extern|using|template|namespace|class|struct|union|enum|throw|new|delete|try|__try|__finally|__leave|operator|co_return|co_yield|co_await|const|volatile|inline|virtual|friend|public|private|protected|defined|alignof|decltype|static_assert|_Static_assert)$/u;
const DECLARATION_WORDS =
  /^(?:typedef|static|extern|class|struct|union|enum|namespace|template|using|const|inline|void|int|char|unsigned|long|short|bool|float|double|virtual|explicit|public|private|protected|friend|constexpr)$/u;

export function completeStatementMacros(tokens: readonly Token[], text: string, redaction: Redaction): void {
  const places = placesOf(tokens);
  for (const [index, token] of tokens.entries()) {
    const place = places[index];
    if (token.kind !== 'name' || KEYWORDS.test(token.text) || place?.inBrackets !== false || place.kind === 'other') {
      continue;
    }
    const [previous, next] = [tokens[index - 1], tokens[index + 1]];
    if (!startsStatement(previous, place.kind)) {
      continue;
    }
    if (next?.text === '(') {
      const close = closingBracket(tokens, index + 1);
      if (close > 0) callLike(tokens, index, close, place.kind, text, redaction);
    } else if (isCapital(token.text) && isAloneOnLine(token, previous, next, text) && mayStartAfter(next, place.kind)) {
      redaction.blank(token.start, token.end);
    }
  }
}

function startsStatement(previous: Token | undefined, kind: string): boolean {
  return (
    previous === undefined ||
    previous.kind === 'directive' ||
    [';', '{', '}', ':'].includes(previous.text) ||
    (kind === 'body' && [')', 'else', 'do'].includes(previous.text))
  );
}

function callLike(
  tokens: readonly Token[],
  index: number,
  close: number,
  kind: string,
  text: string,
  redaction: Redaction,
): void {
  const [name, next, last] = [tokens[index], tokens[close + 1], tokens[close]];
  if (!name || !last) {
    return;
  }
  if (kind === 'body' && next?.text === '{') {
    becomeLoop(tokens, index, close, redaction);
  } else if (
    isCapital(name.text) &&
    (next === undefined || isOnLaterLine(last, next, text)) &&
    mayStartAfter(next, kind)
  ) {
    const free = freePlace(text, last.end, next?.start ?? text.length);
    if (kind === 'body' && free !== undefined) {
      redaction.put(free, ';');
    } else {
      redaction.blank(name.start, last.end);
    }
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
  const word = declares && comma ? 'for' : 'while';
  if (!name || name.text.length < word.length || content.length === 0) {
    return;
  }
  redaction.blank(name.start, name.end);
  redaction.put(name.start, word);
  if (declares && comma) redaction.put(comma.start, ':');
}

function isOnLaterLine(last: Token, next: Token, text: string): boolean {
  return /[\r\n]/u.test(text.slice(last.end, next.start));
}

function isAloneOnLine(token: Token, previous: Token | undefined, next: Token | undefined, text: string): boolean {
  return (
    (previous === undefined || isOnLaterLine(previous, token, text)) &&
    (next === undefined || isOnLaterLine(token, next, text))
  );
}

/** Whether this token begins a statement or declaration of its own. */
function mayStartAfter(next: Token | undefined, kind: string): boolean {
  if (next === undefined || next.kind === 'directive' || next.text === '}') {
    return true;
  }
  return kind === 'body' ? next.kind === 'name' : DECLARATION_WORDS.test(next.text);
}

/** A blank between two offsets that can hold the semicolon. */
function freePlace(text: string, from: number, to: number): number | undefined {
  for (let at = from; at < to; at += 1) {
    const character = text[at];
    if (character === ' ' || character === '\t') return at;
    if (character === '/') return undefined;
  }
  return undefined;
}
