/** Lowering of one function, a field's initialiser, or a module's own statements. */
import type { FunctionGraph } from '../../flow/graph.ts';
import { captureLocals } from '../shared/closures.ts';
import { loweringOf } from '../shared/evaluator.ts';
import { closingOf, FunctionState, graphOrNothing, spanOf } from '../shared/function-state.ts';
import { findQuestionMark } from '../shared/optional-chains.ts';
import type { Syntax } from '../shared/syntax.ts';
import type { ClassScope } from './class-scope.ts';
import { usedNames } from './closures.ts';
import { lowerCondition } from './conditions.ts';
import { hoistVariables, lowerParameterParts, lowerParameters } from './declarations.ts';
import { lowerEffect, lowerValue } from './expressions.ts';
import type { FileFacts } from './file-facts.ts';
import type { Lowering } from './lowering.ts';
import { chainStep } from './optional-chains.ts';
import { lowerSequence, lowerStatement } from './statements.ts';

export interface FunctionFacts {
  readonly name: string;
  readonly qualifiedName: string;
  readonly scope: ClassScope | undefined;
  readonly facts: FileFacts;
  /** Locals of the enclosing functions that it uses. */
  readonly enclosing: ReadonlySet<string>;
  readonly isEntryPoint: boolean;
}

export function lowerOrGiveUp(root: Syntax, facts: FunctionFacts): FunctionGraph {
  return graphOrNothing({ ...facts, owner: facts.scope?.name }, () => lowerFunction(root, facts));
}

function lowerFunction(root: Syntax, facts: FunctionFacts): FunctionGraph {
  const lowering = startLowering(root, facts);
  const parameters = lowerParameters(lowering, root);
  lowerBody(lowering, root);
  lowering.state.builder.return(undefined, closingOf(root), { implicit: true });
  captureLocals(lowering, usedNames);
  const { name, qualifiedName, isEntryPoint } = facts;
  return lowering.state.finish({ name, qualifiedName, isEntryPoint, owner: facts.scope?.name, parameters });
}

const LOWERINGS = {
  questionMarkOf: (lowering: Lowering, node: Syntax) => findQuestionMark(lowering.receivers, node, chainStep),
  value: lowerValue,
  effect: lowerEffect,
  condition: lowerCondition,
  statement: lowerStatement,
};

function startLowering(root: Syntax, { scope, facts, enclosing }: FunctionFacts): Lowering {
  return loweringOf(new FunctionState(), LOWERINGS, (evaluator) => ({
    ...evaluator,
    facts,
    scope,
    enclosing,
    isModule: root.type === 'module_statements',
    closures: [],
    counters: new Set<string>(),
    boxes: new Set<string>(),
  }));
}

function lowerBody(lowering: Lowering, root: Syntax): void {
  if (root.type === 'module_statements') {
    lowerSequence(lowering, root, root.parts);
    return;
  }
  if (root.type === 'public_field_definition') {
    const [name, value] = [root.child('name'), root.child('value')];
    if (name && value) lowering.value(value, `S.${name.text}`);
    return;
  }
  const body = root.child('body');
  if (body === undefined) return;
  hoistVariables(lowering, body);
  lowerParameterParts(lowering, root);
  if (body.type === 'statement_block') lowering.statement(body);
  else lowering.state.builder.return(lowering.value(body), spanOf(body));
}
