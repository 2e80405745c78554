/** `using`, `fixed`, `try`, `catch`, `finally`: what runs on the way out. */
import type { Location } from '../../flow/graph.ts';
import { lowerGuarded, lowerTry } from '../shared/clean-ups.ts';
import { inScope } from '../shared/scopes.ts';
import type { Syntax } from '../shared/syntax.ts';
import { declareWith, lowerVariables } from './local-declarations.ts';
import type { Lowering } from './lowering.ts';

/** @param rest lowers what stands after the declaration in its block */
export function lowerUsingDeclaration(lowering: Lowering, block: Syntax, statement: Syntax, rest: () => void): void {
  const declaration = statement.ofType('variable_declaration');
  const locals = declaration === undefined ? [] : lowerVariables(lowering, declaration);
  lowerGuarded(lowering, block, locals, disposeOf(statement), rest);
}

export function lowerUsingStatement(lowering: Lowering, node: Syntax): void {
  const body = node.child('body');
  const resource = node.parts.find((part) => part !== body);
  inScope(lowering, node, () => {
    const guarded = resource === undefined ? [] : resources(lowering, resource);
    lowerGuarded(lowering, node, guarded, disposeOf(node), () => {
      if (body) lowering.statement(body, true);
    });
  });
}

function disposeOf(node: Syntax): string {
  return node.has('await') ? 'DisposeAsync' : 'Dispose';
}

function resources(lowering: Lowering, resource: Syntax): readonly Location[] {
  if (resource.type === 'variable_declaration') return lowerVariables(lowering, resource);
  // Kept beside its place: the body may put another value there.
  const { state } = lowering;
  const { location } = lowering.value(resource, state.builder.newTemporary());
  return location === undefined ? [] : [location];
}

export function lowerFixed(lowering: Lowering, node: Syntax): void {
  inScope(lowering, node, () => {
    for (const part of node.parts) {
      if (part.type === 'variable_declaration') lowerVariables(lowering, part);
      else lowering.statement(part, true);
    }
  });
}

export function lowerTryStatement(lowering: Lowering, node: Syntax): void {
  const catches = node.parts.filter(({ type }) => type === 'catch_clause');
  lowerTry(lowering, node, {
    body: node.child('body'),
    catches: catches.map((clause) => () => {
      lowerCatch(lowering, clause);
    }),
    catchesAll: catches.some(catchesAll),
    cleanUp: node.ofType('finally_clause')?.ofType('block'),
  });
}

function catchesAll(clause: Syntax): boolean {
  const type = clause.ofType('catch_declaration')?.child('type')?.text;
  return !clause.has('catch_filter_clause') && (type === undefined || /^(?:System\.)?Exception$/u.test(type));
}

function lowerCatch(lowering: Lowering, clause: Syntax): void {
  inScope(lowering, clause, () => {
    const declaration = clause.ofType('catch_declaration');
    const name = declaration?.child('name');
    if (name) declareWith(lowering, name, declaration?.child('type'), undefined);
    const filter = clause.ofType('catch_filter_clause')?.last;
    if (filter) lowering.value(filter);
    const body = clause.child('body');
    if (body) lowering.statement(body);
  });
}
