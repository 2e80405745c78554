/** PowerShell expressions and commands as terms. */
import type { Span } from '../../flow/graph.ts';
import { descendants, type Syntax } from '../shared/syntax.ts';
import { at, constant, name, negated, nothing, numberConstant, parts, placed } from '../shared/terms/reading.ts';
import type { ComparisonTerm, Pattern, Term } from '../shared/terms/term.ts';
import { methodName, plain, typeName, variableName } from './names.ts';

/** Statements stand within expressions: `$(...)`, `@(...)`, the block of ForEach-Object. */
export type ReadBlock = (node: Syntax) => Term;

const COMPARISONS: Readonly<Record<string, ComparisonTerm['operator']>> = {
  eq: 'equal',
  ne: 'unequal',
  lt: 'less',
  ge: 'at-least',
};

export class PowerShellExpressions {
  private readonly readBlock: ReadBlock;

  constructor(readBlock: ReadBlock) {
    this.readBlock = readBlock;
  }

  read(written: Syntax | undefined): Term {
    if (written === undefined) return nothing({ start: 0, end: 0, text: '' });
    const node = plain(written);
    switch (node.type) {
      case 'variable':
        return this.readVariable(node);
      case 'integer_literal':
      case 'real_literal':
        return numberConstant(node);
      case 'string_literal': {
        const isVerbatim = node.first?.type === 'verbatim_string_characters';
        const literal = isVerbatim || !node.text.includes('$') ? node.text.slice(1, -1) : undefined;
        return constant(node, 'other', literal);
      }
      case 'type_literal':
        return name(node, typeName(node));
      case 'cast_expression':
        return this.read(node.last);
      case 'expression_with_unary_operator':
        return this.readUnary(node);
      case 'logical_expression':
      case 'logical_argument_expression':
        return this.readJunction(node);
      case 'comparison_expression':
      case 'comparison_argument_expression':
        return this.readComparison(node);
      case 'assignment_expression':
        return this.readAssignment(node);
      case 'member_access': {
        const [object, member] = node.parts;
        if (/^values?$/iu.test(member?.text ?? '')) return this.read(object);
        return { ...at(node), kind: 'member', object: this.read(object), name: member?.text ?? '' };
      }
      case 'element_access': {
        const [object, index] = node.parts;
        return { ...at(node), kind: 'element', object: this.read(object), index: this.read(index) };
      }
      case 'invokation_expression':
        return this.readInvocation(node);
      case 'array_literal_expression':
        return { ...at(node), kind: 'list', elements: node.parts.map((part) => this.read(part)) };
      case 'array_expression':
        return this.readArray(node);
      case 'sub_expression':
        return this.read(node.first?.first);
      case 'hash_literal_expression':
        return this.readHash(node);
      case 'script_block_expression':
        return scriptBlock(node);
      case 'pipeline':
      case 'pipeline_chain':
        return this.readPipeline(node);
      case 'command':
        return this.readCommand(node, []);
      default:
        return parts(
          node,
          node.parts.map((part) => this.read(part)),
        );
    }
  }

  private readVariable(node: Syntax): Term {
    const variable = variableName(node);
    switch (variable) {
      case 'null':
        return constant(node, 'null');
      case 'true':
      case 'false':
        return constant(node, variable);
      default:
        return name(node, variable);
    }
  }

  private readUnary(node: Syntax): Term {
    const operand = this.read(node.last);
    if (/^(?:!|-not\b)/iu.test(node.text)) return { ...at(node), kind: 'not', operand };
    return node.text.startsWith('-') ? negated(node, operand) : operand;
  }

  private readJunction(node: Syntax): Term {
    const [first, ...others] = node.parts.map((part) => this.read(part));
    const operator = /^-or$/iu.test(node.children.find(({ named }) => !named)?.text ?? '') ? 'or' : 'and';
    if (first === undefined) return nothing(node);
    return others.reduce((left, right): Term => ({ ...at(node), kind: 'junction', operator, left, right }), first);
  }

  private readComparison(node: Syntax): Term {
    const sign = node.parts.find(({ type }) => type === 'comparison_operator');
    const [left, right, ...others] = node.parts.filter((part) => part !== sign).map((part) => this.read(part));
    if (left === undefined || right === undefined || others.length > 0) return parts(node, []);
    const operator = COMPARISONS[(sign?.text ?? '').toLowerCase().replace(/^-[ci]?(?=eq|ne|lt|ge)|^-/u, '')] ?? 'other';
    return { ...at(node), kind: 'comparison', operator, left, right };
  }

  private readAssignment(node: Syntax): Term {
    const [left, value] = [node.first, node.child('value')];
    if (left === undefined) return nothing(node);
    const target = this.readTarget(plain(left));
    const operator = node.ofType('assignement_operator')?.text;
    if (operator === '=') return { ...at(node), kind: 'assign', target, value: this.read(value) };
    if (operator !== '+=' || target.kind !== 'place') return parts(node, [this.read(value)]);
    // `$list += $x`
    const added = placed({ ...at(node), kind: 'element', object: target.place });
    return { ...at(node), kind: 'assign', target: added, value: this.read(value) };
  }

  private readTarget(node: Syntax): Pattern {
    if (node.type === 'variable') {
      return variableName(node) === 'null' ? { ...at(node), kind: 'ignore' } : placed(this.readVariable(node));
    }
    if (node.type === 'array_literal_expression') {
      const inner = node.parts.map((part) => ({ step: '[]', pattern: this.readTarget(plain(part)) }));
      return { ...at(node), kind: 'parts', parts: inner };
    }
    if (node.type === 'expression_with_unary_operator' || node.type === 'cast_expression') {
      return node.last === undefined ? { ...at(node), kind: 'ignore' } : this.readTarget(plain(node.last));
    }
    return placed(this.read(node));
  }

  private readInvocation(node: Syntax): Term {
    const [object, member] = node.parts;
    const list = node.ofType('argument_list')?.child('argument_expression_list');
    const args = (list?.parts ?? []).map((part) => this.readArgument(part));
    const method = methodName(member?.text ?? '');
    if (object === undefined) return nothing(node);
    if (method.toLowerCase() === 'getenumerator') return this.read(object);
    if (object.type === 'type_literal') {
      const type = typeName(object);
      if (method.toLowerCase() === 'new')
        return { ...at(node), kind: 'call', callee: name(object, `${type}.new`), args };
      const qualifier = name({ ...at(object), text: type });
      return {
        ...at(node),
        kind: 'call',
        callee: { ...at(node), kind: 'member', object: qualifier, name: method },
        args,
      };
    }
    const callee: Term = { ...at(node), kind: 'member', object: this.read(object), name: method };
    return { ...at(node), kind: 'call', callee, args };
  }

  /** `[ref]$x` */
  private readArgument(node: Syntax): Term {
    const inner = plain(node);
    const isReference = /^\[ref\]/iu.test(inner.text);
    const value = this.read(inner);
    return isReference ? { ...at(node), kind: 'reference', operand: value } : value;
  }

  private readArray(node: Syntax): Term {
    const statements = node.child('statements')?.parts ?? [];
    const elements = statements.flatMap((statement) => {
      const inner = plain(statement);
      return inner.type === 'array_literal_expression' ? inner.parts : [inner];
    });
    return { ...at(node), kind: 'list', elements: elements.map((element) => this.read(element)) };
  }

  private readHash(node: Syntax): Term {
    const entries = node.ofType('hash_literal_body')?.parts ?? [];
    const members = entries.map((entry) => ({
      name: (entry.ofType('key_expression')?.text ?? '').replaceAll(/['"]/gu, '').replaceAll('.', '_'),
      value: this.read(entry.last),
    }));
    return { ...at(node), kind: 'create', members };
  }

  /** What comes out of one part is given to the next. */
  private readPipeline(node: Syntax): Term {
    const [first, ...others] = node.parts;
    return others.reduce((from, part) => this.readPiped(part, from), this.read(first));
  }

  private readPiped(node: Syntax, from: Term): Term {
    const command = plain(node);
    const label = commandName(command);
    const block = [...descendants(command)].find(({ type }) => type === 'script_block_expression');
    if (/^out-null$/iu.test(label)) return parts(node, [from]);
    if (/^(?:where-object|where|\?|sort-object|select-object)$/iu.test(label)) return from;
    if (block !== undefined && (command.ofType('foreach_command') ?? /^(?:foreach-object|foreach|%)$/iu.exec(label))) {
      const target: Pattern = { ...at(block), kind: 'bind', name: '_' };
      return { ...at(node), kind: 'each', target, over: from, body: this.readBlock(block) };
    }
    return command.type === 'command' ? this.readCommand(command, [from]) : parts(node, [from, this.read(command)]);
  }

  /** Whoever takes arguments by their names may take them in any order. */
  private readCommand(node: Syntax, given: readonly Term[]): Term {
    const elements = (node.ofType('command_elements')?.parts ?? []).filter(
      ({ type }) => type !== 'command_argument_sep',
    );
    const values = elements.filter(({ type }) => type !== 'command_parameter' && type !== 'redirection');
    const args = [...given, ...values.map((value) => this.read(value))];
    const isNamed = elements.some(({ type }) => type === 'command_parameter') && args.length > 1;
    const written = commandName(node);
    const label =
      isNamed && !/^(?:Write|Format|Out|Start|Get|Measure)-/u.test(written) ? `${written} by names` : written;
    return { ...at(node), kind: 'call', callee: name(node, label), args };
  }
}

function commandName(node: Syntax): string {
  return node.ofType('command_name')?.text ?? node.ofType('command_name_expr')?.text ?? '';
}

function scriptBlock(node: Syntax): Term {
  const uses = new Map<string, Span>();
  for (const inner of descendants(node)) {
    const { start, end } = inner;
    if (inner.type === 'variable' && !uses.has(variableName(inner))) uses.set(variableName(inner), { start, end });
  }
  return { ...at(node), kind: 'closure', uses };
}
