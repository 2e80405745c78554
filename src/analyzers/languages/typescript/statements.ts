/** JavaScript statements. */
import type { Location } from '../../flow/graph.ts';
import { lowerGuarded, lowerTry } from '../shared/clean-ups.ts';
import { shortText, spanOf } from '../shared/function-state.ts';
import { inScope, lowerIf } from '../shared/scopes.ts';
import type { Syntax } from '../shared/syntax.ts';
import { isClosure, noteClosure } from './closures.ts';
import { lowerDeclaration, lowerVariable } from './declarations.ts';
import { lowerDo, lowerFor, lowerForIn, lowerWhile } from './loops.ts';
import type { Lowering } from './lowering.ts';
import { declareName, takeApart } from './patterns.ts';
import { lowerSwitch } from './switches.ts';

export function lowerStatement(lowering: Lowering, node: Syntax, braceless: boolean): void {
  const { builder } = lowering.state;
  switch (node.type) {
    case 'statement_block':
      lowerBlock(lowering, node);
      break;
    case 'lexical_declaration':
    case 'variable_declaration':
      lowerDeclaration(lowering, node);
      break;
    case 'expression_statement':
      if (node.first) lowering.effect(node.first);
      break;
    case 'if_statement':
      lowerIf(lowering, node, (at) => at.child('alternative')?.first);
      break;
    case 'for_statement':
    case 'for_in_statement':
    case 'while_statement':
    case 'do_statement':
      lowerLoop(lowering, node, undefined);
      break;
    case 'switch_statement':
      lowerSwitch(lowering, node);
      break;
    case 'break_statement':
      builder.break(node.child('label')?.text);
      break;
    case 'continue_statement':
      builder.continue(node.child('label')?.text);
      break;
    case 'return_statement':
      builder.return(node.first && lowering.value(node.first), spanOf(node), { braceless });
      break;
    case 'throw_statement':
      builder.throw(node.first && lowering.value(node.first), spanOf(node), { braceless });
      break;
    case 'try_statement':
      lowerTryStatement(lowering, node);
      break;
    case 'labeled_statement':
      lowerLabeled(lowering, node);
      break;
    case 'export_statement':
      lowerExport(lowering, node);
      break;
    case 'internal_module':
    case 'module': {
      const body = node.child('body');
      if (body) lowerSequence(lowering, body, body.parts);
      break;
    }
    default:
      lowerOther(lowering, node);
  }
}

/** After a `using` declaration the rest of the block is what it guards. */
export function lowerSequence(lowering: Lowering, block: Syntax, statements: readonly Syntax[]): void {
  for (const [index, statement] of statements.entries()) {
    const guarded = usingOf(statement);
    if (guarded !== undefined) {
      lowering.state.descend(() => {
        const local = lowerUsing(lowering, guarded.assignment);
        lowerGuarded(lowering, block, local === undefined ? [] : [local], guarded.release, () => {
          lowerSequence(lowering, block, statements.slice(index + 1));
        });
      });
      return;
    }
    lowering.statement(statement);
  }
}

/** The grammar reads `using x = f();` as an assignment, and `await using` as its await. */
function usingOf(statement: Syntax): { readonly assignment: Syntax; readonly release: string } | undefined {
  const expression = statement.type === 'expression_statement' ? statement.first : undefined;
  const isAsync = expression?.type === 'await_expression';
  const assignment = isAsync ? expression.last : expression;
  if (assignment?.type !== 'assignment_expression' || !assignment.has('using')) return undefined;
  return { assignment, release: isAsync ? 'Symbol.asyncDispose' : 'Symbol.dispose' };
}

function lowerUsing(lowering: Lowering, assignment: Syntax): Location | undefined {
  const name = assignment.child('left');
  return name && lowerVariable(lowering, name, undefined, assignment.child('right'));
}

function lowerBlock(lowering: Lowering, node: Syntax): void {
  inScope(lowering, node, () => {
    lowerSequence(lowering, node, node.parts);
  });
}

function lowerLoop(lowering: Lowering, node: Syntax, label: string | undefined): boolean {
  switch (node.type) {
    case 'for_statement':
      lowerFor(lowering, node, label);
      return true;
    case 'for_in_statement':
      lowerForIn(lowering, node, label);
      return true;
    case 'while_statement':
      lowerWhile(lowering, node, label);
      return true;
    case 'do_statement':
      lowerDo(lowering, node, label);
      return true;
    default:
      return false;
  }
}

function lowerLabeled(lowering: Lowering, node: Syntax): void {
  const { builder } = lowering.state;
  const [label, body] = [node.child('label')?.text, node.child('body')];
  if (body === undefined || lowerLoop(lowering, body, label)) return;
  const after = builder.newBlock();
  builder.scope({ span: spanOf(node), targets: { label, breakTo: after } }, () => {
    lowering.statement(body);
  });
  builder.start(after);
}

function lowerTryStatement(lowering: Lowering, node: Syntax): void {
  const handler = node.child('handler');
  lowerTry(lowering, node, {
    body: node.child('body'),
    catches: (handler === undefined ? [] : [handler]).map((clause) => () => {
      lowerCatch(lowering, clause);
    }),
    catchesAll: true,
    cleanUp: node.child('finalizer')?.child('body'),
  });
}

function lowerCatch(lowering: Lowering, clause: Syntax): void {
  inScope(lowering, clause, () => {
    const [parameter, body] = [clause.child('parameter'), clause.child('body')];
    if (parameter) takeApart(lowering, parameter, { text: shortText(parameter) }, declareName);
    if (body) lowering.statement(body);
  });
}

/** What is exported is reachable from everywhere; a default value is given away. */
function lowerExport(lowering: Lowering, node: Syntax): void {
  const [declaration, value] = [node.child('declaration'), node.child('value')];
  if (declaration) lowering.statement(declaration);
  if (value) lowering.value(value, 'G.default');
}

const SILENT = /^(?:import|empty|debugger|interface|type_alias|enum|ambient|function_signature|abstract_)/u;

function lowerOther(lowering: Lowering, node: Syntax): void {
  if (isClosure(node)) {
    noteClosure(lowering, node);
  } else if (node.type === 'with_statement') {
    for (const part of node.parts) if (part.type === 'statement_block') lowering.statement(part);
  } else if (!SILENT.test(node.type)) {
    lowering.value(node);
  }
}
