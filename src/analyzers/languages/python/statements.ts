/** Python statements as terms. */
import { descendants, type Syntax } from '../shared/syntax.ts';
import { at, block, closure, constant, name, nothing, parts } from '../shared/terms/reading.ts';
import type { Case, Pattern, Term } from '../shared/terms/term.ts';
import { readDelete } from './calls.ts';
import { readIterated } from './collections.ts';
import { readExpression, readTarget } from './expressions.ts';
import { isVariable } from './names.ts';

export function readBlock(node: Syntax): Term {
  return block(node, node.parts.map(readStatement));
}

function readStatement(node: Syntax): Term {
  switch (node.type) {
    case 'block':
    case 'module':
      return readBlock(node);
    case 'expression_statement':
      return parts(node, node.parts.map(readExpression));
    case 'if_statement':
      return readIf(node);
    case 'while_statement':
      return {
        ...at(node),
        kind: 'loop',
        condition: readExpression(node.child('condition')),
        body: readBody(node),
        reads: readsIn(node),
        otherwise: readElse(node),
      };
    case 'for_statement':
      return readFor(node);
    case 'break_statement':
      return { ...at(node), kind: 'break' };
    case 'continue_statement':
      return { ...at(node), kind: 'continue' };
    case 'return_statement':
      return { ...at(node), kind: 'return', values: node.first ? [readExpression(node.first)] : [] };
    case 'raise_statement':
      return { ...at(node), kind: 'throw', value: node.first && readExpression(node.first) };
    case 'try_statement':
      return readTry(node);
    case 'with_statement':
      return readWith(node);
    case 'assert_statement': {
      const then: Term = nothing(node);
      const otherwise: Term = { ...at(node), kind: 'throw' };
      return { ...at(node), kind: 'choice', condition: readExpression(node.first), then, otherwise };
    }
    case 'delete_statement':
      return readDelete(node, readExpression);
    case 'match_statement':
      return readMatch(node);
    case 'function_definition':
    case 'decorated_definition':
    case 'class_definition':
      return closure(node, isVariable);
    case 'import_statement':
    case 'import_from_statement':
    case 'future_import_statement':
    case 'global_statement':
    case 'nonlocal_statement':
    case 'pass_statement':
    case 'type_alias_statement':
      return nothing(node);
    default:
      return readExpression(node);
  }
}

function readBody(node: Syntax, field = 'body'): Term {
  const body = node.child(field) ?? node.ofType('block');
  return body === undefined ? nothing(node) : readBlock(body);
}

function readIf(node: Syntax): Term {
  const clauses = node.all('alternative');
  const otherwise = clauses.reduceRight<Term | undefined>((rest, clause) => {
    if (clause.type === 'else_clause') return readBody(clause);
    return {
      ...at(clause),
      kind: 'choice',
      condition: readExpression(clause.child('condition')),
      then: readBody(clause, 'consequence'),
      otherwise: rest,
    };
  }, undefined);
  const condition = readExpression(node.child('condition'));
  return { ...at(node), kind: 'choice', condition, then: readBody(node, 'consequence'), otherwise };
}

function readElse(node: Syntax): Term | undefined {
  const otherwise = node.child('alternative');
  return otherwise && readBody(otherwise);
}

function readFor(node: Syntax): Term {
  const [left, right] = [node.child('left'), node.child('right')];
  if (left === undefined || right === undefined) return nothing(node);
  const called = right.type === 'call' ? (right.child('function')?.text ?? '') : '';
  // Of a pair the second is the element: what `enumerate` and `items` count by is none.
  const isPaired = called === 'enumerate' || called.endsWith('.items');
  const target = isPaired ? lastOf(readTarget(left)) : readTarget(left);
  return {
    ...at(node),
    kind: 'each',
    target,
    over: readIterated(right, readExpression),
    body: readBody(node),
    otherwise: readElse(node),
  };
}

function lastOf(pattern: Pattern): Pattern {
  return pattern.kind === 'parts' ? (pattern.parts.at(-1)?.pattern ?? pattern) : pattern;
}

function readsIn(node: Syntax): readonly Term[] {
  return [...descendants(node)].flatMap((inner) => {
    if (inner.type === 'subscript' && inner.field !== 'left') return [readExpression(inner.child('value'))];
    const called = inner.type === 'call' ? inner.child('function') : undefined;
    if (called?.type !== 'attribute') return [];
    return /^(?:pop|popleft|popitem)$/u.test(called.child('attribute')?.text ?? '')
      ? [readExpression(called.child('object'))]
      : [];
  });
}

function readTry(node: Syntax): Term {
  const catches = node.parts.filter(({ type }) => type === 'except_clause' || type === 'except_group_clause');
  const otherwise = node.ofType('else_clause');
  const body = readBody(node);
  const inner = otherwise === undefined ? body : block(node, [body, readBody(otherwise)]);
  const cleanUp = node.ofType('finally_clause');
  return {
    ...at(node),
    kind: 'try',
    body: inner,
    catches: catches.map((clause) => ({ body: readBody(clause) })),
    catchesAll: catches.some(catchesAll),
    cleanUp: cleanUp && readBody(cleanUp),
  };
}

function catchesAll(clause: Syntax): boolean {
  const value = clause.child('value');
  const type = value?.type === 'as_pattern' ? value.first : value;
  return type === undefined || /^(?:Base)?Exception$/u.test(type.text);
}

function readWith(node: Syntax): Term {
  const items = node.ofType('with_clause')?.parts ?? [];
  return items.reduceRight<Term>((body, item) => {
    const value = item.child('value') ?? item.first;
    const isNamed = value?.type === 'as_pattern';
    const target = isNamed ? value.child('alias') : undefined;
    const guarded = readExpression(isNamed ? value.first : value);
    const pattern = target && readTarget(target);
    return { ...at(node), kind: 'guarded', target: pattern, value: guarded, release: '__exit__', body };
  }, readBody(node));
}

function readMatch(node: Syntax): Term {
  const clauses = node.child('body')?.parts.filter(({ type }) => type === 'case_clause') ?? [];
  const cases = clauses.map((clause): Case => ({
    pattern: readCasePattern(clause),
    body: readBody(clause, 'consequence'),
  }));
  return { ...at(node), kind: 'match', subject: readExpression(node.child('subject')), cases };
}

function readCasePattern(clause: Syntax): Pattern {
  const pattern = clause.ofType('case_pattern');
  if (pattern === undefined || clause.child('guard')) return { ...at(clause), kind: 'unknown', patterns: [] };
  if (pattern.text === '_') return { ...at(pattern), kind: 'ignore' };
  const [only, ...others] = pattern.parts;
  if (only?.type === 'none' && others.length === 0) {
    return { ...at(pattern), kind: 'equals', value: constant(only, 'null') };
  }
  if (only?.type === 'dotted_name' && others.length === 0 && !only.text.includes('.')) {
    return { ...at(pattern), kind: 'place', place: name(only) };
  }
  return { ...at(pattern), kind: 'unknown', patterns: [] };
}
