/** Dictionaries, comprehensions and what loops go through in Python. */
import type { Syntax } from '../shared/syntax.ts';
import { at, block, placed } from '../shared/terms/reading.ts';
import type { Pattern, Term } from '../shared/terms/term.ts';

interface Reader {
  readonly read: (node: Syntax | undefined) => Term;
  readonly target: (node: Syntax) => Pattern;
}

export function readDictionary(node: Syntax, { read }: Reader): Term {
  const pairs = node.parts.filter(({ type }) => type === 'pair');
  const keyed = pairs.map((pair) => ({
    key: read(pair.child('key')),
    value: read(pair.child('value')),
  }));
  if (keyed.length > 0 && keyed.every(({ key }) => key.kind === 'constant' && key.literal !== undefined)) {
    const members = keyed.map(({ key, value }) => ({ name: keyText(key), value }));
    return { ...at(node), kind: 'create', members };
  }
  return { ...at(node), kind: 'list', elements: keyed.map(({ value }) => value) };
}

function keyText(key: Term): string {
  const literal = key.kind === 'constant' ? (key.literal ?? '') : '';
  return literal === '' ? '[]' : literal.replaceAll('.', '_');
}

/** What it makes is put into a collection, one after the other, as a loop would do it. */
export function readComprehension(node: Syntax, reader: Reader): Term {
  const { read } = reader;
  const body = node.child('body');
  const made = body?.type === 'pair' ? body.child('value') : body;
  const made1 = at({ start: node.start, end: node.start, text: '' });
  const collection: Term = { ...made1, kind: 'name', name: `made@${node.start}` };
  const put: Term = {
    ...at(body ?? node),
    kind: 'assign',
    target: placed({ ...at(node), kind: 'element', object: collection }),
    value: read(made),
  };
  const clauses = node.parts.filter(({ type }) => type === 'for_in_clause' || type === 'if_clause');
  const loop = clauses.reduceRight<Term>((inner, clause) => {
    if (clause.type === 'if_clause') {
      return { ...at(node), kind: 'choice', condition: read(clause.first), then: inner };
    }
    const [left, right] = [clause.child('left'), clause.child('right')];
    if (left === undefined || right === undefined) return inner;
    return { ...at(node), kind: 'each', target: bound(left, reader), over: readIterated(right, read), body: inner };
  }, put);
  const fresh: Term = {
    ...at(node),
    kind: 'assign',
    target: { ...made1, kind: 'bind', name: `made@${node.start}` },
    value: { ...at(node), kind: 'list', elements: [] },
  };
  return block(node, [fresh, loop, collection], true);
}

/** The variables of a comprehension are its own. */
function bound(node: Syntax, { target }: Reader): Pattern {
  if (node.type === 'identifier') return { ...at(node), kind: 'bind', name: node.text };
  return target(node);
}

/** What a loop goes through: `enumerate(x)`, `list(x)`, `x.values()` and `reversed(x)` have the elements of `x`. */
export function readIterated(node: Syntax, read: Reader['read']): Term {
  const called = node.type === 'call' ? node.child('function') : undefined;
  const inner = node.child('arguments')?.first;
  if (
    called?.type === 'identifier' &&
    inner &&
    /^(?:list|tuple|set|sorted|reversed|iter|enumerate)$/u.test(called.text)
  ) {
    return readIterated(inner, read);
  }
  const method = called?.type === 'attribute' ? called.child('attribute')?.text : undefined;
  if (method !== undefined && /^(?:values|items|copy)$/u.test(method)) return read(called?.child('object'));
  if (node.type === 'subscript' && node.child('subscript')?.type === 'slice') return read(node.child('value'));
  return read(node);
}
