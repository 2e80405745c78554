/** The functions of a file as units that are lowered when somebody asks; each lambda is one of its own. */
import type { Node } from 'web-tree-sitter';
import type { FunctionUnit } from '../front-end.ts';
import { readSyntax } from '../shared/syntax.ts';
import type { Syntax } from '../shared/syntax.ts';
import { readDeclarator } from './declarators.ts';
import { hash } from './file-facts.ts';
import type { FileFacts } from './file-facts.ts';
import { lowerFunction } from './function-graph.ts';
import type { FunctionIdentity } from './function-graph.ts';
import { declaredNames, nameOf } from './function-names.ts';

const HAS_CLOSURE = /\[[^[\]]*\]\s*(?:\(|\{|mutable\b|noexcept\b|<|->)/u;

/** Classes and namespaces around a function. */
export interface Scope {
  readonly prefix: readonly string[];
  readonly owner: string | undefined;
}

/** What all units of a file share. */
export interface UnitSource {
  /** The text that was parsed, and the one that the file has. */
  readonly prepared: string;
  readonly text: string;
  readonly facts: FileFacts;
  readonly digest: string;
  /** Namespaces of the file: `ns::f` is no method. */
  readonly namespaces: ReadonlySet<string>;
}

export function unitsOf(node: Node, scope: Scope, source: UnitSource): FunctionUnit[] {
  const declarator =
    node.childForFieldName('declarator') ?? node.namedChildren.find(({ type }) => type === 'function_declarator');
  const shape = declarator ? readDeclarator(readSyntax(declarator, 0, source.prepared)) : undefined;
  const { name, owner, path } = shape?.name
    ? nameOf(shape.name, scope.owner, source.namespaces)
    : { name: '', owner: scope.owner, path: [] };
  const identity: FunctionIdentity = {
    name,
    owner,
    qualifiedName: [...scope.prefix, ...path, name].join('.'),
    enclosing: new Set(),
  };
  const hasClosures =
    source.facts.dialect === 'cpp' &&
    !node.hasError &&
    HAS_CLOSURE.test(source.prepared.slice(node.startIndex, node.endIndex));
  return [unitOf(node, identity, source), ...(hasClosures ? closuresOf(node, identity, source) : [])];
}

/** Lambdas, each a unit of its own that knows the names of the locals around it. */
function closuresOf(node: Node, { qualifiedName, owner }: FunctionIdentity, source: UnitSource): FunctionUnit[] {
  const lambdas = node.descendantsOfType('lambda_expression');
  const enclosing = lambdas.length === 0 ? new Set<string>() : declaredNames(syntaxOf(node, source.text));
  return lambdas.map((lambda) =>
    unitOf(lambda, { name: '<lambda>', qualifiedName: `${qualifiedName}.<lambda>`, owner, enclosing }, source),
  );
}

function unitOf(node: Node, identity: FunctionIdentity, { prepared, text, facts, digest }: UnitSource): FunctionUnit {
  const { name, qualifiedName, owner, enclosing } = identity;
  const { startIndex: start, endIndex: end } = node;
  const own = prepared.slice(start, end);
  const rewritten = own === text.slice(start, end) ? '' : hash(own);
  return {
    name,
    qualifiedName,
    ...(owner === undefined ? {} : { owner }),
    start,
    end,
    broken: node.hasError,
    context: [digest, owner ?? '', rewritten, ...enclosing].join(' '),
    lower: () => lowerFunction(syntaxOf(node, text), identity, facts),
  };
}

/** Structure from the tree of the prepared text, words from the text that the user wrote. */
function syntaxOf(node: Node, text: string): Syntax {
  return readSyntax(node, node.startIndex, text.slice(node.startIndex, node.endIndex));
}
