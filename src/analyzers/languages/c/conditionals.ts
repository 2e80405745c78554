/**
 * `#if` ... `#endif` without a build. Where each branch is complete (whole statements or declarations between balanced
 * brackets), all branches stay: the lowering makes alternatives of them. Where a conditional splits a brace or a
 * statement, one branch stays and the other ones are made blank: the one for Windows in a file that makes its sections
 * there, else the one for Linux, else the first one; what was assumed of a name holds for the rest of the file.
 * `#if 0` goes always.
 */
import type { Token } from './lexer.ts';
import { evaluate, singleName } from './preprocessor-condition.ts';
import type { Redaction } from './redaction.ts';
import { isBoundary, isPlain } from './words.ts';

interface Branch {
  readonly directive: Token;
  /** `if`, `elif` or `else`. */
  readonly kind: string;
  readonly condition: string;
  readonly items: readonly Item[];
}

interface Group {
  readonly branches: readonly Branch[];
  readonly end: Token | undefined;
}

type Item = Token | Group;

const OPENING = /^#\s*(?:if|ifdef|ifndef)\b/u;
const NEXT = /^#\s*(?:elif|elifdef|elifndef|else)\b/u;
const ENDING = /^#\s*endif\b/u;
/** Deeper than any real file; what lies deeper is made blank. */
const MAXIMUM_DEPTH = 200;

/** Gives the tokens that stay, and writes down what does not. Directives that stay are among the tokens. */
export function resolveConditionals(
  tokens: readonly Token[],
  text: string,
  language: 'c' | 'cpp',
  redaction: Redaction,
): Token[] {
  const resolver = new Resolver(text, language, redaction);
  resolver.resolve(new GroupReader(tokens, redaction).read());
  return resolver.kept;
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
      branches.push({ directive: token, ...conditionOf(token.text), items: this.items(depth) });
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

const WINDOWS_NAMES = new Set([
  '_WIN32',
  'WIN32',
  '_WINDOWS',
  '_MSC_VER',
  'OS_WIN',
  'Q_OS_WIN',
  'G_OS_WIN32',
  '__MINGW32__',
]);
const LINUX_NAMES = new Set([
  '__linux__',
  '__linux',
  'linux',
  '__unix__',
  '__unix',
  'unix',
  'OS_LINUX',
  'Q_OS_LINUX',
  'Q_OS_UNIX',
  'G_OS_UNIX',
]);
const OTHER_NAMES = new Set(['__APPLE__', '__CYGWIN__', '__sun', '__hpux', '_AIX', '__ANDROID__', '__EMSCRIPTEN__']);
const WINDOWS_CALLS =
  /\b(?:CreateFileMapping|OpenFileMapping|MapViewOfFile|(?:Nt|Zw)\w*Section|CreateToolhelp32Snapshot)/u;
const LINUX_CALLS = /\b(?:memfd_create|shm_open)\b/u;
/** What the grammars read in a condition. */
const SIMPLE_CONDITION = /^(?:[\w\s!()<>=,]|&&|\|\|)*$/u;

class Resolver {
  readonly kept: Token[] = [];
  private readonly language: 'c' | 'cpp';
  private readonly redaction: Redaction;
  private readonly onWindows: boolean;
  private readonly assumed = new Map<string, boolean>();
  private readonly brackets: string[] = [];

  constructor(text: string, language: 'c' | 'cpp', redaction: Redaction) {
    this.language = language;
    this.redaction = redaction;
    this.onWindows = WINDOWS_CALLS.test(text) || !LINUX_CALLS.test(text);
  }

  resolve(items: readonly Item[]): void {
    for (const [index, item] of items.entries()) {
      if ('branches' in item) {
        this.group(item, items, index);
      } else {
        this.keep(item);
      }
    }
  }

  private group(group: Group, items: readonly Item[], index: number): void {
    const constant = this.chooseByCondition(group, (name) => this.language_(name));
    if (constant.certain) {
      this.choose(group, constant.branch);
    } else if (this.areAlternatives(group) && mayFollow(firstOf(items.slice(index + 1, index + 2)))) {
      this.keepAll(group);
    } else {
      const { branch } = this.chooseByCondition(group, (name) => this.assumedTruth(name));
      this.assume(branch);
      this.choose(group, branch);
    }
  }

  private keepAll(group: Group): void {
    const dead = new Set(
      group.branches.filter(({ condition, kind }) => kind !== 'else' && evaluate(condition, () => undefined) === false),
    );
    for (const branch of group.branches) {
      this.keepDirective(branch.directive);
      if (dead.has(branch)) {
        this.drop(branch.items);
      } else {
        this.resolve(branch.items);
      }
    }
    if (group.end) this.keepDirective(group.end);
  }

  /** Compilers only warn of words after `#else` and `#endif`; the grammars stop at them. */
  private keepDirective(directive: Token): void {
    this.kept.push(directive);
    const word = /^#\s*(?:else|endif)\b/u.exec(directive.text)?.[0];
    if (word !== undefined) this.redaction.blank(directive.start + word.length, directive.end);
  }

  private choose(group: Group, chosen: Branch | undefined): void {
    for (const branch of group.branches) {
      this.redaction.blank(branch.directive.start, branch.directive.end);
      if (branch === chosen) {
        this.resolve(branch.items);
      } else {
        this.drop(branch.items);
      }
    }
    if (group.end) this.redaction.blank(group.end.start, group.end.end);
  }

  private drop(items: readonly Item[]): void {
    for (const item of items) {
      if ('branches' in item) {
        this.choose(item, undefined);
      } else {
        this.redaction.blank(item.start, item.end);
      }
    }
  }

  private keep(token: Token): void {
    this.kept.push(token);
    if (token.kind !== 'sign') {
      return;
    }
    if (token.text === '(' || token.text === '[' || token.text === '{') {
      this.brackets.push(token.text);
    } else if (token.text === ')' || token.text === ']' || token.text === '}') {
      this.brackets.pop();
    }
  }

  /** The first branch that may hold. `certain`: it follows from the names alone. */
  private chooseByCondition(
    group: Group,
    truthOf: (name: string) => boolean | undefined,
  ): { branch: Branch | undefined; certain: boolean } {
    for (const branch of group.branches) {
      const holds = branch.kind === 'else' ? true : evaluate(branch.condition, truthOf);
      if (holds !== false) {
        return { branch, certain: holds === true };
      }
    }
    return { branch: undefined, certain: true };
  }

  private language_(name: string): boolean | undefined {
    return name === '__cplusplus' ? this.language === 'cpp' : undefined;
  }

  private assumedTruth(name: string): boolean | undefined {
    if (WINDOWS_NAMES.has(name)) return this.onWindows && name !== '__MINGW32__';
    if (LINUX_NAMES.has(name)) return !this.onWindows;
    if (OTHER_NAMES.has(name)) return false;
    return this.assumed.get(name) ?? this.language_(name);
  }

  private assume(branch: Branch | undefined): void {
    const single = branch && singleName(branch.condition);
    if (single && !this.assumed.has(single.name)) {
      this.assumed.set(single.name, single.holdsIf);
    }
  }

  private lastTokens(): [Token | undefined, Token | undefined] {
    const index = this.kept.findLastIndex(({ kind }) => kind !== 'directive');
    return [this.kept[index], this.kept[index - 1]];
  }

  private areAlternatives(group: Group): boolean {
    return (
      group.end !== undefined &&
      !this.brackets.includes('(') &&
      !this.brackets.includes('[') &&
      mayPrecede(...this.lastTokens()) &&
      group.branches.every(
        ({ condition, directive, items }) =>
          SIMPLE_CONDITION.test(condition) && !directive.text.includes('\\') && isComplete(items),
      )
    );
  }
}

/** Whether a conditional may begin after these tokens: between statements or declarations, not after a label. */
function mayPrecede(last: Token | undefined, beforeLast: Token | undefined): boolean {
  return isBoundary(last) && !(last?.text === ':' && isPlain(beforeLast));
}

/** Whether what comes after the conditional does not go on with what stands in it. */
function mayFollow(token: Token | undefined): boolean {
  return (
    token === undefined ||
    ![';', ',', ')', ']', '=', '{', 'else', 'catch', '__except', '__finally'].includes(token.text)
  );
}

function firstOf(items: readonly Item[]): Token | undefined {
  const first = items.find((item) => !('branches' in item) || item.branches.length > 0);
  return first && ('branches' in first ? firstOf(first.branches[0]?.items ?? []) : first);
}

/** Balanced, and whole statements or declarations. */
function isComplete(items: readonly Item[]): boolean {
  const tokens = flatten(items).filter(({ kind }) => kind !== 'directive');
  let depth = 0;
  for (const { kind, text } of tokens) {
    if (kind === 'sign') {
      depth += '([{'.includes(text) ? 1 : ')]}'.includes(text) ? -1 : 0;
      if (depth < 0) return false;
    }
  }
  const [first, last] = [tokens[0], tokens.at(-1)];
  return (
    depth === 0 &&
    (last === undefined || [';', '}', ':'].includes(last.text)) &&
    (first === undefined || !['else', 'catch', '__except', '__finally', '{', ',', '=', '?', ':'].includes(first.text))
  );
}

function flatten(items: readonly Item[]): Token[] {
  return items.flatMap((item) =>
    'branches' in item ? item.branches.flatMap(({ items: inner }) => flatten(inner)) : [item],
  );
}
