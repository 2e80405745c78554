/**
 * Uses of a file's own macros: the body is lowered in place, with the arguments where its parameters stand. That shows the
 * `return`, `goto`, `throw` or release that a macro hides, and under which test. Every event has the use's span.
 */
import type { Syntax } from '../shared/syntax.ts';
import type { Location, Operand } from '../../flow/graph.ts';
import { settle, shortText, spanOf } from './lowering.ts';
import type { Lowering, MacroArgument } from './lowering.ts';
import type { MacroBody } from './macro-bodies.ts';
import type { Macro } from './macros.ts';

/** Macros within macros; deeper ones are plain calls. */
const MOST_NESTED = 6;

export function macroArgument(l: Lowering, name: string): MacroArgument | undefined {
  return l.macroArguments.get(name);
}

/** Lowers the use of a macro whose body is an expression; undefined where `name` is no such macro. */
export function expandExpression(
  l: Lowering,
  use: Syntax,
  name: string,
  args: readonly Syntax[],
  into: Location | undefined,
): Operand | undefined {
  const found = macroFor(l, use, name);
  const expression = found?.body.expression;
  if (!found || !expression) {
    return undefined;
  }
  const operand = inside(l, use, found.macro, args).value(expression, into);
  return settle(l, { ...operand, text: shortText(use) }, into, spanOf(l, use));
}

/** Lowers the use of a macro as a statement; false where `name` is no macro that can be read. */
export function expandStatements(l: Lowering, use: Syntax, name: string, args: readonly Syntax[]): boolean {
  const found = macroFor(l, use, name);
  if (!found) {
    return hiddenExit(l, use, name, args);
  }
  const inner = inside(l, use, found.macro, args);
  for (const statement of found.body.statements) inner.statement(statement);
  return true;
}

/** The macro's body as a condition. */
export function expandCondition(
  l: Lowering,
  use: Syntax,
  name: string,
  args: readonly Syntax[],
): { readonly of: Lowering; readonly node: Syntax } | undefined {
  const found = macroFor(l, use, name);
  const node = found?.body.expression;
  return found && node ? { of: inside(l, use, found.macro, args), node } : undefined;
}

function macroFor(l: Lowering, use: Syntax, name: string): { macro: Macro; body: MacroBody } | undefined {
  const macro = l.state.facts.macros.get(name);
  const isCall = use.type === 'call_expression';
  if (
    !macro ||
    (macro.parameters !== undefined) !== isCall ||
    l.activeMacros.includes(name) ||
    l.activeMacros.length >= MOST_NESTED
  ) {
    return undefined;
  }
  const body = l.state.macroBodies.bodyOf(macro);
  return body && { macro, body };
}

function inside(l: Lowering, use: Syntax, macro: Macro, args: readonly Syntax[]): Lowering {
  const named = new Map<string, MacroArgument>();
  const whole = withExits(args);
  for (const [index, parameter] of (macro.parameters ?? []).entries()) {
    const variadic = parameter.endsWith('...');
    named.set(variadic ? parameter.slice(0, -3).trim() || '__VA_ARGS__' : parameter, {
      nodes: variadic ? whole.slice(index).flat() : (whole[index] ?? []),
      of: l,
    });
  }
  return l.inMacro(macro.name, spanOf(l, use), named);
}

/** Arguments in groups: a statement that leaves is prepared to stand as a name and its value (see prepare/argument-macros.ts). */
function withExits(args: readonly Syntax[]): readonly (readonly Syntax[])[] {
  const groups: Syntax[][] = [];
  for (const argument of args) {
    const last = groups.at(-1);
    if (last?.length === 1 && /^(?:return|goto|throw)$/u.test(exitOf(last[0]) ?? '')) last.push(argument);
    else groups.push([argument]);
  }
  return groups;
}

function exitOf(node: Syntax | undefined): string | undefined {
  return node?.type === 'identifier' && /^(?:return|goto|throw|break|continue)$/u.test(node.text)
    ? node.text
    : undefined;
}

/** A macro's argument that is a statement; false for one that is an expression. */
export function lowerExitArgument(l: Lowering, name: string): boolean {
  const argument = macroArgument(l, name);
  return argument !== undefined && lowerExit(argument.of, argument.nodes);
}

function lowerExit(l: Lowering, [keyword, value]: readonly Syntax[]): boolean {
  const { builder } = l.state;
  const span = keyword ? spanOf(l, keyword) : { start: 0, end: 0 };
  switch (exitOf(keyword)) {
    case 'return':
      builder.return(value && l.value(value), span);
      return true;
    case 'throw':
      builder.throw(value && l.value(value), span);
      return true;
    case 'goto':
      builder.gotoLabel(value?.text ?? '');
      return true;
    case 'break':
      builder.break();
      return true;
    case 'continue':
      builder.continue();
      return true;
    default:
      return false;
  }
}

/** A macro whose body cannot be read, but which names a way out or is given one: it is taken under a test that nobody knows. */
function hiddenExit(l: Lowering, use: Syntax, name: string, args: readonly Syntax[]): boolean {
  const macro = l.state.facts.macros.get(name);
  const given = withExits(args).find(([keyword]) => exitOf(keyword));
  const exit = macro && /\b(?:return|throw|goto\s+(\w+))\b/u.exec(macro.body);
  if ((!exit && !given) || l.activeMacros.includes(name)) {
    return false;
  }
  const { builder } = l.state;
  const span = spanOf(l, use);
  for (const argument of args) if (!given?.includes(argument)) l.value(argument);
  const [leave, stay] = [builder.newBlock(), builder.newBlock()];
  builder.branch({ op: 'unknown', span, text: shortText(use) }, leave, stay);
  builder.start(leave);
  if (given) {
    lowerExit(l, given);
  } else if (exit?.[1] !== undefined) {
    builder.gotoLabel(exit[1]);
  } else if (exit?.[0] === 'throw') {
    builder.throw(undefined, span);
  } else {
    builder.return(undefined, span);
  }
  builder.start(stay);
  return true;
}
