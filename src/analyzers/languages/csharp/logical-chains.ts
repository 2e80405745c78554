/**
 * The grammar lets a constant pattern swallow what follows it: `x is null || y` is read as x tested against `null || y`.
 * Here such chains of `&&` and `||` are put together again as the language means them.
 */
import { Syntax } from '../shared/syntax.ts';

interface Chain {
  readonly terms: readonly Syntax[];
  /** Between the terms. */
  readonly operators: readonly string[];
}

/** The same condition with every pattern ending where it should; the node itself where nothing was swallowed. */
export function repaired(node: Syntax): Syntax {
  const chain = chainOf(node);
  return chain === undefined ? node : assembled(chain);
}

/** Undefined where no pattern of the chain has swallowed anything. */
function chainOf(node: Syntax): Chain | undefined {
  if (isJunction(node)) {
    const [left, right] = [node.child('left'), node.child('right')];
    const operator = node.child('operator')?.type;
    if (left === undefined || right === undefined || operator === undefined) return undefined;
    const [before, after] = [chainOf(left), chainOf(right)];
    if (before === undefined && after === undefined) return undefined;
    return concatenated(before ?? plain(left), operator, after ?? plain(right));
  }
  if (node.type !== 'is_pattern_expression') return undefined;
  const swallowed = swallowedBy(node);
  if (swallowed === undefined) return undefined;
  const { terms, operators } = chainOf(swallowed) ?? plain(swallowed);
  const [constant, ...others] = terms;
  return constant === undefined
    ? undefined
    : { terms: [withReplaced(node, swallowed, constant), ...others], operators };
}

function plain(node: Syntax): Chain {
  if (!isJunction(node)) return { terms: [node], operators: [] };
  const [left, right] = [node.child('left'), node.child('right')];
  const operator = node.child('operator')?.type;
  if (left === undefined || right === undefined || operator === undefined) return { terms: [node], operators: [] };
  return concatenated(plain(left), operator, plain(right));
}

function concatenated(before: Chain, operator: string, after: Chain): Chain {
  return {
    terms: [...before.terms, ...after.terms],
    operators: [...before.operators, operator, ...after.operators],
  };
}

function isJunction(node: Syntax): boolean {
  return node.type === 'binary_expression' && /^(?:&&|\|\|)$/u.test(node.child('operator')?.type ?? '');
}

/** The junction at the end of the pattern, if there is one. */
function swallowedBy(node: Syntax): Syntax | undefined {
  let at = node.child('pattern');
  while (at?.type.endsWith('_pattern')) at = at.end === at.last?.end ? at.last : undefined;
  return at !== undefined && isJunction(at) ? at : undefined;
}

/** A copy of `node` in which `inner` stands for `old`, and that ends with it. */
function withReplaced(node: Syntax, old: Syntax, inner: Syntax): Syntax {
  if (node === old) return inner;
  const children = node.children.map((child) => (child.end >= old.end ? withReplaced(child, old, inner) : child));
  return node.copy({ end: inner.end, children });
}

/** `||` binds less than `&&`. */
function assembled({ terms, operators }: Chain): Syntax {
  const alternatives: Syntax[] = [];
  for (const [index, term] of terms.entries()) {
    const before = alternatives.at(-1);
    if (before === undefined || operators[index - 1] === '||') alternatives.push(term);
    else alternatives[alternatives.length - 1] = joined(before, '&&', term);
  }
  return alternatives.reduce((left, right) => joined(left, '||', right));
}

function joined(left: Syntax, operator: string, right: Syntax): Syntax {
  const sign = left.copy({ type: operator, field: 'operator', start: left.end, end: left.end, children: [] });
  return left.copy({
    type: 'binary_expression',
    field: undefined,
    start: left.start,
    end: right.end,
    children: [left.copy({ field: 'left' }), sign, right.copy({ field: 'right' })],
  });
}
