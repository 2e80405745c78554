/**
 * Words that C does not allow where they stand. In a row of words (`NTSTATUS NTAPI NtClose`, `FOO_API void f`) all but the
 * type and the name are annotations; so are capitals before the star of a function pointer (`(WINAPI *open)(`),
 * between `class` and its name, after a parameter list, and after a string literal (a macro with more of the string).
 */
import { unwrapCallLike } from './call-like.ts';
import { closingBracket } from './lexer.ts';
import type { Token } from './lexer.ts';
import type { Redaction } from './redaction.ts';
import { placesOf } from './surroundings.ts';
import {
  beginsDeclaration,
  hasFormOfAnnotation,
  isBoundary,
  isBuiltIn,
  isCallingConvention,
  isCapital,
  isPlain,
  isTag,
  isWord,
} from './words.ts';

/** Gives the tokens that stay. */
export function blankOddWords(tokens: readonly Token[], redaction: Redaction): Token[] {
  const gone = new Set<Token>();
  const drop = (from: number, to = from): void => {
    for (const token of tokens.slice(from, to + 1)) {
      gone.add(token);
      redaction.blank(token.start, token.end);
    }
  };
  const places = placesOf(tokens);
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'name' || gone.has(token)) {
      continue;
    }
    const [previous, next, place] = [tokens[index - 1], tokens[index + 1], places[index]];
    const declares = place?.inBrackets === false && (place.kind === 'declarations' || place.kind === 'class');
    if (isTag(token.text)) {
      dropBeforeTag(tokens, index, drop);
    } else if (declares && isCapital(token.text) && next?.text === '(' && unwrapCallLike(tokens, index, drop)) {
      continue;
    } else if (isOddOne(tokens, index, declares)) {
      drop(index, next?.text === '(' && previous?.kind === 'text' ? closing(tokens, index + 1) : index);
    } else if (
      isWord(token) &&
      (previous === undefined || !isWord(previous) || gone.has(previous)) &&
      previous?.text !== '::'
    ) {
      dropFromRun(tokens, index, drop);
    }
  }
  return tokens.filter((token) => !gone.has(token));
}

/** A single word that is out of place. */
function isOddOne(tokens: readonly Token[], index: number, declares: boolean): boolean {
  const [previous, token, next] = [tokens[index - 1], tokens[index], tokens[index + 1]];
  if (!token || !isPlain(token)) {
    return false;
  }
  if (declares && isAfterParameters(tokens, index) && ['{', ';'].includes(next?.text ?? '')) {
    return true;
  }
  if ((previous?.text === 'if' || previous?.text === 'while') && next?.text === '(') {
    return true;
  }
  if (declares && isBoundary(previous) && next?.text === '~') {
    return true;
  }
  if (!isCapital(token.text)) {
    return false;
  }
  return (
    previous?.kind === 'text' ||
    isAfterTextMacro(tokens, index) ||
    (previous?.text === '(' && isPointerToFunction(tokens, index))
  );
}

/** `f() const noexcept WORD`. */
function isAfterParameters(tokens: readonly Token[], index: number): boolean {
  let before = index - 1;
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

/** `class FOO_API Name`, `struct ALIGNED(8) Name`. */
function dropBeforeTag(tokens: readonly Token[], index: number, drop: (from: number, to?: number) => void): void {
  const start = tokens[index + 1]?.text === 'class' ? index + 2 : index + 1;
  const [word, next] = [tokens[start], tokens[start + 1]];
  if (!word || !isPlain(word) || !isCapital(word.text)) {
    return;
  }
  const name = next?.text === '(' ? closing(tokens, start + 1) + 1 : start + 1;
  const after = endOfName(tokens, name);
  if (isPlain(tokens[name]) && ['{', ':', 'final', '<'].includes(tokens[after]?.text ?? '')) {
    drop(start, name - 1);
  } else if (isPlain(next) && tokens[start + 2]?.text === ';' && hasFormOfAnnotation(word.text)) {
    drop(start);
  }
}

function closing(tokens: readonly Token[], open: number): number {
  const close = closingBracket(tokens, open);
  return close < 0 ? open : close;
}

/** Index after a name with its scopes. */
function endOfName(tokens: readonly Token[], start: number): number {
  let end = start + 1;
  while (tokens[end]?.text === '::' && tokens[end + 1]?.kind === 'name') end += 2;
  return end;
}

/** A word of a run, with its scopes. */
interface Word {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly capital: boolean;
}

function dropFromRun(tokens: readonly Token[], start: number, drop: (from: number, to?: number) => void): void {
  const words: Word[] = [];
  let [length, hasBuiltIn, begins] = [0, false, 0];
  let end = start;
  for (let token = tokens[end]; token !== undefined && isWord(token); token = tokens[end]) {
    const after = endOfName(tokens, end);
    hasBuiltIn ||= isBuiltIn(token.text);
    if (beginsDeclaration(token.text)) begins = words.length;
    if (isPlain(token)) {
      words.push({ start: end, end: after, text: token.text, capital: after === end + 1 && isCapital(token.text) });
    }
    length += 1;
    end = after;
  }
  if (length < 2 || words.length < 2 - (hasBuiltIn ? 1 : 0)) {
    return;
  }
  const [previous, next] = [tokens[start - 1], tokens[end]];
  const afterStar = previous !== undefined && ['*', '&', '&&', '>'].includes(previous.text);
  const isTagged = isTag(previous?.text) || previous?.text === 'typename';
  const isNamed =
    !['*', '&', '&&', '~', 'operator'].includes(next?.text ?? '') &&
    previous?.text !== 'new' &&
    (next?.text !== '<' || isFunctionTemplate(tokens, end));
  const run: Run = { hasType: hasBuiltIn || afterStar, isTagged, isNamed, begins, next: next?.text ?? '' };
  const odd = oddWords(words, run);
  for (const word of odd) {
    if (hasBuiltIn || word.capital || word.text.startsWith('__') || !afterStar) {
      drop(word.start, word.end - 1);
      if (word.end === end && next?.text === '(') drop(end, closing(tokens, end));
    }
  }
}

/** `load<float>(`: the arguments of a function that is specialised, not of a type. */
function isFunctionTemplate(tokens: readonly Token[], open: number): boolean {
  let depth = 0;
  for (let index = open; index < Math.min(tokens.length, open + 60); index += 1) {
    const text = tokens[index]?.text ?? '';
    if (text === ';' || text === '{') return false;
    depth += text === '<' ? 1 : text === '>' ? -1 : 0;
    if (depth === 0) return tokens[index + 1]?.text === '(';
  }
  return false;
}

interface Run {
  /** A built-in type stands among the words, or a type before them. */
  readonly hasType: boolean;
  /** The first word belongs to `struct` or `class`. */
  readonly isTagged: boolean;
  /** The last word is no type: a name follows the type. */
  readonly isNamed: boolean;
  /** Words before the last `static`, `extern`, ... among them. */
  readonly begins: number;
  readonly next: string;
}

/** The words that are neither type nor name. */
function oddWords(words: readonly Word[], { hasType, isTagged, isNamed, begins, next }: Run): readonly Word[] {
  const wanted = (hasType ? 0 : 1) + (isNamed ? 1 : 0);
  if (words.length <= wanted) {
    return [];
  }
  const name = isNamed ? nameAmong(words, hasType ? 0 : 1, next) : undefined;
  const rest = words.filter((word) => word !== name);
  const type = hasType
    ? undefined
    : isTagged
      ? rest[0]
      : (typeAmong(rest.filter((word) => words.indexOf(word) >= begins)) ?? typeAmong(rest));
  return rest.filter((word) => word !== type);
}

/** The last word; where that is in capitals and an earlier one could be the name, that one: `length UNUSED)`. */
function nameAmong(words: readonly Word[], typesBefore: number, next: string): Word | undefined {
  const last = words.at(-1);
  const mayTrail = last?.capital === true && [',', ')', ';', '=', '(', '{'].includes(next);
  const earlier = mayTrail ? words.slice(typesBefore).findLast(({ capital }) => !capital) : undefined;
  return earlier ?? last;
}

/** Which of several words is the type: the last one that is not in capitals, else the first one without the form of an annotation. */
function typeAmong(words: readonly Word[]): Word | undefined {
  return (
    words.findLast(({ text, capital }) => !capital && !text.startsWith('__')) ??
    words.find(({ text }) => !hasFormOfAnnotation(text)) ??
    words[0]
  );
}
