/** Single words that are out of place: annotations told by the tokens around them. */
import { closingBracket } from './lexer.ts';
import type { Token } from './lexer.ts';
import type { Place } from './surroundings.ts';
import { hasFormOfAnnotation, isBoundary, isCallingConvention, isCapital, isPlain, isWord } from './words.ts';

/** @param beforeIndex index of the last token that stays */
export function isOddWord(tokens: readonly Token[], index: number, beforeIndex: number, place: Place): boolean {
  const [before, token, next] = [tokens[beforeIndex], tokens[index], tokens[index + 1]];
  const after = next?.text ?? '';
  if (!token || !isPlain(token)) {
    return false;
  }
  const declares = !place.inBrackets && (place.kind === 'declarations' || place.kind === 'class');
  if (declares && isAfterParameters(tokens, beforeIndex) && ['{', ';'].includes(after)) {
    return true;
  }
  // `if likely (x)`; `public slots:`.
  if ((before?.text === 'if' || before?.text === 'while') && after === '(') {
    return true;
  }
  if (/^(?:public|protected|private)$/u.test(before?.text ?? '') && after === ':') {
    return true;
  }
  // Neither a destructor nor a conversion has a type.
  if (declares && isBoundary(before) && (after === '~' || (after === 'operator' && isWord(tokens[index + 2])))) {
    return true;
  }
  if (before?.kind === 'text') {
    // `extern "C" HANDLE open();` goes on after the text.
    return token.start > before.end && tokens[beforeIndex - 1]?.text !== 'extern';
  }
  if (isBeforeUse(tokens, index, before, place)) {
    return true;
  }
  if (place.kind === 'other' && !place.inBrackets && isPlain(before) && [',', '=', '}'].includes(after)) {
    return true;
  }
  return isCapital(token.text) && isOddCapital(tokens, index, before, declares);
}

function isOddCapital(tokens: readonly Token[], index: number, before: Token | undefined, declares: boolean): boolean {
  if (declares && before?.text === '*' && tokens[index + 1]?.text === '*') {
    return true;
  }
  return isAfterTextMacro(tokens, index) || (before?.text === '(' && isPointerToFunction(tokens, index));
}

/** `emit changed(x);` under an `if`, `emit table.value()`: a word before an expression. */
function isBeforeUse(tokens: readonly Token[], index: number, before: Token | undefined, place: Place): boolean {
  if (place.kind !== 'body' || place.inBrackets || !isPlain(tokens[index + 1])) {
    return false;
  }
  const after = tokens[index + 2]?.text ?? '';
  const isAlone = before?.text === ')' || before?.text === 'else';
  return (isAlone && after === '(') || ((isAlone || isBoundary(before)) && (after === '.' || after === '->'));
}

/** `f() const noexcept WORD`. */
function isAfterParameters(tokens: readonly Token[], last: number): boolean {
  let before = last;
  while (/^(?:const|volatile|noexcept|override|final)$/u.test(tokens[before]?.text ?? '')) before -= 1;
  return tokens[before]?.text === ')';
}

/** `TEXT("a") MORE`. */
function isAfterTextMacro(tokens: readonly Token[], index: number): boolean {
  return (
    tokens[index - 1]?.text === ')' &&
    tokens[index - 2]?.kind === 'text' &&
    tokens[index - 3]?.text === '(' &&
    isCapital(tokens[index - 4]?.text ?? '')
  );
}

/** `(WINAPI *open)(`, `(NTAPI Routine)(`, `(CALLBACK *)(`. */
function isPointerToFunction(tokens: readonly Token[], index: number): boolean {
  const star = tokens[index + 1]?.text === '*';
  const name = star ? index + 2 : index + 1;
  const isNamed = isWord(tokens[name]);
  if (!isNamed && !(star && isCallingConvention(tokens[index]?.text ?? ''))) {
    return false;
  }
  const close = isNamed ? name + 1 : name;
  const end = tokens[close]?.text === '[' ? closing(tokens, close) + 1 : close;
  const afterType = isWord(tokens[index - 2]) || ['*', '>'].includes(tokens[index - 2]?.text ?? '');
  return tokens[end]?.text === ')' && tokens[end + 1]?.text === '(' && afterType;
}

/** `class FOO_API Name`, `struct ALIGNED(8) Name`, `class Name sealed`. */
export function blankBeforeTag(
  tokens: readonly Token[],
  index: number,
  drop: (from: number, to?: number) => void,
): void {
  const start = tokens[index + 1]?.text === 'class' ? index + 2 : index + 1;
  const [word, next] = [tokens[start], tokens[start + 1]];
  if (!word || !isPlain(word)) {
    return;
  }
  const isHead = (at: number): boolean => ['{', ':', 'final', '<'].includes(tokens[at]?.text ?? '');
  if (!isCapital(word.text)) {
    if (isPlain(next) && ['{', ':'].includes(tokens[start + 2]?.text ?? '')) drop(start + 1);
    return;
  }
  const name = next?.text === '(' ? closing(tokens, start + 1) + 1 : start + 1;
  let after = name + 1;
  while (tokens[after]?.text === '::' && isPlain(tokens[after + 1])) after += 2;
  if (isPlain(tokens[name]) && (isHead(after) || (next?.text === '(' && tokens[after]?.text === ';'))) {
    drop(start, name - 1);
  } else if (isPlain(next) && tokens[start + 2]?.text === ';' && hasFormOfAnnotation(word.text)) {
    drop(start);
  }
}

function closing(tokens: readonly Token[], open: number): number {
  const close = closingBracket(tokens, open);
  return close < 0 ? open : close;
}
