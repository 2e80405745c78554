/** Lowering of one C# function. */
import type { FunctionGraph, Parameter } from '../../flow/graph.ts';
import { captureLocals } from '../shared/closures.ts';
import { loweringOf } from '../shared/evaluator.ts';
import { closingOf, FunctionState, graphOrNothing, spanOf } from '../shared/function-state.ts';
import { findQuestionMark } from '../shared/optional-chains.ts';
import type { Syntax } from '../shared/syntax.ts';
import { lowerArguments } from './calls.ts';
import type { ClassScope } from './class-scope.ts';
import { usedNames } from './closures.ts';
import { lowerCondition } from './conditions.ts';
import { lowerCreation } from './creations.ts';
import { bindName, writtenType } from './declare.ts';
import { lowerEffect, lowerValue } from './expressions.ts';
import type { Lowering } from './lowering.ts';
import { chainStep } from './optional-chains.ts';
import { lowerReturn, lowerSequence, lowerStatement } from './statements.ts';

export interface FunctionFacts {
  readonly name: string;
  readonly qualifiedName: string;
  readonly scope: ClassScope | undefined;
  readonly isEntryPoint: boolean;
  /** Locals of the enclosing functions that this closure uses. */
  readonly enclosing: ReadonlySet<string>;
  /** Parameters that its own text does not declare: `value`, an indexer's. */
  readonly implicitParameters: readonly string[];
}

function lowerFunction(root: Syntax, facts: FunctionFacts): FunctionGraph {
  const lowering = startLowering(root, facts);
  const parameters = [
    ...facts.implicitParameters.map((name) => ({ location: bindName(lowering, name, 0, undefined), name })),
    ...parametersOf(lowering, root),
  ];
  lowerBody(lowering, root, facts);
  lowering.state.builder.return(undefined, closingOf(root), { implicit: true });
  captureLocals(lowering, usedNames);
  const { name, qualifiedName, isEntryPoint } = facts;
  return lowering.state.finish({ name, qualifiedName, isEntryPoint, owner: facts.scope?.name, parameters });
}

export function lowerOrGiveUp(root: () => Syntax, facts: FunctionFacts): FunctionGraph {
  return graphOrNothing({ ...facts, owner: facts.scope?.name }, () => lowerFunction(root(), facts));
}

const LOWERINGS = {
  questionMarkOf: (lowering: Lowering, node: Syntax) => findQuestionMark(lowering.receivers, node, chainStep),
  value: lowerValue,
  effect: lowerEffect,
  condition: lowerCondition,
  statement: lowerStatement,
};

function startLowering(root: Syntax, facts: FunctionFacts): Lowering {
  return loweringOf(new FunctionState(), LOWERINGS, (evaluator) => ({
    ...evaluator,
    scope: facts.scope,
    enclosing: facts.enclosing,
    returnType: writtenType(root.child('returns') ?? root.child('type')),
    root,
    switches: [],
    closures: [],
  }));
}

function parametersOf(lowering: Lowering, root: Syntax): readonly Parameter[] {
  const list = root.child('parameters') ?? root.ofType('parameter_list');
  if (list?.type === 'implicit_parameter') {
    return [{ location: bindName(lowering, list.text, list.start, undefined), name: list.text }];
  }
  const parameters = list?.parts.filter(({ type }) => type === 'parameter') ?? [];
  // `params T[] rest` stands in the list itself.
  const rest = list?.child('name') === undefined ? [] : [list];
  return [...parameters, ...rest].flatMap((parameter) => parameterOf(lowering, parameter) ?? []);
}

function parameterOf(lowering: Lowering, parameter: Syntax): Parameter | undefined {
  const name = parameter.child('name');
  if (name === undefined) return undefined;
  const type = writtenType(parameter.child('type'));
  const location = bindName(lowering, name.text, name.start, type);
  const isReference = parameter.parts.some((part) => part.type === 'modifier' && /^(?:ref|out)$/u.test(part.text));
  // By reference: the name means what stands at the caller's place.
  if (isReference) lowering.state.names.bind(name.text, `${location}.*`);
  const extended = parameter.parts.some((part) => part.type === 'modifier' && part.text === 'this');
  return { ...(extended ? { extended } : {}), location, name: name.text, ...(type === undefined ? {} : { type }) };
}

function lowerBody(lowering: Lowering, root: Syntax, facts: FunctionFacts): void {
  switch (root.type) {
    case 'top_level':
      lowerSequence(
        lowering,
        root,
        root.parts.flatMap((part) => (part.type === 'global_statement' ? part.parts : part)),
      );
      break;
    case 'variable_declarator':
      lowerInitializer(lowering, root, root.last, facts);
      break;
    case 'primary_constructor':
      lowerPrimaryConstructor(lowering, root);
      break;
    case 'constructor_declaration':
      lowerConstructorInitializer(lowering, root);
      lowerCode(lowering, root, root.child('body'));
      break;
    case 'property_declaration':
    case 'indexer_declaration': {
      const value = root.child('value') ?? root.ofType('arrow_expression_clause');
      if (value?.type === 'arrow_expression_clause') lowerCode(lowering, root, value);
      else lowerInitializer(lowering, root, value, facts);
      break;
    }
    default:
      lowerCode(lowering, root, root.child('body') ?? root.ofType('block'));
  }
}

function lowerCode(lowering: Lowering, root: Syntax, body: Syntax | undefined): void {
  if (body === undefined) return;
  if (body.type === 'block') {
    lowering.statement(body);
    return;
  }
  const expression = body.type === 'arrow_expression_clause' ? body.last : body;
  if (expression === undefined) return;
  if (returnsNothing(root)) lowering.effect(expression);
  else lowerReturn(lowering, expression, expression, false);
}

function returnsNothing(root: Syntax): boolean {
  switch (root.type) {
    case 'constructor_declaration':
    case 'destructor_declaration':
      return true;
    case 'accessor_declaration':
      return root.child('name')?.text !== 'get';
    case 'method_declaration':
    case 'local_function_statement': {
      const type = root.child('returns')?.text ?? root.child('type')?.text ?? '';
      const isAsync = root.parts.some((part) => part.type === 'modifier' && part.text === 'async');
      return type === 'void' || (isAsync && /(?:^|\.)(?:Task|ValueTask)$/u.test(type));
    }
    default:
      return false;
  }
}

/** The initialiser of a field or property runs when its object is made. */
function lowerInitializer(lowering: Lowering, root: Syntax, value: Syntax | undefined, facts: FunctionFacts): void {
  const name = root.child('name')?.text;
  if (name === undefined || value === undefined) return;
  const target = `S.${name}`;
  if (value.type === 'implicit_object_creation_expression') {
    lowerCreation(lowering, value, target, facts.scope?.members.get(name)?.type);
  } else {
    lowering.value(value, target);
  }
}

/** `: base(...)`, `: this(...)`: another constructor that works on the same object. */
function lowerConstructorInitializer(lowering: Lowering, root: Syntax): void {
  const initializer = root.ofType('constructor_initializer');
  if (initializer === undefined) return;
  callConstructor(
    lowering,
    initializer.has('base') ? lowering.scope?.bases[0] : lowering.scope?.name,
    initializer.ofType('argument_list'),
    initializer,
  );
}

function callConstructor(
  lowering: Lowering,
  qualifier: string | undefined,
  list: Syntax | undefined,
  node: Syntax,
): void {
  const args = lowerArguments(lowering, list);
  if (args.length === 0) return;
  lowering.state.call({ name: '.ctor', ...(qualifier === undefined ? {} : { qualifier }), args, span: spanOf(node) });
}

/** The parameters stay in sight of all members, as fields are. */
function lowerPrimaryConstructor(lowering: Lowering, root: Syntax): void {
  for (const parameter of root.ofType('parameter_list')?.parts ?? []) {
    const name = parameter.child('name');
    const location = name && lowering.state.names.lookUp(name.text);
    if (name === undefined || location === undefined) continue;
    lowering.state.assign(`S.${name.text}`, { location, text: name.text }, spanOf(parameter));
  }
  const bases = root.ofType('base_list');
  const list = bases?.ofType('argument_list');
  if (list) callConstructor(lowering, lowering.scope?.bases[0], list, list);
}
