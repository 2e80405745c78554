/** Code that compilers read and the grammars do not, rewritten to what they can. */
import { closingBracket } from './lexer.ts';
import type { Token } from './lexer.ts';
import type { Redaction } from './redaction.ts';
import type { Place } from './surroundings.ts';
import { isBoundary, isPlain, isWord } from './words.ts';

export function closeGrammarGaps(
  tokens: readonly Token[],
  places: readonly Place[],
  text: string,
  redaction: Redaction,
): void {
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    switch (token?.kind) {
      case 'number':
        blankSizedSuffix(token, redaction);
        break;
      case 'name':
        closeGapAtName(tokens, index, places[index], text, redaction);
        break;
      case 'sign':
        if (token.text === '=' && places[index]?.inBrackets === true) replaceEmptyList(tokens, index, redaction);
        if (token.text === '&&') blankBracketsBefore(tokens, index, redaction);
        break;
      default:
    }
  }
}

function closeGapAtName(
  tokens: readonly Token[],
  index: number,
  place: Place | undefined,
  text: string,
  redaction: Redaction,
): void {
  const [token, next] = [tokens[index], tokens[index + 1]];
  switch (token?.text) {
    case 'delete':
      blankCastOfDeleted(tokens, index, redaction);
      return;
    case 'new':
      blankStarsOfNew(tokens, index, redaction);
      return;
    case '_asm':
    case '__asm':
      blankAssembly(tokens, index, text, redaction);
      return;
    case 'enum':
      if (next?.text === ':') blankBaseOfEnum(tokens, index, redaction);
      return;
    default:
  }
  if (token === undefined || place?.kind !== 'class' || place.inBrackets) {
    return;
  }
  if (next?.text === ':') {
    if (isWord(token) && isBoundary(tokens[index - 1])) blankLabelOfClass(tokens, index, redaction);
  } else if (next?.text === '::' && token.text === place.className && isPlain(tokens[index + 2])) {
    // `class A { void A::f(); }`
    redaction.blank(token.start, next.end);
  }
}

/** `(h) && x` is no cast of the address of a label. */
function blankBracketsBefore(tokens: readonly Token[], index: number, redaction: Redaction): void {
  const [before, open, name, close] = [tokens[index - 4], tokens[index - 3], tokens[index - 2], tokens[index - 1]];
  const isName = open?.text === '(' && close?.text === ')' && isPlain(name);
  const isCall = isPlain(before) || ['if', 'while', 'switch', ')', ']', '>'].includes(before?.text ?? '');
  if (open && close && isName && !isCall) {
    redaction.blank(open.start, open.end);
    redaction.blank(close.start, close.end);
  }
}

/** `f(T x = {})`. */
function replaceEmptyList(tokens: readonly Token[], index: number, redaction: Redaction): void {
  const [open, close] = [tokens[index + 1], tokens[index + 2]];
  if (open?.text === '{' && close?.text === '}') {
    redaction.blank(open.start, close.end);
    redaction.put(open.start, '0');
  }
}

/** `1ui64`. */
function blankSizedSuffix(token: Token, redaction: Redaction): void {
  const suffix = /[uU]?i(?:8|16|32|64|128)$/u.exec(token.text)?.[0];
  if (suffix !== undefined) redaction.blank(token.end - suffix.length, token.end);
}

/** `delete[] (char *)p`. */
function blankCastOfDeleted(tokens: readonly Token[], index: number, redaction: Redaction): void {
  const isArray = tokens[index + 1]?.text === '[' && tokens[index + 2]?.text === ']';
  const open = isArray ? index + 3 : index + 1;
  const close = tokens[open]?.text === '(' ? closingBracket(tokens, open) : -1;
  const [first, last] = [tokens[open], tokens[close]];
  const isType = close > open + 2 && tokens[close - 1]?.text === '*' && isWord(tokens[close + 1]);
  if (first && last && isType) redaction.blank(first.start, last.end);
}

/** `new T *[n]`. */
function blankStarsOfNew(tokens: readonly Token[], index: number, redaction: Redaction): void {
  let at = index + 1;
  while (isWord(tokens[at]) || tokens[at]?.text === '::') at += 1;
  const star = at;
  while (tokens[at]?.text === '*') at += 1;
  const [first, last] = [tokens[star], tokens[at - 1]];
  if (at > star && star > index + 1 && tokens[at]?.text === '[' && first && last)
    redaction.blank(first.start, last.end);
}

/** `__asm { mov eax, ebx }`, `__asm mov eax, ebx` to the end of its line; not GNU's `__asm__("...")`. */
function blankAssembly(tokens: readonly Token[], index: number, text: string, redaction: Redaction): void {
  const [token, next] = [tokens[index], tokens[index + 1]];
  if (!token || !next || next.text === '(' || /^(?:__)?volatile(?:__)?$/u.test(next.text)) {
    return;
  }
  const close = next.text === '{' ? tokens[closingBracket(tokens, index + 1)] : undefined;
  const lineEnd = text.slice(token.end).search(/[\r\n]/u);
  redaction.blank(token.start, close?.end ?? (lineEnd < 0 ? text.length : token.end + lineEnd));
  redaction.put(token.start, ';');
}

/** `enum : int {`. */
function blankBaseOfEnum(tokens: readonly Token[], index: number, redaction: Redaction): void {
  const brace = tokens.slice(index, index + 12).findIndex(({ text }) => text === '{');
  const [colon, last] = [tokens[index + 1], tokens[index + brace - 1]];
  if (brace > 0 && colon && last) redaction.blank(colon.start, last.end);
}

/** `signals:` is a macro with an access word in it; `int : 5;` a bit field without a name. */
function blankLabelOfClass(tokens: readonly Token[], index: number, redaction: Redaction): void {
  const [token, colon, value, end] = [tokens[index], tokens[index + 1], tokens[index + 2], tokens[index + 3]];
  if (!token || !colon) {
    return;
  }
  const isBitField = value?.kind === 'number' && end?.text === ';';
  if (isBitField) {
    redaction.blank(token.start, end.end);
  } else if (isPlain(token) && value?.kind !== 'number') {
    redaction.blank(token.start, colon.end);
  }
}
