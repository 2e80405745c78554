/** Rust expressions, of which statements are some, as terms. */
import type { Syntax } from '../shared/syntax.ts';
import {
  at,
  block,
  closure,
  constant,
  name,
  namedConstant,
  negated,
  nothing,
  numberConstant,
  operation,
  parts,
  pointedTo,
} from '../shared/terms/reading.ts';
import type { Term } from '../shared/terms/term.ts';
import { type CallReader, readCall, readMacro } from './calls.ts';
import { patternOf, readIf, readLet, readLoop, readMatch } from './control.ts';
import { addresses, tupleLocals, writtenThrough } from './locals.ts';
import { isVariable, type RustNames, simpleType } from './names.ts';
import { readTarget } from './patterns.ts';

export class RustReader implements CallReader {
  readonly names: RustNames;
  readonly owner: string | undefined;
  /** Locals that are structs whose fields have no names. */
  private readonly tupleLocals: ReadonlySet<string>;
  /** Names of pointers and references through which something is assigned. */
  private readonly writtenThrough: ReadonlySet<string>;

  /** Names of locals that are made by a cast to a pointer. */
  private readonly addresses: ReadonlySet<string>;

  constructor(names: RustNames, owner: string | undefined, root: Syntax) {
    this.names = names;
    this.owner = owner;
    this.tupleLocals = tupleLocals(names, root);
    this.writtenThrough = writtenThrough(root);
    this.addresses = addresses(root);
  }

  read(node: Syntax | undefined): Term {
    if (node === undefined) return nothing({ start: 0, end: 0, text: '' });
    const invalid = /identifier$|^field_expression$/u.test(node.type) ? namedConstant(node) : undefined;
    if (invalid !== undefined) return invalid;
    switch (node.type) {
      case 'identifier':
        return node.text === 'None' ? constant(node, 'null') : name(node);
      case 'self':
        return name(node);
      case 'integer_literal':
      case 'float_literal':
        return numberConstant(node);
      case 'boolean_literal':
        return constant(node, node.text === 'true' ? 'true' : 'false');
      case 'string_literal':
      case 'raw_string_literal':
        return constant(node, 'other', node.ofType('string_content')?.text ?? '');
      case 'char_literal':
      case 'unit_expression':
        return constant(node, 'other');
      case 'field_expression':
        return this.readField(node);
      case 'index_expression': {
        const [object, index] = node.parts;
        return { ...at(node), kind: 'element', object: this.read(object), index: this.read(index) };
      }
      case 'call_expression':
        return readCall(this, node);
      case 'macro_invocation':
        return readMacro(this, node);
      case 'parenthesized_expression':
      case 'await_expression':
      case 'expression_statement':
      case 'unsafe_block':
      case 'async_block':
      case 'const_block':
        return this.read(node.first);
      case 'type_cast_expression':
        return this.read(node.child('value'));
      case 'reference_expression':
        return this.readReference(node);
      case 'try_expression':
        return { ...at(node), kind: 'propagate', operand: this.read(node.first) };
      case 'unary_expression':
        return this.readUnary(node);
      case 'binary_expression':
        return operation(
          node,
          node.child('operator')?.type ?? '',
          this.read(node.child('left')),
          this.read(node.child('right')),
        );
      case 'assignment_expression': {
        const target = readTarget(node.child('left'), (part) => this.read(part));
        return { ...at(node), kind: 'assign', target, value: this.read(node.child('right')) };
      }
      case 'compound_assignment_expr':
        return parts(node, [this.read(node.child('right'))]);
      case 'struct_expression':
        return this.readStruct(node);
      case 'tuple_expression':
        return {
          ...at(node),
          kind: 'create',
          members: node.parts.map((part, index) => ({ name: `${index}`, value: this.read(part) })),
        };
      case 'array_expression':
        return { ...at(node), kind: 'list', elements: node.parts.map((part) => this.read(part)) };
      case 'closure_expression':
        return closure(node, isVariable);
      case 'block':
        return this.readBlock(node);
      case 'let_declaration':
        return readLet(this, node);
      case 'if_expression':
        return readIf(this, node);
      case 'let_condition':
        return {
          ...at(node),
          kind: 'fits',
          pattern: patternOf(this, node.child('pattern')),
          value: this.read(node.child('value')),
        };
      case 'let_chain':
        return this.readChain(node);
      case 'match_expression':
        return readMatch(this, node);
      case 'loop_expression':
      case 'while_expression':
      case 'for_expression':
        return readLoop(this, node);
      case 'return_expression':
        return { ...at(node), kind: 'return', values: node.first ? [this.read(node.first)] : [] };
      case 'break_expression':
        return { ...at(node), kind: 'break', label: node.ofType('label')?.text };
      case 'continue_expression':
        return { ...at(node), kind: 'continue', label: node.ofType('label')?.text };
      default:
        return /_item$|_type$|^type_|^use_|^attribute|^empty_|identifier$/u.test(node.type)
          ? nothing(node)
          : parts(
              node,
              node.parts.map((part) => this.read(part)),
            );
    }
  }

  /** A handle's number and a view's address are the handle and the view. */
  private readField(node: Syntax): Term {
    const [object, field] = [node.child('value'), node.child('field')?.text ?? ''];
    const isOwn = object?.type === 'self' || this.tupleLocals.has(object?.text ?? '');
    if (field === 'Value' || (field === '0' && !isOwn)) return this.read(object);
    return { ...at(node), kind: 'member', object: this.read(object), name: field };
  }

  private readReference(node: Syntax): Term {
    const operand = this.read(node.child('value'));
    const isChanged = node.has('mutable_specifier') && (operand.kind === 'name' || operand.kind === 'member');
    return isChanged ? { ...at(node), kind: 'reference', operand } : operand;
  }

  private readUnary(node: Syntax): Term {
    const operand = this.read(node.first);
    if (node.has('!')) return { ...at(node), kind: 'not', operand };
    const isWritten = node.has('*') && operand.kind === 'name' && this.writtenThrough.has(operand.name);
    if (isWritten) return pointedTo(node, operand);
    if (node.has('*') && this.isAddress(node.first)) return parts(node, [operand]);
    return node.has('-') ? negated(node, operand) : operand;
  }

  /** What is read through an address is no handle; what is read through a reference may be one. */
  private isAddress(node: Syntax | undefined): boolean {
    const inner = node?.type === 'parenthesized_expression' ? node.first : node;
    return inner?.type === 'type_cast_expression' || (inner?.type === 'identifier' && this.addresses.has(inner.text));
  }

  private readChain(node: Syntax): Term {
    const [first, ...others] = node.parts.map((part) => this.read(part));
    if (first === undefined) return nothing(node);
    return others.reduce(
      (left, right): Term => ({ ...at(node), kind: 'junction', operator: 'and', left, right }),
      first,
    );
  }

  private readStruct(node: Syntax): Term {
    const written = node.child('name');
    const type = simpleType(written) ?? written?.text;
    const fields = node.child('body')?.parts ?? [];
    const members = fields.flatMap((field) => {
      if (field.type === 'base_field_initializer') return [];
      const [label, value] = [field.child('field') ?? field.first, field.child('value') ?? field.first];
      return [{ name: label?.text ?? '', value: this.read(value) }];
    });
    const [only] = members;
    if (type === 'MEMORY_MAPPED_VIEW_ADDRESS' && only) return only.value;
    return { ...at(node), kind: 'create', type: type === 'Self' ? this.owner : type, members };
  }

  /** The last one gives the value, if nothing ends it. */
  readBlock(node: Syntax): Term {
    const { last } = node;
    const body = node.parts.filter(({ type }) => type !== 'label').map((part) => this.read(part));
    const gives =
      last !== undefined && !/^(?:let_declaration|empty_statement)$|_item$/u.test(last.type) && !endsStatement(last);
    return block(node, body, gives);
  }
}

function endsStatement(node: Syntax): boolean {
  return node.type === 'expression_statement' && node.text.endsWith(';');
}
