/** Reads the tokens of a file into groups of `#if`, `#elif`, `#else` ... `#endif`, groups within groups. */
import type { Token } from './lexer.ts';
import type { Redaction } from './redaction.ts';

export interface Branch {
  readonly directive: Token;
  /** `if`, `elif` or `else`. */
  readonly kind: string;
  readonly condition: string;
  readonly items: readonly Item[];
  readonly shape: Shape;
}

/** What matters of a row of items for the question whether it is whole. */
export interface Shape {
  /** No bracket opens or closes without its other half. */
  readonly balanced: boolean;
  /** The first and the last token, directives left out. */
  readonly first: Token | undefined;
  readonly last: Token | undefined;
}

export interface Group {
  readonly branches: readonly Branch[];
  readonly end: Token | undefined;
}

export type Item = Token | Group;

const OPENING = /^#\s*(?:if|ifdef|ifndef)\b/u;
const NEXT = /^#\s*(?:elif|elifdef|elifndef|else)\b/u;
const ENDING = /^#\s*endif\b/u;
/** Deeper than any real file; what lies deeper is made blank. */
const MAXIMUM_DEPTH = 200;

/** Directives that belong to no group are made blank. */
export function readGroups(tokens: readonly Token[], redaction: Redaction): readonly Item[] {
  return new GroupReader(tokens, redaction).read();
}

/** The first token of what an item holds. */
export function firstOf(item: Item | undefined): Token | undefined {
  return item && ('branches' in item ? item.branches[0]?.shape.first : item);
}

function shapeOf(items: readonly Item[]): Shape {
  let [depth, balanced] = [0, true];
  let first: Token | undefined;
  let last: Token | undefined;
  for (const item of items) {
    if ('branches' in item) {
      for (const { shape } of item.branches) {
        balanced &&= shape.balanced;
        first ??= shape.first;
        last = shape.last ?? last;
      }
    } else if (item.kind !== 'directive') {
      if (item.kind === 'sign') depth += '([{'.includes(item.text) ? 1 : ')]}'.includes(item.text) ? -1 : 0;
      balanced &&= depth >= 0;
      first ??= item;
      last = item;
    }
  }
  return { balanced: balanced && depth === 0, first, last };
}

class GroupReader {
  private readonly tokens: readonly Token[];
  private readonly redaction: Redaction;
  private at = 0;

  constructor(tokens: readonly Token[], redaction: Redaction) {
    this.tokens = tokens;
    this.redaction = redaction;
  }

  read(): Item[] {
    const items: Item[] = [];
    while (this.at < this.tokens.length) {
      items.push(...this.items(0));
      const stray = this.tokens[this.at];
      if (stray) this.redaction.blank(stray.start, stray.end);
      this.at += 1;
    }
    return items;
  }

  private items(depth: number): Item[] {
    const items: Item[] = [];
    for (let token = this.tokens[this.at]; token !== undefined; token = this.tokens[this.at]) {
      if (token.kind !== 'directive') {
        items.push(token);
        this.at += 1;
      } else if (NEXT.test(token.text) || ENDING.test(token.text)) {
        break;
      } else if (!OPENING.test(token.text)) {
        items.push(token);
        this.at += 1;
      } else if (depth < MAXIMUM_DEPTH) {
        items.push(this.group(depth + 1));
      } else {
        this.redaction.blank(token.start, token.end);
        this.at += 1;
      }
    }
    return items;
  }

  private group(depth: number): Group {
    const branches: Branch[] = [];
    for (let token = this.tokens[this.at]; token !== undefined; token = this.tokens[this.at]) {
      this.at += 1;
      if (ENDING.test(token.text)) {
        return { branches, end: token };
      }
      const items = this.items(depth);
      branches.push({ directive: token, ...conditionOf(token.text), items, shape: shapeOf(items) });
    }
    return { branches, end: undefined };
  }
}

function conditionOf(directive: string): { kind: string; condition: string } {
  const plain = directive.replace(/\\\r?\n/gu, ' ').replace(/\/\*[^]*?(?:\*\/|$)|\/\/.*$/gu, ' ');
  const [, word = '', rest = ''] = /^#\s*(\w+)([^]*)$/u.exec(plain) ?? [];
  const name = rest.trim().split(/\s+/u)[0] ?? '';
  const kind = word.startsWith('el') ? (word === 'else' ? 'else' : 'elif') : 'if';
  if (word.endsWith('ifdef') || word.endsWith('elifdef')) return { kind, condition: `defined(${name})` };
  if (word.endsWith('ifndef') || word.endsWith('elifndef')) return { kind, condition: `!defined(${name})` };
  return { kind, condition: rest.trim() };
}
