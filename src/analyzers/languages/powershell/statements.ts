/** PowerShell statements as terms. What a statement's expression gives is given to whoever called the function. */
import { lookUp } from '../../catalog/catalog.ts';
import { descendants, type Syntax } from '../shared/syntax.ts';
import { at, block, name, nothing, parts, placed } from '../shared/terms/reading.ts';
import type { Case, Term } from '../shared/terms/term.ts';
import { PowerShellExpressions } from './expressions.ts';
import { plain } from './names.ts';

const OUTPUT = 'Write-Output';

const EXPRESSIONS = new PowerShellExpressions((node) => readBody(node));

/** Statements, however deeply they lie in the parts of a block that have names of their own. */
export function readBody(node: Syntax | undefined): Term {
  if (node === undefined) return nothing({ start: 0, end: 0, text: '' });
  return block(node, statementsOf(node).map(readStatement));
}

function statementsOf(node: Syntax): readonly Syntax[] {
  return node.parts.flatMap((part) =>
    /^(?:statement_list|script_block|script_block_body|named_block_list|named_block|statement_block)$/u.test(part.type)
      ? statementsOf(part)
      : [part],
  );
}

function readStatement(node: Syntax): Term {
  switch (node.type) {
    case 'pipeline':
      return readPipelineStatement(node);
    case 'if_statement':
      return readIf(node);
    case 'foreach_statement':
      return readForeach(node);
    case 'for_statement':
    case 'while_statement':
    case 'do_statement':
      return readLoop(node);
    case 'switch_statement':
      return readSwitch(node);
    case 'try_statement':
      return readTry(node);
    case 'flow_control_statement':
      return readFlow(node);
    case 'statement_block':
      return readBody(node);
    case 'function_statement':
    case 'class_statement':
    case 'enum_statement':
    case 'param_block':
    case 'empty_statement':
    case 'trap_statement':
    case 'block_name':
      return nothing(node);
    default:
      return parts(node, node.parts.map(readStatement));
  }
}

function readPipelineStatement(node: Syntax): Term {
  const inner = plain(node);
  if (inner.type === 'assignment_expression') return EXPRESSIONS.read(inner);
  const term = EXPRESSIONS.read(inner);
  if (/^\[void\]/iu.test(inner.text) || !isHandedOut(term)) return term;
  return { ...at(node), kind: 'call', callee: name(node, OUTPUT), args: [term], implicit: true };
}

function isHandedOut(term: Term): boolean {
  switch (term.kind) {
    case 'name':
    case 'member':
    case 'element':
    case 'list':
    case 'create':
      return true;
    case 'call': {
      const { callee } = term;
      if (callee.kind !== 'member' && callee.kind !== 'name') return true;
      const effects = lookUp('powershell', { name: callee.name, hasReceiver: callee.kind === 'member' });
      return !effects.some(({ effect }) => effect !== 'acquire');
    }
    default:
      return false;
  }
}

/** A function's last statement that only names a value is what it returns. */
export function withResult(body: Term): Term {
  if (body.kind !== 'block') return body;
  const last = body.body.at(-1);
  const isOutput = last?.kind === 'call' && last.callee.kind === 'name' && last.callee.name === OUTPUT;
  const [value] = isOutput ? last.args : [];
  if (last === undefined || value === undefined) return body;
  return { ...body, body: [...body.body.slice(0, -1), { ...at(last), kind: 'return', values: [value] }] };
}

function readIf(node: Syntax): Term {
  const clauses = node.child('elseif_clauses')?.parts ?? [];
  const last = node.child('else_clause')?.ofType('statement_block');
  const otherwise = clauses.reduceRight<Term | undefined>(
    (rest, clause) => choice(clause, rest),
    last && readBody(last),
  );
  return choice(node, otherwise);
}

function choice(node: Syntax, otherwise: Term | undefined): Term {
  const condition = EXPRESSIONS.read(node.child('condition'));
  return { ...at(node), kind: 'choice', condition, then: readBody(node.ofType('statement_block')), otherwise };
}

function readForeach(node: Syntax): Term {
  const [variable, over] = node.parts.filter(({ type }) => type !== 'foreach_parameter');
  if (variable === undefined) return nothing(node);
  const target = placed(EXPRESSIONS.read(variable));
  const body = readBody(node.ofType('statement_block'));
  return { ...at(node), kind: 'each', target, over: EXPRESSIONS.read(over), body };
}

function readLoop(node: Syntax): Term {
  const condition = node.child('condition') ?? node.child('for_condition');
  const read = condition && EXPRESSIONS.read(condition);
  const isUntil =
    node.type === 'do_statement' && node.children.some(({ type, text }) => type === 'until' || /^until$/iu.test(text));
  const iterator = node.child('for_iterator');
  const loop: Term = {
    ...at(node),
    kind: 'loop',
    condition: read && isUntil ? { ...read, kind: 'not', operand: read } : read,
    conditionAtEnd: node.type === 'do_statement',
    body: readBody(node.ofType('statement_block')),
    step: iterator && EXPRESSIONS.read(iterator),
    reads: [...descendants(node)].flatMap((inner) =>
      inner.type === 'element_access' ? [EXPRESSIONS.read(inner.first)] : [],
    ),
  };
  const initializer = node.child('for_initializer');
  return initializer === undefined ? loop : parts(node, [EXPRESSIONS.read(initializer), loop]);
}

function readSwitch(node: Syntax): Term {
  const clauses = node.ofType('switch_body')?.ofType('switch_clauses')?.parts ?? [];
  const cases = clauses.map((clause): Case => {
    const body = readBody(clause.ofType('statement_block'));
    const isDefault = /^\s*default$/iu.test(clause.ofType('switch_clause_condition')?.text ?? '');
    return isDefault ? { body } : { pattern: { ...at(clause), kind: 'unknown', patterns: [] }, body };
  });
  const subject = EXPRESSIONS.read(node.ofType('switch_condition'));
  return { ...at(node), kind: 'match', subject, cases, breaks: true };
}

function readTry(node: Syntax): Term {
  const clauses = node.ofType('catch_clauses')?.parts ?? [];
  const catches = clauses.map((clause) => ({ body: readBody(clause.ofType('statement_block')) }));
  const catchesAll = clauses.some((clause) => {
    const types = clause.ofType('catch_type_list')?.text;
    return types === undefined || /^\[(?:System\.)?Exception\]$/iu.test(types);
  });
  const cleanUp = node.ofType('finally_clause')?.ofType('statement_block');
  return {
    ...at(node),
    kind: 'try',
    body: readBody(node.ofType('statement_block')),
    catches,
    catchesAll,
    cleanUp: cleanUp && readBody(cleanUp),
  };
}

function readFlow(node: Syntax): Term {
  const value = node.parts.find(({ type }) => type !== 'label_expression');
  const term = value && EXPRESSIONS.read(value);
  switch (/^\w+/u.exec(node.text)?.[0].toLowerCase()) {
    case 'return':
      return { ...at(node), kind: 'return', values: term === undefined ? [] : [term] };
    case 'throw':
      return { ...at(node), kind: 'throw', value: term };
    case 'exit':
      return { ...at(node), kind: 'end' };
    case 'break':
      return { ...at(node), kind: 'break' };
    default:
      return { ...at(node), kind: 'continue' };
  }
}
