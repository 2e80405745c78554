/** `using`, `fixed`, `try`, `catch`, `finally`: what runs on the way out. */
import type { Location } from '../../flow/graph.ts';
import { closingOf, spanOf } from '../shared/function-state.ts';
import type { Syntax } from '../shared/syntax.ts';
import { declareWith, lowerVariables } from './local-declarations.ts';
import type { Lowering } from './lowering.ts';

/** @param rest lowers what stands after the declaration in its block */
export function lowerUsingDeclaration(lowering: Lowering, block: Syntax, statement: Syntax, rest: () => void): void {
  const declaration = statement.ofType('variable_declaration');
  const locals = declaration === undefined ? [] : lowerVariables(lowering, declaration);
  guard(lowering, block, locals, statement.has('await'), rest);
}

export function lowerUsingStatement(lowering: Lowering, node: Syntax): void {
  const body = node.child('body');
  const resource = node.parts.find((part) => part !== body);
  const { builder, names } = lowering.state;
  builder.scope({ span: spanOf(node) }, () => {
    names.within(() => {
      const guarded = resource === undefined ? [] : resources(lowering, resource);
      guard(lowering, node, guarded, node.has('await'), () => {
        if (body) lowering.statement(body, true);
      });
    });
  });
}

function resources(lowering: Lowering, resource: Syntax): readonly Location[] {
  if (resource.type === 'variable_declaration') return lowerVariables(lowering, resource);
  // Kept beside its place: the body may put another value there.
  const { state } = lowering;
  const { location } = lowering.value(resource, state.builder.newTemporary());
  return location === undefined ? [] : [location];
}

/** Every one is disposed by itself: the second one is made under the guard of the first. */
function guard(
  lowering: Lowering,
  whole: Syntax,
  guarded: readonly Location[],
  isAsync: boolean,
  body: () => void,
): void {
  const [first, ...others] = guarded;
  if (first === undefined) {
    body();
    return;
  }
  const dispose = (): void => {
    lowering.state.call({
      name: isAsync ? 'DisposeAsync' : 'Dispose',
      receiver: { location: first, text: '' },
      args: [],
      implicit: true,
      span: closingOf(whole),
    });
  };
  lowering.state.builder.scope({ span: spanOf(whole), cleanUp: dispose }, () => {
    guard(lowering, whole, others, isAsync, body);
  });
}

export function lowerFixed(lowering: Lowering, node: Syntax): void {
  const { builder, names } = lowering.state;
  builder.scope({ span: spanOf(node) }, () => {
    names.within(() => {
      for (const part of node.parts) {
        if (part.type === 'variable_declaration') lowerVariables(lowering, part);
        else lowering.statement(part, true);
      }
    });
  });
}

export function lowerTry(lowering: Lowering, node: Syntax): void {
  const { builder, names } = lowering.state;
  const body = node.child('body');
  const catches = node.parts.filter(({ type }) => type === 'catch_clause');
  const cleanUp = node.ofType('finally_clause')?.ofType('block');
  const outside = names.current;
  const guarded = (): void => {
    if (body === undefined) return;
    if (catches.length === 0) {
      lowering.statement(body);
      return;
    }
    builder.tryCatch(
      spanOf(node),
      () => {
        lowering.statement(body);
      },
      catches.map((clause) => () => {
        lowerCatch(lowering, clause);
      }),
      catches.some(catchesAll),
    );
  };
  if (cleanUp === undefined) {
    guarded();
    return;
  }
  const runCleanUp = (): void => {
    // The clean-up sees the names around the `try`, wherever the way out begins.
    names.within(() => {
      lowering.statement(cleanUp);
    }, outside);
  };
  builder.scope({ span: spanOf(node), cleanUp: runCleanUp }, guarded);
}

function catchesAll(clause: Syntax): boolean {
  const type = clause.ofType('catch_declaration')?.child('type')?.text;
  return !clause.has('catch_filter_clause') && (type === undefined || /^(?:System\.)?Exception$/u.test(type));
}

function lowerCatch(lowering: Lowering, clause: Syntax): void {
  const { builder, names } = lowering.state;
  builder.scope({ span: spanOf(clause) }, () => {
    names.within(() => {
      const declaration = clause.ofType('catch_declaration');
      const name = declaration?.child('name');
      if (name) declareWith(lowering, name, declaration?.child('type'), undefined);
      const filter = clause.ofType('catch_filter_clause')?.last;
      if (filter) lowering.value(filter);
      const body = clause.child('body');
      if (body) lowering.statement(body);
    });
  });
}
