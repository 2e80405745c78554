/** Lowering of one function, a field's initialiser, or a module's own statements. */
import type { FunctionGraph } from '../../flow/graph.ts';
import { closingOf, FunctionState, spanOf } from '../shared/function-state.ts';
import { type Syntax, TooDeep } from '../shared/syntax.ts';
import type { ClassScope } from './class-scope.ts';
import { captureLocals } from './closures.ts';
import { lowerCondition } from './conditions.ts';
import { hoistVariables, lowerParameterParts, lowerParameters } from './declarations.ts';
import { lowerEffect, lowerValue } from './expressions.ts';
import type { FileFacts } from './file-facts.ts';
import type { Lowering } from './lowering.ts';
import { questionMarkOf } from './optional-chains.ts';
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
  try {
    return lowerFunction(root, facts);
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    const { name, qualifiedName, isEntryPoint } = facts;
    const state = new FunctionState();
    state.builder.endOfProcess();
    return state.finish({ name, qualifiedName, isEntryPoint, owner: facts.scope?.name, parameters: [] });
  }
}

function lowerFunction(root: Syntax, facts: FunctionFacts): FunctionGraph {
  const lowering = loweringOf(root, facts);
  const parameters = lowerParameters(lowering, root);
  lowerBody(lowering, root);
  lowering.state.builder.return(undefined, closingOf(root), { implicit: true });
  captureLocals(lowering);
  const { name, qualifiedName, isEntryPoint } = facts;
  return lowering.state.finish({ name, qualifiedName, isEntryPoint, owner: facts.scope?.name, parameters });
}

function loweringOf(root: Syntax, { scope, facts, enclosing }: FunctionFacts): Lowering {
  const state = new FunctionState();
  const lowering: Lowering = {
    state,
    facts,
    scope,
    enclosing,
    isModule: root.type === 'module_statements',
    receivers: new Map(),
    questionMarkOf: (node) => questionMarkOf(lowering, node),
    closures: [],
    counters: new Set(),
    boxes: new Set(),
    value: (node, into) => state.descend(() => lowerValue(lowering, node, into)),
    effect: (node) => {
      state.descend(() => {
        lowerEffect(lowering, node);
      });
    },
    condition: (node, then, otherwise, elements = []) => {
      state.descend(() => {
        lowerCondition(lowering, node, { then, otherwise, elements });
      });
    },
    statement: (node, braceless = false) => {
      state.descend(() => {
        lowerStatement(lowering, node, braceless);
      });
    },
  };
  return lowering;
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
