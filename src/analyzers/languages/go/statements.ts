/** Go statements as terms. */
import { descendants, type Syntax } from '../shared/syntax.ts';
import { at, block, nothing, parts, placed } from '../shared/terms/reading.ts';
import type { Case, Pattern, Term } from '../shared/terms/term.ts';
import { GoExpressions } from './expressions.ts';
import { type GoNames, simpleType } from './names.ts';
import { zeroValue } from './zero-values.ts';

/** What is deferred is lowered once for each way out: within each other they multiply. */
const DEEPEST_DEFERRED = 3;

export class GoStatements {
  private readonly expressions: GoExpressions;
  /** Deferred functions around what is read. */
  private deferred = 0;

  constructor(names: GoNames, root: Syntax) {
    this.expressions = new GoExpressions(names, root);
  }

  readBlock(node: Syntax | undefined): Term {
    if (node === undefined) return nothing({ start: 0, end: 0, text: '' });
    return block(node, this.readList(node));
  }

  private readList(node: Syntax): readonly Term[] {
    return node.parts.flatMap((part) =>
      part.type === 'statement_list' ? this.readList(part) : [this.readStatement(part, undefined)],
    );
  }

  private readStatement(node: Syntax, label: string | undefined): Term {
    switch (node.type) {
      case 'block':
        return this.readBlock(node);
      case 'short_var_declaration':
        return this.assign(node, node.child('left')?.parts ?? [], node.child('right')?.parts ?? [], true);
      case 'assignment_statement':
        return this.readAssignment(node);
      case 'var_declaration':
      case 'const_declaration':
        return parts(node, this.readDeclarations(node));
      case 'if_statement':
        return this.readIf(node);
      case 'for_statement':
        return this.readFor(node, label);
      case 'expression_switch_statement':
      case 'type_switch_statement':
      case 'select_statement':
        return this.readSwitch(node);
      case 'return_statement': {
        const values = (node.first?.parts ?? []).map((value) => this.expressions.readReturned(value));
        return { ...at(node), kind: 'return', values };
      }
      case 'break_statement':
      case 'continue_statement': {
        const kind = node.type === 'break_statement' ? 'break' : 'continue';
        return { ...at(node), kind, label: node.first?.text };
      }
      case 'goto_statement':
        return { ...at(node), kind: 'goto', label: node.first?.text ?? '' };
      case 'labeled_statement':
        return this.readLabeled(node);
      case 'defer_statement':
        return { ...at(node), kind: 'deferred', action: this.readDeferred(node.first) };
      case 'go_statement':
        return this.handOver(node, node.first?.child('arguments')?.parts ?? [], node.first?.child('function'));
      case 'send_statement': {
        const value = node.child('value');
        return this.handOver(node, value === undefined ? [] : [value], undefined);
      }
      case 'expression_statement':
        return node.first === undefined ? nothing(node) : this.expressions.read(node.first);
      case 'inc_statement':
      case 'dec_statement':
      case 'empty_statement':
      case 'fallthrough_statement':
      case 'type_declaration':
        return nothing(node);
      default:
        return this.expressions.read(node);
    }
  }

  /** Another goroutine gets it. */
  private handOver(node: Syntax, values: readonly Syntax[], called: Syntax | undefined): Term {
    const callee: Term = { ...at(node), kind: 'name', name: 'go' };
    const closures = called?.type === 'func_literal' ? [this.expressions.read(called)] : [];
    return { ...at(node), kind: 'call', callee, args: [...closures, ...this.expressions.readAll(values)] };
  }

  /** `defer func() { ... }()`: the body runs on the way out. */
  private readDeferred(call: Syntax | undefined): Term {
    const called = call?.child('function');
    if (call === undefined) return nothing({ start: 0, end: 0, text: '' });
    if (called?.type !== 'func_literal' || this.deferred >= DEEPEST_DEFERRED) return this.expressions.read(call);
    this.deferred += 1;
    const body = this.readBlock(called.child('body'));
    this.deferred -= 1;
    return { ...at(called), kind: 'inlined', body };
  }

  private readAssignment(node: Syntax): Term {
    const [left, right] = [node.child('left')?.parts ?? [], node.child('right')?.parts ?? []];
    if (node.child('operator')?.type === '=') return this.assign(node, left, right, false);
    return parts(node, this.expressions.readAll(right));
  }

  private assign(node: Syntax, left: readonly Syntax[], right: readonly Syntax[], declares: boolean): Term {
    const [only] = right;
    const targets = left.map((target) => this.readTarget(target, declares));
    if (left.length > 1 && right.length === 1 && only !== undefined) return this.assignResults(node, targets, only);
    const values = this.expressions.readAll(right);
    return parts(
      node,
      targets.flatMap((target, index): readonly Term[] => {
        const value = values[index];
        return value === undefined ? [] : [{ ...at(node), kind: 'assign', target, value }];
      }),
    );
  }

  /** `a, b := f()`; of a map, a channel or a type assertion only the first is a value. */
  private assignResults(node: Syntax, targets: readonly Pattern[], right: Syntax): Term {
    const call = this.expressions.nativeCall(right) === undefined ? this.expressions.read(right) : undefined;
    if (call?.kind === 'call') return { ...at(node), kind: 'results', targets, call };
    const [first, ...others] = targets;
    const rest = others.map((target): Term => ({ ...at(node), kind: 'assign', target, value: nothing(node) }));
    if (first === undefined) return parts(node, rest);
    const value = this.expressions.read(right);
    return parts(node, [{ ...at(node), kind: 'assign', target: first, value }, ...rest]);
  }

  private readTarget(node: Syntax, declares: boolean, type?: Syntax): Pattern {
    if (node.text === '_') return { ...at(node), kind: 'ignore' };
    if (declares && node.type === 'identifier') {
      return { ...at(node), kind: 'bind', name: node.text, type: simpleType(type), reuses: true };
    }
    return placed(this.expressions.read(node));
  }

  readDeclarations(node: Syntax): readonly Term[] {
    const specs = node.parts.flatMap((part) => (part.type.endsWith('_spec_list') ? part.parts : [part]));
    return specs.map((spec) => {
      const [names, values] = [spec.all('name'), spec.child('value')?.parts ?? []];
      if (values.length > 0) return this.assign(spec, names, values, true);
      return parts(
        spec,
        names.map((declared): Term => {
          const target = this.readTarget(declared, true, spec.child('type'));
          return { ...at(declared), kind: 'assign', target, value: zeroValue(declared, spec.child('type')) };
        }),
      );
    });
  }

  private readIf(node: Syntax): Term {
    const [condition, alternative] = [node.child('condition'), node.child('alternative')];
    const choice: Term = {
      ...at(node),
      kind: 'choice',
      condition: this.expressions.read(condition),
      then: this.readBlock(node.child('consequence')),
      otherwise: alternative && this.readStatement(alternative, undefined),
    };
    return this.withInitializer(node, choice);
  }

  private withInitializer(node: Syntax, rest: Term): Term {
    const initializer = node.child('initializer');
    return initializer === undefined ? rest : block(node, [this.readStatement(initializer, undefined), rest]);
  }

  private readFor(node: Syntax, label: string | undefined): Term {
    const body = this.readBlock(node.child('body'));
    const clause = node.parts.find((part) => part.field !== 'body');
    if (clause?.type === 'range_clause') {
      const [, value] = clause.child('left')?.parts ?? [];
      const target: Pattern =
        value === undefined ? { ...at(node), kind: 'ignore' } : this.readTarget(value, clause.has(':='));
      return { ...at(node), kind: 'each', label, target, over: this.expressions.read(clause.child('right')), body };
    }
    const isClause = clause?.type === 'for_clause';
    const condition = isClause ? clause.child('condition') : clause;
    const update = isClause ? clause.child('update') : undefined;
    const loop: Term = {
      ...at(node),
      kind: 'loop',
      label,
      condition: condition && this.expressions.read(condition),
      body,
      step: update && this.readStatement(update, undefined),
      reads: [...descendants(node)].flatMap((inner) =>
        inner.type === 'index_expression' ? [this.expressions.read(inner.child('operand'))] : [],
      ),
    };
    return isClause ? this.withInitializer(clause, loop) : loop;
  }

  private readLabeled(node: Syntax): Term {
    const [label, statement] = [node.child('label')?.text ?? '', node.last];
    const place: Term = { ...at(node), kind: 'label', label };
    if (statement === undefined || statement.type === 'label_name') return place;
    return parts(node, [place, this.readStatement(statement, label)]);
  }

  private readSwitch(node: Syntax): Term {
    const subject = node.child('value');
    const value = subject && this.expressions.read(subject);
    const alias = node.child('alias')?.first;
    const cases = node.parts.filter(({ type }) => type.endsWith('_case')).map((part) => this.readCase(part, value));
    // Go tries `default` last, wherever it stands.
    const ordered = [...cases.filter(({ pattern, guard }) => pattern ?? guard), ...cases.filter(isDefault)];
    const last = ordered.at(-1);
    // A `select` waits until one of its cases can be taken.
    if (node.type === 'select_statement' && last) ordered[ordered.length - 1] = { body: last.body };
    const match: Term = { ...at(node), kind: 'match', subject: value, cases: ordered, breaks: true };
    if (alias === undefined || value === undefined) return this.withInitializer(node, match);
    const bound: Term = { ...at(alias), kind: 'assign', target: this.readTarget(alias, true), value };
    return this.withInitializer(node, block(node, [bound, match]));
  }

  private readCase(node: Syntax, subject: Term | undefined): Case {
    const body = block(
      node,
      node.parts.filter(({ type }) => type === 'statement_list').flatMap((list) => this.readList(list)),
    );
    if (node.type === 'default_case') return { body };
    const communication = node.child('communication');
    if (communication !== undefined) {
      const received = this.readStatement(communication, undefined);
      return { pattern: { ...at(node), kind: 'unknown', patterns: [] }, body: block(node, [received, body]) };
    }
    const values = node.child('value')?.parts ?? [];
    if (values.length === 0) return { pattern: { ...at(node), kind: 'unknown', patterns: [] }, body };
    const tests = this.expressions.readAll(values);
    if (subject !== undefined) {
      const patterns = tests.map((value): Pattern => ({ ...at(node), kind: 'equals', value }));
      return { pattern: { ...at(node), kind: 'any', patterns }, body };
    }
    const guard = tests.reduce((left, right): Term => ({ ...at(node), kind: 'junction', operator: 'or', left, right }));
    return { guard, body };
  }
}

function isDefault({ pattern, guard }: Case): boolean {
  return pattern === undefined && guard === undefined;
}
