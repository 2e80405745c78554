/** C# statements. */
import type { Node } from 'web-tree-sitter';
import type { Location } from '../../flow/graph.ts';
import { field, hasToken, namedChildren } from '../cs-shared/nodes.ts';
import { noteClosure } from './closures.ts';
import { declarations, declareVariables } from './declarations.ts';
import { lowerDo, lowerFor, lowerForeach, lowerWhile } from './loops.ts';
import { declareLocal, type Lowering, spanOf, typeName } from './lowering.ts';
import { lowerSwitch } from './switches.ts';

/** `braceless`: the statement is the whole body of an `if` or loop. */
export function lowerStatement(lowering: Lowering, node: Node, braceless = false): void {
  switch (node.type) {
    case 'block':
      lowerBlock(lowering, node);
      break;
    case 'local_declaration_statement':
      lowerLocalDeclaration(lowering, node);
      break;
    case 'expression_statement':
      namedChildren(node).forEach((child) => {
        lowering.effect(child);
      });
      break;
    case 'if_statement':
      lowerIf(lowering, node);
      break;
    case 'using_statement':
      lowerUsing(lowering, node);
      break;
    case 'return_statement': {
      const value = namedChildren(node)[0];
      lowering.builder.return(value && lowering.value(value), spanOf(lowering, node), { braceless });
      break;
    }
    case 'throw_statement': {
      const value = namedChildren(node)[0];
      lowering.builder.throw(value && lowering.value(value), spanOf(lowering, node), { braceless });
      break;
    }
    case 'try_statement':
      lowerTry(lowering, node);
      break;
    case 'for_statement':
      lowerFor(lowering, node);
      break;
    case 'foreach_statement':
      lowerForeach(lowering, node);
      break;
    case 'while_statement':
      lowerWhile(lowering, node);
      break;
    case 'do_statement':
      lowerDo(lowering, node);
      break;
    case 'switch_statement':
      lowerSwitch(lowering, node);
      break;
    case 'break_statement':
      lowering.builder.break();
      break;
    case 'continue_statement':
      lowering.builder.continue();
      break;
    case 'yield_statement':
      lowerYield(lowering, node);
      break;
    case 'labeled_statement':
      lowerLabeled(lowering, node);
      break;
    case 'goto_statement': {
      const label = namedChildren(node)[0];
      if (label?.type === 'identifier') lowering.builder.gotoLabel(label.text);
      break;
    }
    case 'local_function_statement':
      noteClosure(lowering, node);
      break;
    case 'fixed_statement':
      lowerFixed(lowering, node);
      break;
    case 'empty_statement':
    case 'comment':
      break;
    default:
      lowerParts(lowering, node);
  }
}

/** `lock`, `unsafe`, `checked` and what is not known: expressions and statements in order. */
function lowerParts(lowering: Lowering, node: Node): void {
  for (const child of namedChildren(node)) {
    if (child.type === 'block' || child.type.endsWith('_statement')) lowering.statement(child);
    else lowering.effect(child);
  }
}

/** A block's locals end with it; after a `using` declaration the rest of the block is what it guards. */
function lowerBlock(lowering: Lowering, node: Node): void {
  const statements = namedChildren(node);
  lowering.builder.scope({ span: spanOf(lowering, node) }, () => {
    lowering.names.within(() => {
      lowerSequence(lowering, node, statements);
    });
  });
}

export function lowerSequence(lowering: Lowering, block: Node, statements: readonly Node[]): void {
  for (const [index, statement] of statements.entries()) {
    if (statement.type === 'local_declaration_statement' && hasToken(statement, 'using')) {
      const declaration = namedChildren(statement).find(({ type }) => type === 'variable_declaration');
      if (declaration) {
        guard(lowering, declaration, block, () => {
          lowerSequence(lowering, block, statements.slice(index + 1));
        });
        return;
      }
    }
    lowering.statement(statement);
  }
}

function lowerLocalDeclaration(lowering: Lowering, node: Node): void {
  const declaration = namedChildren(node).find(({ type }) => type === 'variable_declaration');
  if (declaration) declarations(lowering, declaration, node);
}

function lowerIf(lowering: Lowering, node: Node): void {
  const [condition, then, otherwise] = [
    field(node, 'condition'),
    field(node, 'consequence'),
    field(node, 'alternative'),
  ];
  lowering.builder.ifElse(
    (yes, no) => {
      if (condition) lowering.condition(condition, yes, no);
    },
    () => {
      if (then) lowering.statement(then, true);
    },
    otherwise &&
      (() => {
        lowering.statement(otherwise, true);
      }),
  );
}

function lowerUsing(lowering: Lowering, node: Node): void {
  const body = field(node, 'body');
  const resource = namedChildren(node).find((child) => child.id !== body?.id);
  lowering.names.within(() => {
    const lowerBody = (): void => {
      if (body) lowering.statement(body, true);
    };
    if (resource) guard(lowering, resource, node, lowerBody);
    else lowerBody();
  });
}

/** What `using` names is disposed on every way out of the body. */
function guard(lowering: Lowering, resource: Node, whole: Node, body: () => void): void {
  const span = spanOf(lowering, whole);
  let guarded: readonly Location[] = [];
  lowering.builder.scope({ span }, () => {
    // Made before the guarded part begins: what raises an exception here made nothing.
    guarded =
      resource.type === 'variable_declaration'
        ? declareVariables(lowering, resource)
        : guardExpression(lowering, resource);
    const dispose = (): void => {
      for (const location of guarded.toReversed()) {
        lowering.builder.emit({
          type: 'call',
          name: 'Dispose',
          receiver: { location, text: '' },
          args: [],
          implicit: true,
          span: spanOf(lowering, resource),
        });
      }
    };
    lowering.builder.scope({ span, cleanUp: dispose }, body);
  });
}

function guardExpression(lowering: Lowering, resource: Node): readonly Location[] {
  const { location } = lowering.value(resource);
  if (location === undefined) return [];
  // The value is kept beside the place: the body may put another one there.
  const kept = lowering.names.declare(`using ${resource.startIndex}`, resource.startIndex - lowering.base);
  lowering.builder.declare(kept);
  lowering.builder.emit({
    type: 'assign',
    to: kept,
    from: { location, text: resource.text.slice(0, 60) },
    span: spanOf(lowering, resource),
  });
  return [kept];
}

function lowerTry(lowering: Lowering, node: Node): void {
  const span = spanOf(lowering, node);
  const parts = namedChildren(node);
  const body = field(node, 'body') ?? parts[0];
  const catches = parts.filter(({ type }) => type === 'catch_clause');
  const last = parts.find(({ type }) => type === 'finally_clause');
  const guarded = (): void => {
    if (!body) return;
    if (catches.length === 0) {
      lowering.statement(body);
      return;
    }
    lowering.builder.tryCatch(
      span,
      () => {
        lowering.statement(body);
      },
      catches.map((clause) => () => {
        lowerCatch(lowering, clause);
      }),
      catches.some(catchesAll),
    );
  };
  const cleanUp = last && namedChildren(last)[0];
  if (cleanUp)
    lowering.builder.scope(
      {
        span,
        cleanUp: () => {
          lowering.statement(cleanUp);
        },
      },
      guarded,
    );
  else guarded();
}

function catchesAll(clause: Node): boolean {
  const parts = namedChildren(clause);
  if (parts.some(({ type }) => type === 'catch_filter_clause')) return false;
  const declaration = parts.find(({ type }) => type === 'catch_declaration');
  return declaration === undefined || /^(?:System\.)?Exception$/u.test(field(declaration, 'type')?.text ?? '');
}

function lowerCatch(lowering: Lowering, clause: Node): void {
  lowering.builder.scope({ span: spanOf(lowering, clause) }, () => {
    lowering.names.within(() => {
      const declaration = namedChildren(clause).find(({ type }) => type === 'catch_declaration');
      const name = declaration && field(declaration, 'name');
      if (name) declareLocal(lowering, name.text, name, typeName(field(declaration, 'type')));
      const body = field(clause, 'body');
      if (body) lowering.statement(body);
    });
  });
}

/** An element given to whoever runs the iterator. */
function lowerYield(lowering: Lowering, node: Node): void {
  const value = namedChildren(node)[0];
  if (value)
    lowering.builder.emit({ type: 'call', name: 'yield', args: [lowering.value(value)], span: spanOf(lowering, node) });
  else lowering.builder.return(undefined, spanOf(lowering, node));
}

function lowerLabeled(lowering: Lowering, node: Node): void {
  const [label, ...rest] = namedChildren(node);
  if (label) lowering.builder.label(label.text);
  for (const statement of rest) lowering.statement(statement);
}

function lowerFixed(lowering: Lowering, node: Node): void {
  lowering.builder.scope({ span: spanOf(lowering, node) }, () => {
    lowering.names.within(() => {
      for (const part of namedChildren(node)) {
        if (part.type === 'variable_declaration') declareVariables(lowering, part);
        else lowering.statement(part);
      }
    });
  });
}
