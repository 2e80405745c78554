/** Control flow and declarations of Rust as terms. */
import { descendants, type Syntax } from '../shared/syntax.ts';
import { at } from '../shared/terms/reading.ts';
import type { Case, Pattern, Term } from '../shared/terms/term.ts';
import type { CallReader } from './calls.ts';
import { simpleType } from './names.ts';
import { readPattern } from './patterns.ts';

export function patternOf(reader: CallReader, node: Syntax | undefined): Pattern {
  return readPattern(node, (part) => reader.read(part));
}

export function readIf(reader: CallReader, node: Syntax): Term {
  const alternative = node.child('alternative')?.first;
  const [condition, consequence] = [reader.read(node.child('condition')), reader.read(node.child('consequence'))];
  return {
    ...at(node),
    kind: 'choice',
    condition,
    then: consequence,
    otherwise: alternative && reader.read(alternative),
  };
}

export function readMatch(reader: CallReader, node: Syntax): Term {
  const arms = node.child('body')?.parts.filter(({ type }) => type === 'match_arm') ?? [];
  const cases = arms.map((arm): Case => {
    const pattern = arm.child('pattern');
    const guard = pattern?.child('condition');
    return {
      pattern: patternOf(reader, pattern),
      guard: guard && reader.read(guard),
      body: reader.read(arm.child('value')),
    };
  });
  return { ...at(node), kind: 'match', subject: reader.read(node.child('value')), cases };
}

export function readLoop(reader: CallReader, node: Syntax): Term {
  const label = node.ofType('label')?.text;
  const body = reader.read(node.child('body'));
  if (node.type === 'for_expression') {
    const over = node.child('value');
    const pattern = patternOf(reader, node.child('pattern'));
    const isPaired = over !== undefined && over.text.endsWith('.enumerate()') && pattern.kind === 'parts';
    const target = isPaired ? (pattern.parts.at(-1)?.pattern ?? pattern) : pattern;
    return { ...at(node), kind: 'each', label, target, over: reader.read(over), body };
  }
  const condition = node.child('condition');
  const reads = [...descendants(node)].flatMap((inner) =>
    inner.type === 'index_expression' || isTaking(inner) ? [reader.read(takenFrom(inner))] : [],
  );
  return { ...at(node), kind: 'loop', label, condition: condition && reader.read(condition), body, reads };
}

export function readLet(reader: CallReader, node: Syntax): Term {
  const [value, otherwise] = [node.child('value'), node.child('alternative')];
  const pattern = patternOf(reader, node.child('pattern'));
  const type = simpleType(node.child('type'));
  const target: Pattern = pattern.kind === 'bind' ? { ...pattern, type } : pattern;
  const assigned = value && reader.read(value);
  if (otherwise === undefined || assigned === undefined) {
    return { ...at(node), kind: 'assign', target, value: assigned, declares: true };
  }
  const fails: Term = { ...at(node), kind: 'not', operand: { ...at(node), kind: 'fits', pattern, value: assigned } };
  return { ...at(node), kind: 'unless', condition: fails, then: reader.read(otherwise) };
}

/** `x.pop()` */
function isTaking(node: Syntax): boolean {
  const called = node.type === 'call_expression' ? node.child('function') : undefined;
  return /^(?:pop|pop_front|pop_back|remove|swap_remove)$/u.test(called?.child('field')?.text ?? '');
}

function takenFrom(node: Syntax): Syntax | undefined {
  return node.type === 'index_expression' ? node.first : node.child('function')?.child('value');
}
