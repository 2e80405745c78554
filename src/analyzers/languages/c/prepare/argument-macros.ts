/**
 * Arguments that only a macro can take: types (`va_arg(list, char *)`, `g_new (struct item, 2)`, `SIGNAL(changed(const T &))`)
 * and operators (`ASSERT_CMP (a, ==, b)`) become numbers; statements that leave (`CHECK(x, return -1)`, `CHECK(x, goto out)`)
 * become the keyword in capitals, and their value an argument of its own: `CHECK(x, RETURN,-1)`.
 */
import { closingBracket } from './lexer.ts';
import type { Token } from './lexer.ts';
import type { Redaction } from './redaction.ts';
import type { Place } from './surroundings.ts';
import { isBuiltIn, isPlain, isTag, isWord } from './words.ts';

/** Operators and macros whose types the grammars read. */
const TAKES_TYPES =
  /^(?:sizeof|alignof|_Alignof|__alignof__|__alignof|typeof|__typeof__|__typeof|typeid|decltype|offsetof|_Generic|__uuidof|noexcept|\w*for_?each\w*)$/iu;

export function replaceArguments(tokens: readonly Token[], places: readonly Place[], redaction: Redaction): void {
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'sign' || token.text !== '(' || places[index]?.kind !== 'body') {
      continue;
    }
    const [callee, before] = [tokens[index - 1], tokens[index - 2]];
    const declares = isWord(before) || ['*', '&', '&&', '>', '~'].includes(before?.text ?? '');
    const isCall =
      isPlain(callee) && !TAKES_TYPES.test(callee?.text ?? '') && (!declares || isInside(tokens, index, before));
    const close = isCall ? closingBracket(tokens, index) : -1;
    if (close > 0) replaceIn(tokens.slice(index + 1, close), redaction);
  }
}

/** `return f(`, `a * f(` are no declarations. */
function isInside(tokens: readonly Token[], index: number, before: Token | undefined): boolean {
  return before?.text === '*' || before?.text === '&' || before?.text === '&&'
    ? ['=', '(', ',', 'return'].includes(tokens[index - 4]?.text ?? '')
    : false;
}

function replaceIn(content: readonly Token[], redaction: Redaction): void {
  let [start, depth, angle] = [0, 0, 0];
  for (let index = 0; index <= content.length; index += 1) {
    const text = content[index]?.kind === 'sign' ? (content[index]?.text ?? '') : '';
    depth += '([{'.includes(text) && text !== '' ? 1 : ')]}'.includes(text) && text !== '' ? -1 : 0;
    angle = text === '<' && isWord(content[index - 1]) ? angle + 1 : text === '>' ? Math.max(0, angle - 1) : angle;
    const isEnd =
      index === content.length ||
      (text === ',' && depth === 0 && (angle === 0 || !isTypeLike(content.slice(start, index))));
    if (isEnd) {
      const argument = content.slice(start, index);
      if (isType(argument) || isOperator(argument)) replace(argument, redaction);
      else replaceExit(argument, redaction);
      [start, angle] = [index + 1, 0];
    }
  }
}

function isTypeLike(tokens: readonly Token[]): boolean {
  return tokens.every(
    (token) => isWord(token) || isTag(token.text) || ['*', '&', '&&', '::', '<', '>', ','].includes(token.text),
  );
}

/** Nothing but a type, told by a star or reference at its end or a word that only types have. */
function isType(argument: readonly Token[]): boolean {
  const last = argument.at(-1)?.text ?? '';
  return (
    argument.length > 0 &&
    isTypeLike(argument) &&
    isWordOrTag(argument[0]) &&
    (['*', '&', '&&'].includes(last) || argument.some(({ text }) => isTag(text) || text === 'const' || isBuiltIn(text)))
  );
}

function isWordOrTag(token: Token | undefined): boolean {
  return isWord(token) || isTag(token?.text);
}

function isOperator(argument: readonly Token[]): boolean {
  return argument.length === 1 && ['==', '!=', '<', '>', '<=', '>='].includes(argument[0]?.text ?? '');
}

/** Needs one blank after the keyword, for the comma. */
function replaceExit(argument: readonly Token[], redaction: Redaction): void {
  const [keyword, value] = argument;
  const hasRoom = value?.start !== keyword?.end;
  if (!keyword || !hasRoom || !/^(?:return|goto|break|continue|throw)$/u.test(keyword.text)) {
    return;
  }
  redaction.put(keyword.start, keyword.text.toUpperCase());
  if (value) redaction.put(keyword.end, ',');
}

function replace(argument: readonly Token[], redaction: Redaction): void {
  const [first, last] = [argument[0], argument.at(-1)];
  if (first && last) {
    redaction.blank(first.start, last.end);
    redaction.put(first.start, '0');
  }
}
