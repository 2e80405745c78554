/**
 * Truth of a preprocessor condition in the light of what is known of some names. Three answers: yes, no, undefined for
 * "depends on the build".
 */
import { tokenize } from './lexer.ts';
import type { Token } from './lexer.ts';

/** Whether a macro is defined (and true); undefined where nobody knows. */
export type NameTruth = (name: string) => boolean | undefined;

/** What a condition says if it is about one name only: it holds where `name`'s truth is `holdsIf`. */
export interface SingleName {
  readonly name: string;
  readonly holdsIf: boolean;
}

/** Conditions that are one name, `defined(name)`, or the negation of these. */
export function singleName(condition: string): SingleName | undefined {
  const found = /^\s*(!?)\s*(?:defined\b\s*)?\(?\s*([A-Za-z_]\w*)\s*\)?\s*$/u.exec(condition);
  const name = found?.[2];
  return name === undefined || name === 'defined' ? undefined : { name, holdsIf: found?.[1] !== '!' };
}

export function evaluate(condition: string, truthOf: NameTruth): boolean | undefined {
  const reader = new Reader(tokenize(condition), truthOf);
  const value = reader.or();
  return reader.atEnd() ? truth(value) : undefined;
}

type Value = number | undefined;

function truth(value: Value): boolean | undefined {
  return value === undefined ? undefined : value !== 0;
}

function number(value: boolean | undefined): Value {
  return value === undefined ? undefined : value ? 1 : 0;
}

/** Recursive descent; arithmetic is read but not computed. */
class Reader {
  private readonly tokens: readonly Token[];
  private readonly truthOf: NameTruth;
  private at = 0;
  private depth = 0;

  constructor(tokens: readonly Token[], truthOf: NameTruth) {
    this.tokens = tokens;
    this.truthOf = truthOf;
  }

  atEnd(): boolean {
    return this.at >= this.tokens.length;
  }

  or(): Value {
    let left = truth(this.and());
    while (this.take('||')) {
      const right = truth(this.and());
      left = left === true || right === true ? true : left === undefined || right === undefined ? undefined : false;
    }
    return number(left);
  }

  private and(): Value {
    let value = this.comparison();
    while (this.take('&&')) {
      const [left, right] = [truth(value), truth(this.comparison())];
      value = left === false || right === false ? 0 : left === undefined || right === undefined ? undefined : 1;
    }
    return value;
  }

  private comparison(): Value {
    const left = this.unary();
    const operator = this.tokens[this.at]?.text ?? '';
    if (!['==', '!=', '<', '>', '<=', '>=', '+', '-', '*', '/', '%', '&', '|'].includes(operator)) {
      return left;
    }
    this.at += 1;
    const right = this.comparison();
    if (left === undefined || right === undefined) {
      return undefined;
    }
    return operator === '==' ? number(left === right) : operator === '!=' ? number(left !== right) : undefined;
  }

  private unary(): Value {
    if (this.take('!')) {
      const value = truth(this.unary());
      return number(value === undefined ? undefined : !value);
    }
    if (this.take('(')) {
      this.depth += 1;
      const value = this.depth > 100 ? undefined : this.or();
      this.depth -= 1;
      this.take(')');
      return value;
    }
    return this.primary();
  }

  private primary(): Value {
    const token = this.tokens[this.at];
    this.at += 1;
    if (token?.kind === 'number') {
      const value = Number.parseInt(token.text.replaceAll("'", ''));
      return Number.isNaN(value) ? undefined : value;
    }
    if (token?.kind !== 'name') {
      return undefined;
    }
    if (token.text === 'true' || token.text === 'false') {
      return token.text === 'true' ? 1 : 0;
    }
    if (token.text === 'defined') {
      const bracket = this.take('(');
      const name = this.tokens[this.at]?.text ?? '';
      this.at += 1;
      if (bracket) this.take(')');
      return number(this.truthOf(name));
    }
    if (this.tokens[this.at]?.text === '(') {
      this.skipArguments();
      return undefined;
    }
    // The value of a macro is not known, only whether it is there: enough for `#if NAME`, not for `#if NAME > 2`.
    return this.truthOf(token.text) === false ? 0 : undefined;
  }

  private skipArguments(): void {
    let depth = 0;
    do {
      depth += this.tokens[this.at]?.text === '(' ? 1 : this.tokens[this.at]?.text === ')' ? -1 : 0;
      this.at += 1;
    } while (depth > 0 && !this.atEnd());
  }

  private take(text: string): boolean {
    const taken = this.tokens[this.at]?.text === text;
    this.at += taken ? 1 : 0;
    return taken;
  }
}
