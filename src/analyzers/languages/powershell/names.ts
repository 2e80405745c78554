/** Names in PowerShell: variables in any case, scopes before a colon, methods as .NET writes them. */
import { DOTNET } from '../../catalog/dotnet.ts';
import { descendants, type Syntax } from '../shared/syntax.ts';
import type { FileFacts } from '../shared/terms/lowering.ts';
import type { NamedPlace } from '../shared/terms/function-term.ts';

export const FACTS: FileFacts = {
  dialect: 'powershell',
  functionNames: new Map(),
  modules: new Set(),
  packages: new Set(),
  types: new Set(),
  capitalTypes: true,
  anyIsCondition: true,
  releaseGives: () => 'null',
  key: '',
};

/** The rules of the grammar for the precedence of operators: most of them hold one thing only. */
const LEVEL =
  /^(?:(?:logical|bitwise|comparison|additive|multiplicative|format|range)(?:_argument)?_expression|array_literal_expression|unary_expression|argument_expression|left_assignment_expression|pipeline|pipeline_chain|parenthesized_expression|while_condition|for_condition|for_initializer|for_iterator|switch_condition)$/u;

/** What stands below levels that hold nothing else. */
export function plain(node: Syntax): Syntax {
  let at = node;
  for (;;) {
    const [only, ...others] = at.parts;
    if (only === undefined || others.length > 0 || !LEVEL.test(at.type)) return at;
    at = only;
  }
}

/** The variable's name, without scope: `$script:Map` is `map`. */
export function variableName(node: Syntax): string {
  return scoped(node).name;
}

function scoped({ text }: Syntax): { readonly scope: string; readonly name: string } {
  const [, scope = '', name = ''] = /^[$@]\{?(?:(\w+):)?([^}]*)\}?$/u.exec(text.toLowerCase()) ?? [];
  return { scope, name };
}

export function* namesIn(node: Syntax): Generator<string> {
  for (const inner of descendants(node)) if (inner.type === 'variable') yield variableName(inner);
}

/** What a function assigns without naming another scope is its own. */
export function hoistedNames(body: Syntax, parameters: ReadonlySet<string>): readonly NamedPlace[] {
  const found = new Map<string, NamedPlace>();
  for (const node of descendants(body, ({ type }) => type === 'function_statement')) {
    for (const variable of assigned(node)) {
      const { scope, name } = scoped(variable);
      const isOwn = scope === '' && !parameters.has(name) && !/^(?:this|null|true|false)$/u.test(name);
      if (isOwn && !found.has(name)) found.set(name, { name, start: variable.start });
    }
  }
  return [...found.values()];
}

function assigned(node: Syntax): readonly Syntax[] {
  if (node.type === 'foreach_statement') return node.parts.filter(({ type }) => type === 'variable').slice(0, 1);
  if (node.type !== 'assignment_expression' || node.first === undefined) return [];
  const target = plain(node.first);
  if (target.type === 'variable') return [target];
  const parts = target.type === 'array_literal_expression' ? target.parts.map(plain) : [];
  return parts.filter(({ type }) => type === 'variable');
}

const METHODS: ReadonlyMap<string, string> = new Map(
  DOTNET.entries.flatMap(({ names }) => names.map((name) => [name.toLowerCase(), name] as const)),
);

/** Methods are found in any case. */
export function methodName(written: string): string {
  return METHODS.get(written.toLowerCase()) ?? written;
}

/** `[System.IO.X]` is `X`. */
export function typeName(node: Syntax): string {
  return (
    node.text
      .replaceAll(/[[\]\s]/gu, '')
      .split('.')
      .at(-1) ?? ''
  );
}
