/** Statements to blocks. */
import type { Constant, Operand, Test } from '../../flow/graph.ts';
import type { Syntax } from '../shared/syntax.ts';
import { lowerAlternatives } from './alternatives.ts';
import { constantOf } from './constants.ts';
import { lowerDeclaration } from './declarations.ts';
import { constantFor } from './initializers.ts';
import { lowerDo, lowerFor, lowerRangeFor, lowerWhile } from './loops.ts';
import { descend, shortText, spanOf } from './lowering.ts';
import type { Lowering } from './lowering.ts';
import { expandStatements, lowerExitArgument } from './macro-calls.ts';
import { lowerSehTry, lowerTry } from './tries.ts';

/** Declarations that do nothing when control comes to them. */
const SILENT: ReadonlySet<string> = new Set([
  'type_definition',
  'alias_declaration',
  'using_declaration',
  'static_assert_declaration',
  'function_definition',
  'template_declaration',
  'struct_specifier',
  'class_specifier',
  'union_specifier',
  'enum_specifier',
  'preproc_def',
  'preproc_function_def',
  'preproc_call',
  'preproc_include',
  'gnu_asm_expression',
  'namespace_alias_definition',
]);

/** `braceless`: the statement is the whole body of an `if` or loop. */
export function lowerStatement(l: Lowering, node: Syntax, braceless: boolean): void {
  descend(l, () => {
    statement(l, node, braceless);
  });
}

function statement(l: Lowering, node: Syntax, braceless: boolean): void {
  const { builder } = l.state;
  switch (node.type) {
    case 'compound_statement':
      lowerBlock(l, node);
      return;
    case 'expression_statement':
      expressionStatement(l, node);
      return;
    case 'declaration':
      lowerDeclaration(l, node);
      return;
    case 'if_statement':
      lowerIf(l, node);
      return;
    case 'while_statement':
      lowerWhile(l, node);
      return;
    case 'do_statement':
      lowerDo(l, node);
      return;
    case 'for_statement':
      lowerFor(l, node);
      return;
    case 'for_range_loop':
      lowerRangeFor(l, node);
      return;
    case 'switch_statement':
      lowerSwitch(l, node);
      return;
    case 'case_statement':
      for (const part of statementsOfCase(node)) l.statement(part);
      return;
    case 'labeled_statement': {
      const label = node.child('label');
      if (label) builder.label(label.text);
      for (const part of node.parts) if (part !== label) l.statement(part);
      return;
    }
    case 'goto_statement':
      builder.gotoLabel(node.child('label')?.text ?? '');
      return;
    case 'break_statement':
      builder.break();
      return;
    case 'continue_statement':
      builder.continue();
      return;
    case 'seh_leave_statement':
      builder.break('__leave');
      return;
    case 'return_statement':
    case 'co_return_statement':
      lowerReturn(l, node, braceless);
      return;
    case 'throw_statement': {
      const value = node.first && l.value(node.first);
      builder.throw(value, spanOf(l, node), braceless ? { braceless } : {});
      return;
    }
    case 'try_statement':
      lowerTry(l, node);
      return;
    case 'seh_try_statement':
      lowerSehTry(l, node);
      return;
    case 'preproc_if':
    case 'preproc_ifdef':
      lowerAlternatives(l, node);
      return;
    case 'attributed_statement':
    case 'init_statement':
    case 'linkage_specification':
    case 'ERROR':
      for (const part of node.parts) l.statement(part);
      return;
    default:
      if (!SILENT.has(node.type)) l.effect(node);
  }
}

function lowerBlock(l: Lowering, node: Syntax): void {
  const { builder, names } = l.state;
  builder.scope({ span: spanOf(l, node) }, () => {
    names.within(() => {
      for (const part of node.parts) l.statement(part);
    });
  });
}

function expressionStatement(l: Lowering, node: Syntax): void {
  const expression = node.first;
  if (!expression) {
    return;
  }
  const isWord = expression.type === 'identifier' && !l.state.names.lookUp(expression.text);
  // A macro without arguments that stands alone, or a statement that a macro was given.
  const isDone =
    isWord &&
    (l.macroArguments.has(expression.text)
      ? lowerExitArgument(l, expression.text)
      : expandStatements(l, expression, expression.text, []));
  if (!isDone) l.effect(expression);
}

function lowerIf(l: Lowering, node: Syntax): void {
  const { builder, names } = l.state;
  const condition = node.child('condition');
  const consequence = node.child('consequence');
  const alternative = node.child('alternative');
  if (!condition || !consequence) {
    for (const part of node.parts) l.statement(part);
    return;
  }
  const lower = (): void => {
    builder.ifElse(
      (then, otherwise) => {
        l.condition(condition, then, otherwise);
      },
      () => {
        l.statement(consequence, true);
      },
      alternative &&
        (() => {
          const inner = alternative.type === 'else_clause' ? alternative.first : alternative;
          if (inner) l.statement(inner, inner.type !== 'if_statement');
        }),
    );
  };
  if (/declaration|init_statement/u.test(condition.parts.map(({ type }) => type).join(' '))) {
    builder.scope({ span: spanOf(l, node) }, () => {
      names.within(lower);
    });
  } else {
    lower();
  }
}

/** The statements after the colon. */
function statementsOfCase(node: Syntax): readonly Syntax[] {
  const colon = node.children.findIndex(({ type }) => type === ':');
  return node.children.slice(colon + 1).filter(({ named }) => named);
}

interface SwitchCase {
  readonly tests: Test[];
  readonly isDefault: boolean;
  readonly body: Syntax[];
}

function lowerSwitch(l: Lowering, node: Syntax): void {
  const { builder, names } = l.state;
  const [condition, body] = [node.child('condition'), node.child('body')];
  const value = condition?.type === 'condition_clause' ? switchValue(l, condition) : condition && l.value(condition);
  const cases: SwitchCase[] = [];
  collectCases(l, body ? (body.type === 'compound_statement' ? body.parts : [body]) : [], value, cases);
  names.within(() => {
    builder.switch(
      spanOf(l, node),
      cases.map(({ tests, isDefault, body: parts }) => ({
        tests,
        isDefault,
        body: () => {
          for (const part of parts) l.statement(part);
        },
      })),
      true,
    );
  });
}

function switchValue(l: Lowering, clause: Syntax): Operand | undefined {
  const initializer = clause.child('initializer');
  if (initializer) l.statement(initializer);
  const value = clause.child('value') ?? clause.last;
  return value && l.value(value);
}

/** Cases in order; those between preprocessor conditionals stand among the others, all alternatives. */
function collectCases(l: Lowering, parts: readonly Syntax[], value: Operand | undefined, cases: SwitchCase[]): void {
  for (const part of parts) {
    if (part.type === 'case_statement') {
      const label = part.child('value');
      cases.push({ tests: label ? [caseTest(l, label, value)] : [], isDefault: label === undefined, body: [] });
      collectCases(l, statementsOfCase(part), value, cases);
    } else if (part.type.startsWith('preproc_') && [...part.parts].some(({ type }) => type === 'case_statement')) {
      collectCases(l, part.parts, value, cases);
    } else {
      cases.at(-1)?.body.push(part);
    }
  }
}

function caseTest(l: Lowering, label: Syntax, value: Operand | undefined): Test {
  const [span, text] = [spanOf(l, label), `case ${shortText(label)}`];
  const constant: Constant | undefined = constantOf(label.text);
  return constant !== undefined && constant !== 'other' && value?.location !== undefined
    ? { op: 'is', location: value.location, value: constant, span, text }
    : { op: 'unknown', span, text };
}

function lowerReturn(l: Lowering, node: Syntax, braceless: boolean): void {
  const { builder, returnType } = l.state;
  const value = node.first && l.value(node.first);
  const constant = value?.constant && constantFor(value.constant, returnType);
  const operand = value && constant !== undefined ? { ...value, constant } : value;
  builder.return(addressless(operand), spanOf(l, node), braceless ? { braceless } : {});
}

/** An address is not the value that stands there. */
function addressless(operand: Operand | undefined): Operand | undefined {
  return operand?.byReference === true ? { text: operand.text } : operand;
}
