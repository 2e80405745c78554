/** C# statements. */
import { spanOf } from '../shared/function-state.ts';
import { inScope, lowerIf } from '../shared/scopes.ts';
import type { Syntax } from '../shared/syntax.ts';
import { lowerFixed, lowerTryStatement, lowerUsingDeclaration, lowerUsingStatement } from './clean-ups.ts';
import { noteClosure } from './closures.ts';
import { lowerAlternatives } from './conditional-compilation.ts';
import { lowerCreation } from './creations.ts';
import { lowerLocalDeclaration } from './local-declarations.ts';
import { lowerDo, lowerFor, lowerForeach, lowerWhile } from './loops.ts';
import type { Lowering } from './lowering.ts';
import { lowerSwitch } from './switches.ts';

export function lowerStatement(lowering: Lowering, node: Syntax, braceless: boolean): void {
  const { builder } = lowering.state;
  switch (node.type) {
    case 'block':
      lowerBlock(lowering, node);
      break;
    case 'local_declaration_statement':
      lowerLocalDeclaration(lowering, node);
      break;
    case 'expression_statement':
      if (node.first) lowering.effect(node.first);
      break;
    case 'if_statement':
      lowerIf(lowering, node);
      break;
    case 'while_statement':
      lowerWhile(lowering, node);
      break;
    case 'do_statement':
      lowerDo(lowering, node);
      break;
    case 'for_statement':
      lowerFor(lowering, node);
      break;
    case 'foreach_statement':
      lowerForeach(lowering, node);
      break;
    case 'switch_statement':
      lowerSwitch(lowering, node);
      break;
    case 'break_statement':
      builder.break();
      break;
    case 'continue_statement':
      builder.continue();
      break;
    case 'return_statement':
      lowerReturn(lowering, node, node.first, braceless);
      break;
    case 'throw_statement':
      builder.throw(node.first && lowering.value(node.first), spanOf(node), { braceless });
      break;
    case 'yield_statement':
      lowerYield(lowering, node, braceless);
      break;
    case 'try_statement':
      lowerTryStatement(lowering, node);
      break;
    case 'using_statement':
      lowerUsingStatement(lowering, node);
      break;
    case 'fixed_statement':
      lowerFixed(lowering, node);
      break;
    case 'goto_statement':
      lowerGoto(lowering, node);
      break;
    case 'labeled_statement':
      lowerLabeled(lowering, node);
      break;
    case 'local_function_statement':
      noteClosure(lowering, node);
      break;
    case 'preproc_if':
      lowerAlternatives(lowering, node);
      break;
    default:
      lowerParts(lowering, node);
  }
}

function isStatement(node: Syntax): boolean {
  return node.type === 'block' || node.type === 'preproc_if' || node.type.endsWith('_statement');
}

/** After a `using` declaration the rest of the block is what it guards. */
export function lowerSequence(lowering: Lowering, block: Syntax, statements: readonly Syntax[]): void {
  for (const [index, statement] of statements.entries()) {
    if (statement.type === 'local_declaration_statement' && statement.has('using')) {
      lowering.state.descend(() => {
        lowerUsingDeclaration(lowering, block, statement, () => {
          lowerSequence(lowering, block, statements.slice(index + 1));
        });
      });
      return;
    }
    lowering.statement(statement);
  }
}

/** `return`, and the body of an expression-bodied function. */
export function lowerReturn(lowering: Lowering, node: Syntax, value: Syntax | undefined, braceless: boolean): void {
  const returned =
    value?.type === 'implicit_object_creation_expression'
      ? lowerCreation(lowering, value, lowering.state.builder.newTemporary(), lowering.returnType)
      : value && lowering.value(value);
  lowering.state.builder.return(returned, spanOf(node), { braceless });
}

function lowerBlock(lowering: Lowering, node: Syntax): void {
  inScope(lowering, node, () => {
    lowerSequence(lowering, node, node.parts);
  });
}

/** `lock`, `unsafe`, `checked`, and what is not known: its parts in order. */
function lowerParts(lowering: Lowering, node: Syntax): void {
  for (const part of node.parts) {
    if (isStatement(part) || part.type === 'global_statement') lowering.statement(part);
    else lowering.value(part);
  }
}

/** An element is given to whoever runs the iterator. */
function lowerYield(lowering: Lowering, node: Syntax, braceless: boolean): void {
  if (node.first) {
    lowering.state.call({ name: 'yield', args: [lowering.value(node.first)], span: spanOf(node) });
  } else {
    lowering.state.builder.return(undefined, spanOf(node), { braceless });
  }
}

function lowerGoto(lowering: Lowering, node: Syntax): void {
  const { builder } = lowering.state;
  const targets = lowering.switches.at(-1);
  if (node.has('default')) {
    if (targets?.fallback !== undefined) builder.goto(targets.fallback);
  } else if (node.has('case')) {
    const target = targets?.cases.get(node.first?.text ?? '');
    if (target !== undefined) builder.goto(target);
  } else if (node.first) {
    builder.gotoLabel(node.first.text);
  }
}

function lowerLabeled(lowering: Lowering, node: Syntax): void {
  const [label, ...rest] = node.parts;
  if (label) lowering.state.builder.label(label.text);
  for (const statement of rest) lowering.statement(statement);
}
