/**
 * Capitals with brackets at the place of a declaration: `STDMETHOD_(ULONG, AddRef)(...)` keeps its arguments, `EXPORT(int) f(`
 * its type, `DEPRECATED("since 2") void f();` and `GUARDED_BY(lock)` nothing, `TEST_CASE("name") {` its body.
 */
import { closingBracket } from './lexer.ts';
import type { Token } from './lexer.ts';
import { isBoundary, isCapital, isQualifier, isTag, isWord } from './words.ts';

/**
 * @param before the last token that stays
 * @returns whether something was made of the call at this index
 */
export function unwrapCallLike(
  tokens: readonly Token[],
  index: number,
  before: Token | undefined,
  drop: (from: number, to?: number) => void,
): boolean {
  const close = closingBracket(tokens, index + 1);
  if (close < 0) {
    return false;
  }
  const next = tokens[close + 1];
  const content = tokens.slice(index + 2, close);
  const isType = content.length > 0 && content.every((token) => isWord(token) || ['*', '::'].includes(token.text));
  const starts =
    isBoundary(before) || (before?.kind === 'name' && isQualifier(before.text) && before.text !== 'typedef');
  if (
    before !== undefined &&
    /^(?:\)|const|noexcept|override|final)$/u.test(before.text) &&
    ['{', ';', '=', ':'].includes(next?.text ?? '')
  ) {
    drop(index, close);
  } else if (starts && next?.text === '(' && isMethodHead(content)) {
    drop(index, index + 1);
    drop(close);
    for (const [offset, token] of content.entries()) if (token.text === ',') drop(index + 2 + offset);
  } else if (starts && (isWord(next) || isTag(next?.text) || next?.text === 'template' || next?.text === '~')) {
    const isList = next?.first === true && isCapital(next.text) && tokens[close + 2]?.text === '(';
    if (isType && isWord(next) && !isList && NAME_ENDS.has(tokens[close + 2]?.text ?? '')) {
      drop(index, index + 1);
      drop(close);
    } else {
      drop(index, close);
    }
  } else if (starts && next?.text === ';' && content.some(isNoParameter)) {
    drop(index, close + 1);
  } else if (starts && next?.text === '{' && content.some(({ kind }) => kind === 'text' || kind === 'number')) {
    drop(index + 2, close - 1);
  } else if (!starts && (isWord(before) || before?.text === '*') && isWord(next)) {
    drop(index, close);
  } else {
    return false;
  }
  return true;
}

/** What may stand after a declared name. */
const NAME_ENDS: ReadonlySet<string> = new Set(['(', '::', '[', ';', '=', ',', ':']);

function isNoParameter({ kind, text }: Token): boolean {
  return kind === 'text' || kind === 'number' || ['!', '==', '!=', '<=', '>=', '||'].includes(text);
}

/** `QueryInterface`, or `ULONG, AddRef`. */
function isMethodHead(content: readonly Token[]): boolean {
  const comma = content.findIndex(({ text }) => text === ',');
  const name = comma < 0 ? content : content.slice(comma + 1);
  const type = comma < 0 ? [] : content.slice(0, comma);
  return (
    name.length === 1 && isWord(name[0]) && type.every((token) => isWord(token) || ['*', '::'].includes(token.text))
  );
}
