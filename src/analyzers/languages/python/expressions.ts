/** Python expressions as terms. */
import type { Syntax } from '../shared/syntax.ts';
import {
  at,
  closure,
  constant,
  name,
  namedConstant,
  negated,
  nothing,
  numberConstant,
  parts,
  placed,
} from '../shared/terms/reading.ts';
import type { Pattern, Term } from '../shared/terms/term.ts';
import { readCall } from './calls.ts';
import { readComprehension, readDictionary } from './collections.ts';
import { isVariable } from './names.ts';

const READER = {
  read: (node: Syntax | undefined): Term => readExpression(node),
  target: (node: Syntax): Pattern => readTarget(node),
};

export function readExpression(node: Syntax | undefined): Term {
  if (node === undefined) return nothing({ start: 0, end: 0, text: '' });
  const invalid = /^(?:identifier|attribute)$/u.test(node.type) ? namedConstant(node) : undefined;
  if (invalid !== undefined) return invalid;
  switch (node.type) {
    case 'identifier':
      return name(node);
    case 'none':
      return constant(node, 'null');
    case 'true':
    case 'false':
      return constant(node, node.type);
    case 'integer':
    case 'float':
      return numberConstant(node);
    case 'string':
      return readString(node);
    case 'attribute':
      return readAttribute(node);
    case 'subscript':
      return { ...at(node), kind: 'element', object: read(node, 'value'), index: readIndex(node.child('subscript')) };
    case 'call':
      return readCall(node, readExpression);
    case 'parenthesized_expression':
    case 'await':
    case 'list_splat':
    case 'keyword_argument':
      return readExpression(node.child('value') ?? node.first);
    case 'conditional_expression': {
      const [then, condition, otherwise] = node.parts.map(readExpression);
      if (then === undefined || condition === undefined) return nothing(node);
      return { ...at(node), kind: 'choice', condition, then, otherwise };
    }
    case 'boolean_operator':
      return readJunction(node);
    case 'not_operator':
      return { ...at(node), kind: 'not', operand: read(node, 'argument') };
    case 'comparison_operator':
      return readComparison(node);
    case 'unary_operator': {
      const operand = read(node, 'argument');
      return node.child('operator')?.type === '-' ? negated(node, operand) : parts(node, [operand]);
    }
    case 'binary_operator':
      return parts(node, [read(node, 'left'), read(node, 'right')], /^[+-]$/u.test(node.child('operator')?.type ?? ''));
    case 'named_expression': {
      const target = placed(read(node, 'name'));
      return { ...at(node), kind: 'assign', target, value: read(node, 'value') };
    }
    case 'assignment':
      return readAssignment(node);
    case 'augmented_assignment':
      return readAugmented(node);
    case 'list':
    case 'tuple':
    case 'set':
    case 'expression_list':
      return { ...at(node), kind: 'list', elements: node.parts.map(readExpression) };
    case 'dictionary':
      return readDictionary(node, READER);
    case 'list_comprehension':
    case 'set_comprehension':
    case 'generator_expression':
    case 'dictionary_comprehension':
      return readComprehension(node, READER);
    case 'lambda':
      return closure(node, isVariable);
    case 'yield':
      return { ...at(node), kind: 'call', callee: name(node, 'yield'), args: node.parts.map(readExpression) };
    default:
      return parts(node, node.parts.map(readExpression));
  }
}

function read(node: Syntax, field: string): Term {
  return readExpression(node.child(field) ?? node.first);
}

function readString(node: Syntax): Term {
  const content = node.parts.filter(({ type }) => type === 'string_content').map(({ text }) => text);
  const inner = node.parts.flatMap(({ type, first }) =>
    type === 'interpolation' && first ? [readExpression(first)] : [],
  );
  return inner.length > 0 ? parts(node, inner) : constant(node, 'other', content.join(''));
}

/** `x.value` of a ctypes object is the object's own value. */
function readAttribute(node: Syntax): Term {
  const [object, attribute] = [read(node, 'object'), node.child('attribute')?.text ?? ''];
  if (attribute === 'value') return object;
  // Whoever is given the name of shared memory may remove it.
  if (attribute === 'name' && object.kind === 'name') {
    return { ...at(node), kind: 'call', callee: name(node, 'name'), args: [object] };
  }
  return { ...at(node), kind: 'member', object, name: attribute };
}

function readIndex(node: Syntax | undefined): Term | undefined {
  return node === undefined || node.type === 'slice' ? undefined : readExpression(node);
}

function readJunction(node: Syntax): Term {
  const operator = node.child('operator')?.type === 'and' ? 'and' : 'or';
  const [left, right] = [read(node, 'left'), read(node, 'right')];
  return { ...at(node), kind: 'junction', operator, left, right };
}

const OPERATORS: Readonly<Record<string, 'equal' | 'unequal' | 'less' | 'at-least'>> = {
  '==': 'equal',
  is: 'equal',
  '!=': 'unequal',
  'is not': 'unequal',
  '<': 'less',
  '>=': 'at-least',
};

function readComparison(node: Syntax): Term {
  const [left, right, ...others] = node.parts.filter(({ field }) => field !== 'operators');
  const operator = node.all('operators')[0] ?? node.child('operators');
  if (left === undefined || right === undefined || others.length > 0)
    return parts(node, node.parts.map(readExpression));
  const [a, b] = [readExpression(left), readExpression(right)];
  // `'h' in locals()`: whether there is such a local yet.
  if (/^in$/u.test(operator?.type ?? '') && /^(?:locals|vars)\(\)$/u.test(right.text) && a.kind === 'constant') {
    return { ...at(node), kind: 'test', operand: name(left, a.literal ?? ''), value: 'null', holds: false };
  }
  const membership = membershipOf(operator?.type, a, right, node);
  if (membership !== undefined) return membership;
  const kind = OPERATORS[operator?.type ?? ''] ?? 'other';
  return { ...at(node), kind: 'comparison', operator: kind, left: a, right: b };
}

/** `h in (0, INVALID_HANDLE_VALUE)`, `h not in (None, -1)` */
function membershipOf(operator: string | undefined, tested: Term, among: Syntax, node: Syntax): Term | undefined {
  if (!/^(?:in|not in)$/u.test(operator ?? '') || !/^(?:tuple|list|set)$/u.test(among.type)) return undefined;
  const [first, ...others] = among.parts.map((value): Term => {
    return { ...at(node), kind: 'comparison', operator: 'equal', left: tested, right: readExpression(value) };
  });
  if (first === undefined) return undefined;
  const any = others.reduce<Term>(
    (left, right) => ({ ...at(node), kind: 'junction', operator: 'or', left, right }),
    first,
  );
  return operator === 'in' ? any : { ...at(node), kind: 'not', operand: any };
}

/** `a = b = f()`, `a, b = f()`, `a: T`. */
function readAssignment(node: Syntax): Term {
  const [left, right] = [node.child('left'), node.child('right')];
  if (left === undefined || right === undefined) return nothing(node);
  return { ...at(node), kind: 'assign', target: readTarget(left), value: readExpression(right) };
}

/** `list += [x]` puts into the list; what else is added to something may be kept by it. */
function readAugmented(node: Syntax): Term {
  const [left, right] = [read(node, 'left'), read(node, 'right')];
  if (node.child('operator')?.type !== '+=') return parts(node, [right]);
  const added = right.kind === 'list' ? right.elements : [];
  const puts = added.map((value): Term => {
    return { ...at(node), kind: 'assign', target: placed({ ...at(node), kind: 'element', object: left }), value };
  });
  if (right.kind === 'list') return parts(node, puts);
  return { ...at(node), kind: 'call', callee: name(node, '+='), args: [right] };
}

export function readTarget(node: Syntax): Pattern {
  switch (node.type) {
    case 'pattern_list':
    case 'tuple_pattern':
    case 'list_pattern':
    case 'tuple':
    case 'list':
      return {
        ...at(node),
        kind: 'parts',
        parts: node.parts.map((part) => ({ step: '[]', pattern: readTarget(part) })),
      };
    case 'list_splat_pattern':
    case 'parenthesized_expression':
    case 'as_pattern_target':
      return node.first === undefined ? { ...at(node), kind: 'ignore' } : readTarget(node.first);
    case 'identifier':
      return node.text === '_' ? { ...at(node), kind: 'ignore' } : placed(name(node));
    case 'attribute': {
      const [object, member] = [read(node, 'object'), node.child('attribute')?.text ?? ''];
      return placed({ ...at(node), kind: 'member', object, name: member });
    }
    default:
      return placed(readExpression(node));
  }
}
