/** Lowering of one function, closure or method from its syntax. */
import { GraphBuilder } from '../../flow/builder.ts';
import type { FunctionGraph, Parameter, Span } from '../../flow/graph.ts';
import { TooDeep } from '../shared/syntax.ts';
import type { Syntax } from '../shared/syntax.ts';
import { lowerInitializers } from './constructors.ts';
import { lowerCondition } from './conditions.ts';
import { typeText } from './declarations.ts';
import { readDeclarator } from './declarators.ts';
import type { Declarator } from './declarators.ts';
import { lowerExpression } from './expressions.ts';
import { resolveType } from './file-facts.ts';
import type { FileFacts } from './file-facts.ts';
import { localAt } from './lowering.ts';
import type { FunctionState, Lowering, MacroArgument } from './lowering.ts';
import { MacroBodies } from './macro-bodies.ts';
import { Names } from './names.ts';
import { lowerStatement } from './statements.ts';
import { classNameOf } from './types.ts';

export interface FunctionIdentity {
  readonly name: string;
  readonly qualifiedName: string;
  readonly owner: string | undefined;
  /** Names of locals of the functions around a closure. */
  readonly enclosing: ReadonlySet<string>;
}

const ENTRY_POINTS: ReadonlySet<string> = new Set(['main', 'wmain', '_tmain', 'WinMain', 'wWinMain', '_tWinMain']);

/** @param function_ the function's node, its offsets counted from its own start */
export function lowerFunction(function_: Syntax, identity: FunctionIdentity, facts: FileFacts): FunctionGraph {
  try {
    return graphOf(function_, identity, facts);
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    return emptyGraph(identity);
  }
}

/** For a function that nests too deeply to be read: nothing happens in it. */
function emptyGraph({ name, qualifiedName, owner }: FunctionIdentity): FunctionGraph {
  return {
    name,
    qualifiedName,
    ...(owner === undefined ? {} : { owner }),
    parameters: [],
    blocks: [{ events: [], end: { type: 'end' } }],
    captured: new Map(),
    declarations: [],
    isEntryPoint: false,
    types: new Map(),
  };
}

function graphOf(node: Syntax, identity: FunctionIdentity, facts: FileFacts): FunctionGraph {
  const shape = readDeclarator(node.child('declarator'));
  const builder = new GraphBuilder();
  const state: FunctionState = {
    builder,
    names: new Names(identity.owner),
    facts,
    macroBodies: new MacroBodies(facts),
    captured: new Map(),
    types: new Map(),
    returnType: shape.reference || shape.pointers > 0 ? '*' : (node.child('type')?.text ?? ''),
    source: node.text,
    enclosing: identity.enclosing,
    loopElements: [],
    depth: 0,
    steps: 0,
  };
  const l = loweringOf(state, undefined, new Map(), []);
  const parameters = parametersOf(l, node, shape);
  if (identity.name === '.ctor') lowerInitializers(l, node);
  const body =
    node.child('body') ?? node.parts.find(({ type }) => type === 'compound_statement' || type === 'try_statement');
  if (body) l.statement(body);
  builder.return(undefined, closingBrace(node), { implicit: true });
  return {
    ...emptyGraph(identity),
    parameters,
    blocks: builder.finish(),
    captured: state.captured,
    isEntryPoint: identity.owner === undefined && ENTRY_POINTS.has(identity.name),
    types: state.types,
  };
}

function closingBrace({ end }: Syntax): Span {
  return { start: Math.max(0, end - 1), end };
}

function loweringOf(
  state: FunctionState,
  origin: Span | undefined,
  macroArguments: ReadonlyMap<string, MacroArgument>,
  activeMacros: readonly string[],
): Lowering {
  const l: Lowering = {
    state,
    origin,
    macroArguments,
    activeMacros,
    value: (node, into) => lowerExpression(l, node, into, true),
    effect: (node) => {
      lowerExpression(l, node, undefined, false);
    },
    condition: (node, then, otherwise) => {
      lowerCondition(l, node, then, otherwise);
    },
    statement: (node, braceless = false) => {
      lowerStatement(l, node, braceless && node.type !== 'compound_statement');
    },
    inMacro: (name, at, args) => loweringOf(state, at, args, [...activeMacros, name]),
  };
  return l;
}

function parametersOf(l: Lowering, node: Syntax, shape: Declarator): readonly Parameter[] {
  const list = shape.parameters ?? lambdaParameters(node);
  const declared = (list?.parts ?? []).filter((part) => /parameter_declaration|^identifier$/u.test(part.type));
  const parameters = declared.map((part) =>
    part.type === 'identifier' ? oldStyle(l, node, part) : parameterOf(l, part),
  );
  // `(void)` declares none.
  return parameters.length === 1 && parameters[0]?.type === 'void' ? [] : parameters;
}

function lambdaParameters(node: Syntax): Syntax | undefined {
  const declarator = node.child('declarator');
  return declarator?.child('parameters') ?? declarator?.parts.find(({ type }) => type === 'parameter_list');
}

function parameterOf(l: Lowering, part: Syntax): Parameter {
  const shape = readDeclarator(part.child('declarator'));
  const abstract = part.child('declarator');
  const type =
    shape.name || !abstract
      ? typeText(part.child('type'), shape)
      : `${part.child('type')?.text ?? ''}${abstract.text.replace(/[^*&]/gu, '')}`;
  const isConstant = part.parts.some(({ type: kind, text }) => kind === 'type_qualifier' && text === 'const');
  return bindParameter(l, shape.name?.text ?? '', shape.name ?? part, type, isConstant);
}

/** `int f(handle) HANDLE handle; { ... }`: the type stands in a declaration before the body. */
function oldStyle(l: Lowering, node: Syntax, name: Syntax): Parameter {
  const declarations = node.parts.filter(({ type }) => type === 'declaration');
  for (const declaration of declarations) {
    for (const declarator of declaration.all('declarator')) {
      const shape = readDeclarator(declarator);
      if (shape.name?.text === name.text)
        return bindParameter(l, name.text, name, typeText(declaration.child('type'), shape));
    }
  }
  return bindParameter(l, name.text, name, 'int');
}

function bindParameter(l: Lowering, name: string, at: Syntax, type: string, isConstant = false): Parameter {
  const { names, types, facts } = l.state;
  const location = localAt(l, name, at);
  const resolved = resolveType(facts, type.replace(/&+$/u, ''));
  // What is taken by reference is the caller's own variable.
  const isCallers = type.endsWith('&') && !type.endsWith('&&') && !isConstant;
  const place = isCallers ? `${location}.&` : location;
  if (name !== '') names.bind(name, { location: place, type: resolved });
  if (resolved !== '') types.set(place, classNameOf(resolved));
  return { location, name, ...(type === '' ? {} : { type }) };
}
