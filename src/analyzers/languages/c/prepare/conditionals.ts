/**
 * `#if` ... `#endif` without a build. Where each branch is complete (whole statements or declarations between balanced
 * brackets), all branches stay: the lowering makes alternatives of them. Where a conditional splits a brace or a
 * statement, one branch stays and the other ones are made blank: the one for Windows in a file that makes its sections
 * there, else the one for Linux, else the first one; what was assumed of a name holds for the rest of the file.
 * `#if 0` goes always.
 */
import { firstOf, readGroups } from './conditional-groups.ts';
import type { Branch, Group, Item, Shape } from './conditional-groups.ts';
import type { Token } from './lexer.ts';
import { evaluate, singleName } from './preprocessor-condition.ts';
import type { Redaction } from './redaction.ts';
import { isBoundary, isPlain } from './words.ts';

/** Gives the tokens that stay, and writes down what does not. Directives that stay are among the tokens. */
export function resolveConditionals(
  tokens: readonly Token[],
  text: string,
  language: 'c' | 'cpp',
  redaction: Redaction,
): Token[] {
  const resolver = new Resolver(text, language, redaction);
  resolver.resolve(readGroups(tokens, redaction));
  return resolver.kept;
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
    const constant = this.chooseByCondition(group, (name) => this.truthOfLanguage(name));
    if (constant.certain) {
      this.choose(group, constant.branch);
    } else if (this.areAlternatives(group) && mayFollow(firstOf(items[index + 1]))) {
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

  private truthOfLanguage(name: string): boolean | undefined {
    return name === '__cplusplus' ? this.language === 'cpp' : undefined;
  }

  private assumedTruth(name: string): boolean | undefined {
    if (WINDOWS_NAMES.has(name)) return this.onWindows && name !== '__MINGW32__';
    if (LINUX_NAMES.has(name)) return !this.onWindows;
    if (OTHER_NAMES.has(name)) return false;
    return this.assumed.get(name) ?? this.truthOfLanguage(name);
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
        ({ condition, directive, shape }) =>
          SIMPLE_CONDITION.test(condition) && !directive.text.includes('\\') && isComplete(shape),
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

/** Balanced, and whole statements or declarations. */
function isComplete({ balanced, first, last }: Shape): boolean {
  return (
    balanced &&
    (last === undefined || [';', '}', ':'].includes(last.text)) &&
    (first === undefined || !['else', 'catch', '__except', '__finally', '{', ',', '=', '?', ':'].includes(first.text))
  );
}
