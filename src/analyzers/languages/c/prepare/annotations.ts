/**
 * Annotation macros: words that a header defines away, which the grammar cannot tell from types and names. They are
 * found by form, not by lists of projects. Here: what its own form gives away, SAL (`_In_opt_`, `_Success_(...)`,
 * `__out_bcount(n)`), compiler words (`__declspec(...)`, `__attribute__((...))`, `__stdcall`), attributes, `IN` and `OUT`. In
 * word-runs.ts: what gives itself away by where it stands.
 */
import { closingBracket } from './lexer.ts';
import type { Token } from './lexer.ts';
import type { Redaction } from './redaction.ts';
import type { PlacedTokens } from './surroundings.ts';
import { blankOddWords } from './word-runs.ts';
import { COMPILER_CALLS, COMPILER_WORDS, isPlain, isTag, isWord, PARAMETER_WORDS, SAL, SAL_OF_OLD } from './words.ts';

/** Gives the tokens that stay, and the place of each. */
export function blankAnnotations(tokens: readonly Token[], redaction: Redaction): PlacedTokens {
  const kept: Token[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (!token) break;
    const end = token.kind === 'name' ? endOfAnnotation(tokens, index) : endOfAttribute(tokens, index, kept.at(-1));
    if (end === undefined) {
      kept.push(token);
    } else {
      redaction.blank(token.start, tokens[end]?.end ?? token.end);
      index = end;
    }
  }
  return blankOddWords(kept, redaction);
}

/** Index of the last token of the annotation that begins here. */
function endOfAnnotation(tokens: readonly Token[], index: number): number | undefined {
  const [previous, token, next] = [tokens[index - 1], tokens[index], tokens[index + 1]];
  if (!token || previous?.text === '.' || previous?.text === '->' || previous?.text === '::') {
    return undefined;
  }
  if (COMPILER_CALLS.test(token.text)) {
    return next?.text === '(' ? closing(tokens, index + 1) : index;
  }
  if (SAL.test(token.text) || SAL_OF_OLD.test(token.text)) {
    if (next?.text === '(') return closing(tokens, index + 1);
    return isBeforeDeclaration(previous, next) ? index : undefined;
  }
  if (COMPILER_WORDS.test(token.text)) {
    return index;
  }
  return PARAMETER_WORDS.test(token.text) && isParameterWord(token, previous, next) ? index : undefined;
}

/** `f(__in, x)` uses a variable that is named like an annotation. */
function isBeforeDeclaration(previous: Token | undefined, next: Token | undefined): boolean {
  if (isWord(next) || isTag(next?.text) || next?.text === '::' || next?.text === '{') {
    return true;
  }
  const isLast = next?.text === ')' && (previous?.text === ')' || previous?.kind === 'name');
  return isLast || (next?.text === ';' && previous?.text === ')');
}

function isParameterWord(token: Token, previous: Token | undefined, next: Token | undefined): boolean {
  switch (token.text) {
    case 'OPTIONAL':
      return previous?.kind === 'name' && [',', ')', '['].includes(next?.text ?? '');
    case 'CONST':
    case 'FAR':
    case 'NEAR':
      return previous !== undefined && (isWord(next) || next?.text === '*');
    default:
      return isAfterBreak(previous) && (isWord(next) || isTag(next?.text));
  }
}

function isAfterBreak(token: Token | undefined): boolean {
  return (
    token === undefined ||
    ['(', ',', ';', '{', '}'].includes(token.text) ||
    (token.kind === 'name' && PARAMETER_WORDS.test(token.text))
  );
}

/** `[[nodiscard]]`, not `a[[]{...}()]`. */
function endOfAttribute(tokens: readonly Token[], index: number, previous: Token | undefined): number | undefined {
  const [outer, inner, name] = [tokens[index], tokens[index + 1], tokens[index + 2]];
  const isAttribute =
    outer?.text === '[' &&
    inner?.text === '[' &&
    inner.start === outer.end &&
    name?.kind === 'name' &&
    !isPlain(previous) &&
    previous?.text !== ']' &&
    previous?.text !== ')';
  return isAttribute ? closing(tokens, index) : undefined;
}

function closing(tokens: readonly Token[], open: number): number {
  const close = closingBracket(tokens, open);
  return close < 0 ? open : close;
}
