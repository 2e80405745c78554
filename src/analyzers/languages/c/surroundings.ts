/**
 * Which brackets a token stands in: declarations (file, namespace, `extern "C"`), a class, the body of a function, or
 * another list in braces (an enumeration, an initialiser). Told from the tokens before each brace.
 */
import type { Token } from './lexer.ts';

export type BraceKind = 'declarations' | 'class' | 'body' | 'other';

/** The innermost brace, and whether there are round or square brackets open inside of it. */
export interface Place {
  readonly kind: BraceKind;
  readonly inBrackets: boolean;
}

/** The place of each token; a brace itself stands in what is around it. */
export function placesOf(tokens: readonly Token[]): readonly Place[] {
  const braces: BraceKind[] = [];
  const brackets: number[] = [0];
  const places: Place[] = [];
  let statementStart = 0;
  for (const [index, { kind, text }] of tokens.entries()) {
    const sign = kind === 'sign' ? text : '';
    if (sign === '}' && braces.length > 0) {
      braces.pop();
      brackets.pop();
    }
    let depth = brackets.at(-1) ?? 0;
    if ((sign === ')' || sign === ']') && depth > 0) depth -= 1;
    const around = braces.at(-1) ?? 'declarations';
    places.push({ kind: around, inBrackets: depth > 0 });
    if (sign === '(' || sign === '[') depth += 1;
    brackets[Math.max(0, brackets.length - 1)] = depth;
    if (sign === '{') {
      braces.push(kindOf(tokens, statementStart, index, around, depth > 0));
      brackets.push(0);
    }
    if ((sign === ';' && depth === 0) || sign === '{' || sign === '}') {
      statementStart = index + 1;
    }
  }
  return places;
}

/** Declarations longer than this before a brace are initialisers of generated tables. */
const LONGEST_HEAD = 400;

function kindOf(
  tokens: readonly Token[],
  statementStart: number,
  brace: number,
  around: BraceKind,
  inBrackets: boolean,
): BraceKind {
  const last = tokens[brace - 1]?.text;
  if (inBrackets) {
    return last === ')' || last === ']' || last === 'mutable' ? 'body' : 'other';
  }
  const head = topLevel(tokens.slice(Math.max(statementStart, brace - LONGEST_HEAD), brace));
  const isClass = head.some((text) => /^(?:class|struct|union|interface|__interface)$/u.test(text));
  const isList = last === '=' || last === ',' || last === 'return' || head.includes('enum');
  const isCallLike = head.includes('(');
  if (around === 'body' || around === 'other') {
    return isList || head.includes('=') ? 'other' : isClass && !isCallLike ? 'class' : around;
  }
  if (head.includes('namespace') || (head.includes('extern') && last?.startsWith('"') === true)) {
    return 'declarations';
  }
  if (isList || head.lastIndexOf('=') > head.lastIndexOf('(')) {
    return 'other';
  }
  return isCallLike || head.length === 0 ? 'body' : isClass ? 'class' : 'other';
}

/** The tokens outside of brackets; the brackets themselves are among them. */
function topLevel(tokens: readonly Token[]): readonly string[] {
  const texts: string[] = [];
  let depth = 0;
  for (const { kind, text } of tokens) {
    if (kind === 'directive') continue;
    if (kind === 'sign' && (text === ')' || text === ']')) depth = Math.max(0, depth - 1);
    if (depth === 0) texts.push(text);
    if (kind === 'sign' && (text === '(' || text === '[')) depth += 1;
  }
  return texts;
}
