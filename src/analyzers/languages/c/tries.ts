/** `try` of C++ and `__try` of Microsoft's compilers. */
import type { Syntax } from '../shared/syntax.ts';
import { declareLocal, typeText } from './declarations.ts';
import { readDeclarator } from './declarators.ts';
import { spanOf } from './lowering.ts';
import type { Lowering } from './lowering.ts';

export function lowerTry(l: Lowering, node: Syntax): void {
  const { builder } = l.state;
  const body = node.child('body');
  const catches = node.parts.filter(({ type }) => type === 'catch_clause');
  const isCatchAll = (clause: Syntax): boolean =>
    clause.child('parameters')?.has('...') === true || clause.child('parameters')?.text.includes('...') === true;
  builder.tryCatch(
    spanOf(l, node),
    () => {
      if (body) l.statement(body);
    },
    catches.map((clause) => () => {
      lowerCatch(l, clause);
    }),
    catches.some(isCatchAll),
  );
}

function lowerCatch(l: Lowering, clause: Syntax): void {
  const { builder, names } = l.state;
  builder.scope({ span: spanOf(l, clause) }, () => {
    names.within(() => {
      const parameter = clause.child('parameters')?.first;
      const shape = readDeclarator(parameter?.child('declarator'));
      if (shape.name) declareLocal(l, shape.name, typeText(parameter?.child('type'), shape));
      const body = clause.child('body');
      if (body) l.statement(body);
    });
  });
}

/** `__leave` jumps to the end of the body, by way of the `__finally`. */
export function lowerSehTry(l: Lowering, node: Syntax): void {
  const { builder } = l.state;
  const span = spanOf(l, node);
  const body = node.child('body');
  const except = node.parts.find(({ type }) => type === 'seh_except_clause');
  const final = node.parts.find(({ type }) => type === 'seh_finally_clause')?.child('body');
  const after = builder.newBlock();
  const targets = { label: '__leave', breakTo: after, onlyByLabel: true };
  const lowerBody = (): void => {
    if (body) l.statement(body);
  };
  if (except) {
    const filter = except.child('filter');
    builder.tryCatch(
      span,
      () => {
        builder.scope({ span, targets }, lowerBody);
      },
      [
        () => {
          if (filter) l.effect(filter);
          const handler = except.child('body');
          if (handler) l.statement(handler);
        },
      ],
      true,
    );
  } else {
    const cleanUp =
      final &&
      ((): void => {
        l.statement(final);
      });
    builder.scope({ span, targets, cleanUp }, lowerBody);
  }
  builder.start(after);
}
