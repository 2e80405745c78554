/** Lowering of one C# function from its syntax node. */
import type { Node } from 'web-tree-sitter';
import { GraphBuilder } from '../../flow/builder.ts';
import type { FunctionGraph, Parameter } from '../../flow/graph.ts';
import { LocalNames } from '../cs-shared/local-names.ts';
import { DepthGuard, field, fieldText, hasToken, namedChildren, TooDeep } from '../cs-shared/nodes.ts';
import { lowerCondition } from './conditions.ts';
import { lowerEffect, lowerValue } from './expressions.ts';
import { assign, type Lowering, locationOfName, spanOf, typeName } from './lowering.ts';
import { lowerSequence, lowerStatement } from './statements.ts';

export interface FunctionFacts {
  readonly name: string;
  readonly qualifiedName: string;
  readonly owner: string | undefined;
  readonly members: ReadonlySet<string>;
  readonly enclosing: ReadonlySet<string>;
  readonly isStatic: boolean;
  readonly start: number;
}

/** @param nodes the function's node; for top-level statements and field initialisers all that belong together */
export function lowerFunction(nodes: readonly Node[], facts: FunctionFacts): FunctionGraph {
  try {
    return lowerNodes(nodes, facts);
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    return emptyGraph(facts);
  }
}

function lowerNodes(nodes: readonly Node[], facts: FunctionFacts): FunctionGraph {
  const lowering = loweringOf(facts);
  const { builder } = lowering;
  const [first] = nodes;
  const parameters = first ? parametersOf(lowering, first) : [];
  for (const node of nodes) lowerBody(lowering, node);
  const end = (nodes.at(-1)?.endIndex ?? facts.start) - facts.start;
  builder.return(undefined, { start: Math.max(0, end - 1), end }, { implicit: true });
  return {
    ...emptyGraph(facts),
    parameters,
    blocks: builder.finish(),
    captured: lowering.captured,
    declarations: lowering.declarations.map((declaration) => ({
      ...declaration,
      alone: !lowering.reassigned.has(declaration.location),
    })),
    types: lowering.types,
  };
}

function emptyGraph({ name, qualifiedName, owner, isStatic }: FunctionFacts): FunctionGraph {
  return {
    name,
    qualifiedName,
    ...(owner === undefined ? {} : { owner }),
    parameters: [],
    blocks: [],
    captured: new Map(),
    declarations: [],
    isEntryPoint: name === '<top>' || (name === 'Main' && isStatic),
    types: new Map(),
  };
}

function loweringOf(facts: FunctionFacts): Lowering {
  const lowering: Lowering = {
    builder: new GraphBuilder(),
    names: new LocalNames(),
    base: facts.start,
    owner: facts.owner,
    members: facts.members,
    enclosing: facts.enclosing,
    captured: new Map(),
    types: new Map(),
    declarations: [],
    reassigned: new Set(),
    depth: new DepthGuard(),
    value: (node, into) => lowering.depth.descend(() => lowerValue(lowering, node, into)),
    effect: (node) => {
      lowering.depth.descend(() => {
        lowerEffect(lowering, node);
      });
    },
    condition: (node, then, otherwise) => {
      lowering.depth.descend(() => {
        lowerCondition(lowering, node, then, otherwise);
      });
    },
    statement: (node, braceless) => {
      lowering.depth.descend(() => {
        lowerStatement(lowering, node, braceless);
      });
    },
  };
  return lowering;
}

function parametersOf(lowering: Lowering, node: Node): readonly Parameter[] {
  const list = field(node, 'parameters');
  const parameters =
    list?.type === 'identifier' ? [list] : list ? namedChildren(list).filter(({ type }) => type === 'parameter') : [];
  return parameters.map((parameter) => {
    const name = parameter.type === 'identifier' ? parameter : field(parameter, 'name');
    const type = typeName(field(parameter, 'type'));
    const isReference =
      parameter.children.some((child) => child.type === 'modifier' && /^(?:out|ref)$/u.test(child.text)) ||
      hasToken(parameter, 'out') ||
      hasToken(parameter, 'ref');
    const [text, offset] = [name?.text ?? '', (name ?? parameter).startIndex - lowering.base];
    const location = isReference ? lowering.names.declareReference(text, offset) : lowering.names.declare(text, offset);
    if (type !== undefined) lowering.types.set(location, type);
    return { location, name: name?.text ?? '', ...(type === undefined ? {} : { type }) };
  });
}

function lowerBody(lowering: Lowering, node: Node): void {
  switch (node.type) {
    case 'variable_declarator': {
      const value = namedChildren(node).at(-1);
      if (value && value.id !== field(node, 'name')?.id)
        lowering.value(value, locationOfName(lowering, fieldText(node, 'name')));
      return;
    }
    case 'global_statement':
      lowerSequence(lowering, node, namedChildren(node));
      return;
    case 'constructor_declaration':
      lowerInitializer(lowering, node);
      break;
    default:
  }
  const body =
    field(node, 'body') ??
    namedChildren(node).find(({ type }) => type === 'arrow_expression_clause' || type === 'block') ??
    field(node, 'value');
  if (body === undefined) return;
  if (body.type === 'block') lowering.statement(body);
  else returnExpression(lowering, body);
}

function returnExpression(lowering: Lowering, body: Node): void {
  const expression = body.type === 'arrow_expression_clause' ? namedChildren(body)[0] : body;
  if (expression) lowering.builder.return(lowering.value(expression), spanOf(lowering, body));
}

/** `: base(...)`: given to the base class, which is a part of this object. */
function lowerInitializer(lowering: Lowering, node: Node): void {
  const initializer = namedChildren(node).find(({ type }) => type === 'constructor_initializer');
  const list = initializer && namedChildren(initializer).find(({ type }) => type === 'argument_list');
  for (const argument of list ? namedChildren(list) : []) {
    const value = namedChildren(argument).at(-1);
    if (value) assign(lowering, 'S.base.[]', lowering.value(value), argument);
  }
}
