/**
 * Tokens of C and C++ text, as far as `prepare` needs them: comments and white space are left out, a directive with its
 * continued lines is one token. Reads any text; what it cannot make sense of becomes single-character tokens.
 */
export type TokenKind = 'name' | 'number' | 'text' | 'sign' | 'directive';

export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The first one on its line. */
  readonly first: boolean;
}

const SKIPPED = /(?:[ \t\r\n\f\v]|\\\r?\n)+|\/\/(?:\\\r?\n|[^\r\n])*|\/\*[^]*?(?:\*\/|$)/y;
const DIRECTIVE = /#(?:\\\r?\n|\/\*[^]*?(?:\*\/|$)|\/\/[^\r\n]*|"(?:\\.|[^"\\\r\n])*"?|[^\r\n])*/y;
const RAW_STRING = /(?:u8|[uUL])?R"([^()\\\s]{0,16})\([^]*?\)\1"/y;
const TEXT = /(?:u8|[uUL])?"(?:\\[^]|[^"\\\r\n])*"?|(?:u8|[uUL])?'(?:\\[^]|[^'\\\r\n])*'?/y;
const NAME = /[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*/y;
const NUMBER = /\.?[0-9](?:'?[\w.]|(?<=[eEpP])[+-])*/y;
const SIGN = /::|->|&&|\|\||==|!=|<=|>=|\+\+|--|\.\.\.|[^]/y;

type Kinds = readonly (readonly [TokenKind, RegExp])[];

const NAME_OR_SIGN: Kinds = [
  ['name', NAME],
  ['sign', SIGN],
];
const TEXT_FIRST: Kinds = [['text', RAW_STRING], ['text', TEXT], ...NAME_OR_SIGN];
const NUMBER_FIRST: Kinds = [
  ['number', NUMBER],
  ['sign', SIGN],
];

/** What a token can be, by its first character: most begin with one that leaves no choice. */
function kindsOf(character: string): Kinds {
  if (/^["'uULR]/u.test(character)) return TEXT_FIRST;
  return /^[.0-9]/u.test(character) ? NUMBER_FIRST : NAME_OR_SIGN;
}

const KINDS_OF_ASCII: readonly Kinds[] = Array.from({ length: 128 }, (_, code) => kindsOf(String.fromCharCode(code)));

export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let lineStart = true;
  while (at < text.length) {
    const skippedTo = match(SKIPPED, text, at);
    if (skippedTo > at) {
      lineStart ||= /[\r\n]/u.test(text.slice(at, skippedTo));
      at = skippedTo;
      continue;
    }
    const token =
      lineStart && text[at] === '#'
        ? take('directive', match(DIRECTIVE, text, at), text, at, true)
        : nextToken(text, at, lineStart);
    tokens.push(token);
    at = token.end;
    lineStart = false;
  }
  return tokens;
}

function nextToken(text: string, at: number, first: boolean): Token {
  for (const [kind, pattern] of KINDS_OF_ASCII[text.charCodeAt(at)] ?? NAME_OR_SIGN) {
    const end = match(pattern, text, at);
    if (end > at) {
      return take(kind, end, text, at, first);
    }
  }
  return take('sign', at + 1, text, at, first);
}

function match(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function take(kind: TokenKind, end: number, text: string, start: number, first: boolean): Token {
  return { kind, start, end, text: text.slice(start, end), first };
}

const NOTHING: Pick<Token, 'kind' | 'text'> = { kind: 'sign', text: '' };

/** Index of the bracket that closes the one at `open`, or -1. Directives inside do not count. */
export function closingBracket(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index += 1) {
    const { kind, text } = tokens[index] ?? NOTHING;
    if (kind === 'sign') {
      if (text === '(' || text === '[' || text === '{') {
        depth += 1;
      } else if (text === ')' || text === ']' || text === '}') {
        depth -= 1;
        if (depth === 0) return index;
      }
    }
  }
  return -1;
}
