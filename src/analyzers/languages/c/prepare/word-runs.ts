/**
 * Words that C does not allow where they stand. In a row of words (`NTSTATUS NTAPI NtClose`, `FOO_API void f`) all but the
 * type and the name are annotations; single ones are told by what stands around them (odd-words.ts), capitals with
 * brackets by what follows them (call-like.ts).
 */
import { unwrapCallLike } from './call-like.ts';
import { closingBracket } from './lexer.ts';
import type { Token } from './lexer.ts';
import { blankBeforeTag, isOddWord } from './odd-words.ts';
import type { Redaction } from './redaction.ts';
import { placesOf } from './surroundings.ts';
import type { Place, PlacedTokens } from './surroundings.ts';
import { beginsDeclaration, hasFormOfAnnotation, isBuiltIn, isCapital, isPlain, isTag, isWord } from './words.ts';

type Drop = (from: number, to?: number) => void;

/** Gives the tokens that stay, and the place of each. */
export function blankOddWords(tokens: readonly Token[], redaction: Redaction): PlacedTokens {
  const gone = new Set<Token>();
  const drop = (from: number, to = from): void => {
    for (const token of tokens.slice(from, to + 1)) {
      gone.add(token);
      redaction.blank(token.start, token.end);
    }
  };
  const places = placesOf(tokens);
  let before = -1;
  for (let index = 0; index < tokens.length; index += 1) {
    const [token, place] = [tokens[index], places[index]];
    if (!token) break;
    if (token.kind === 'name' && place && !gone.has(token)) lookAt({ tokens, index, before, places, drop }, place);
    if (!gone.has(token)) before = index;
  }
  if (gone.size === 0) return { tokens, places };
  const kept = tokens.filter((token) => !gone.has(token));
  return { tokens: kept, places: placesOf(kept) };
}

interface Look {
  readonly tokens: readonly Token[];
  readonly index: number;
  /** Index of the last token that stays. */
  readonly before: number;
  readonly places: readonly Place[];
  readonly drop: Drop;
}

function lookAt({ tokens, index, before: beforeIndex, places, drop }: Look, place: Place): void {
  const [before, token, next] = [tokens[beforeIndex], tokens[index], tokens[index + 1]];
  const declares = !place.inBrackets && (place.kind === 'declarations' || place.kind === 'class');
  if (!token) {
    return;
  }
  if (isTag(token.text)) {
    blankBeforeTag(tokens, index, drop);
  } else if (declares && isCapital(token.text) && next?.text === '(' && unwrapCallLike(tokens, index, before, drop)) {
    return;
  } else if (isOddWord(tokens, index, beforeIndex, place)) {
    drop(index, next?.text === '(' && before?.kind === 'text' ? closing(tokens, index + 1) : index);
  } else if ((isWord(next) || next?.text === '::') && isWord(token) && !isWord(before) && before?.text !== '::') {
    dropFromRun(tokens, index, before, places, drop);
  }
}

function closing(tokens: readonly Token[], open: number): number {
  const close = closingBracket(tokens, open);
  return close < 0 ? open : close;
}

/** A word of a run, with its scopes. */
interface Word {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly capital: boolean;
}

interface Run {
  readonly words: readonly Word[];
  /** A built-in type stands among the words. */
  readonly hasBuiltIn: boolean;
  /** Words before the last `static`, `extern`, ... among them. */
  readonly begins: number;
  /** Index after the run. */
  readonly end: number;
}

function readRun(tokens: readonly Token[], start: number): Run {
  const words: Word[] = [];
  let [hasBuiltIn, begins, end] = [false, 0, start];
  for (let token = tokens[end]; token !== undefined && isWord(token); token = tokens[end]) {
    const after = endOfName(tokens, end);
    hasBuiltIn ||= isBuiltIn(token.text) || token.text === 'explicit';
    if (beginsDeclaration(token.text)) begins = words.length;
    if (isPlain(token)) {
      const text = tokens
        .slice(end, after)
        .map((part) => part.text)
        .join('');
      words.push({ start: end, end: after, text, capital: after === end + 1 && isCapital(text) });
    }
    end = after;
  }
  return { words, hasBuiltIn, begins, end };
}

/** Index after a name with its scopes; `A::operator` ends at `A`. */
function endOfName(tokens: readonly Token[], start: number): number {
  let end = start + 1;
  while (tokens[end]?.text === '::' && isPlain(tokens[end + 1])) end += 2;
  return end;
}

function dropFromRun(
  tokens: readonly Token[],
  start: number,
  before: Token | undefined,
  places: readonly Place[],
  drop: Drop,
): void {
  const run = readRun(tokens, start);
  const { words, hasBuiltIn, end } = run;
  const [first, last] = [words[0], words.at(-1)];
  const place = places[start];
  if (!first || !last || end < start + 2) {
    return;
  }
  const next = tokens[end];
  const afterStar = before !== undefined && ['*', '&', '&&', '>'].includes(before.text);
  if (isLoneMacro(tokens, first, last, words.length)) {
    drop(first.start);
    return;
  }
  // `FOO_API Name()` in class Name, or `FOO_API Name::Name(`: a constructor has no type.
  const isConstructor = next?.text === '(' && (last.text === place?.className || isOfItself(last.text));
  const hasType = hasBuiltIn || afterStar || isConstructor || closesType(places[start - 1]);
  const isTagged = isTag(before?.text) || before?.text === 'typename';
  const named = isNamed(tokens, before, run, place);
  for (const word of oddWords(run, {
    hasType,
    isTagged,
    isNamed: named,
    next: next?.text ?? '',
  })) {
    if (word.capital || word.text.startsWith('__') || hasBuiltIn || !afterStar) {
      drop(word.start, word.end - 1);
      if (named && word.end === end && next?.text === '(') drop(end, closing(tokens, end));
    }
  }
}

/** `Q_OBJECT` alone on its line, before a line that begins with another macro's use. */
function isLoneMacro(tokens: readonly Token[], first: Word, last: Word, count: number): boolean {
  const [head, use] = [tokens[first.start], tokens[last.start]];
  if (count !== 2 || head?.first !== true || use?.first !== true || !first.capital || !last.capital) {
    return false;
  }
  const after = tokens[last.end]?.text === '(' ? tokens[closing(tokens, last.end) + 1] : undefined;
  return after !== undefined && after.text !== '{' && after.text !== ';';
}

/** `Name::Name`. */
function isOfItself(name: string): boolean {
  const parts = name.split('::');
  return parts.length > 1 && parts.at(-1) === parts.at(-2);
}

/** `typedef struct { ... }` is a type already. */
function closesType(place: Place | undefined): boolean {
  return place?.closes === 'class' || place?.closes === 'other';
}

/** Whether a name ends the run, and not the type. */
function isNamed(
  tokens: readonly Token[],
  before: Token | undefined,
  { end, hasBuiltIn }: Run,
  place: Place | undefined,
): boolean {
  const next = tokens[end]?.text ?? '';
  if (['*', '&', '&&', 'operator'].includes(next) || before?.text === 'new' || before?.text === '=') {
    return false;
  }
  if (next === '~') {
    return false;
  }
  if (next === '(' && tokens[end + 1]?.text === '*') {
    // `void CALL (*)(int)`, not `T x(*p)`.
    const close = isPlain(tokens[end + 2]) ? end + 3 : end + 2;
    return !(tokens[close]?.text === ')' && tokens[close + 1]?.text === '(');
  }
  if (next === '<') {
    return hasBuiltIn || isFunctionTemplate(tokens, end) || place?.kind === 'body';
  }
  return true;
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

interface Expected {
  /** A built-in type stands among the words, or a type before them. */
  readonly hasType: boolean;
  /** The first word belongs to `struct` or `class`. */
  readonly isTagged: boolean;
  /** The last word is no type: a name follows the type. */
  readonly isNamed: boolean;
  readonly next: string;
}

/** The words that are neither type nor name. */
function oddWords({ words, begins }: Run, { hasType, isTagged, isNamed: named, next }: Expected): readonly Word[] {
  const wanted = (hasType ? 0 : 1) + (named ? 1 : 0);
  if (words.length <= wanted) {
    return [];
  }
  const name = named ? nameAmong(words, hasType ? 0 : 1, next) : undefined;
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
