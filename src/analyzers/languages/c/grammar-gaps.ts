/** Correct code that the grammars cannot read, rewritten to what they can. */
import { closingBracket } from './lexer.ts';
import type { Token } from './lexer.ts';
import type { Redaction } from './redaction.ts';
import { isWord } from './words.ts';

export function closeGrammarGaps(tokens: readonly Token[], redaction: Redaction): void {
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'number') {
      blankSizedSuffix(token, redaction);
    } else if (token.text === 'delete') {
      blankCastOfDeleted(tokens, index, redaction);
    }
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
