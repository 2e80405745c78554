/** Go expressions as terms. */
import { descendants, type Syntax } from '../shared/syntax.ts';
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
  placed,
  pointedTo,
} from '../shared/terms/reading.ts';
import type { CallTerm, Term } from '../shared/terms/term.ts';
import { type GoNames, isVariable, simpleType } from './names.ts';

/** Conversions between handles, addresses and numbers. */
const CONVERSION =
  /^(?:u?int(?:8|16|32|64|ptr)?|byte|(?:windows|syscall)\.Handle|unsafe\.Pointer|\(?\*.*|Handle|HANDLE)$/su;
const MAKES_ERROR = /^(?:errors\.\w+|fmt\.Errorf|os\.NewSyscallError)$/u;
const NAMED_ERROR = /(?:^|\.)(?:[Ee]rr[A-Z]\w*|EOF|ErrUnexpectedEOF|ERROR_\w+|E[A-Z]{3,})$/u;
export class GoExpressions {
  private readonly names: GoNames;
  /** Pointers through which something is assigned. */
  private readonly writtenThrough: ReadonlySet<string>;

  constructor(names: GoNames, root: Syntax) {
    this.names = names;
    this.writtenThrough = writtenThrough(root);
  }

  read(node: Syntax | undefined): Term {
    if (node === undefined) return nothing({ start: 0, end: 0, text: '' });
    const invalid = /^(?:identifier|selector_expression)$/u.test(node.type) ? namedConstant(node) : undefined;
    if (invalid !== undefined) return invalid;
    switch (node.type) {
      case 'identifier':
        return name({ start: node.start, end: node.end, text: this.names.imports.get(node.text) ?? node.text });
      case 'nil':
        return constant(node, 'null');
      case 'true':
      case 'false':
        return constant(node, node.type);
      case 'int_literal':
      case 'float_literal':
        return numberConstant(node);
      case 'interpreted_string_literal':
      case 'raw_string_literal':
        return constant(node, 'other', node.text.slice(1, -1));
      case 'rune_literal':
      case 'imaginary_literal':
      case 'iota':
        return constant(node, 'other');
      case 'selector_expression':
        return this.readSelector(node);
      case 'index_expression': {
        const [object, index] = [this.read(node.child('operand')), this.read(node.child('index'))];
        return { ...at(node), kind: 'element', object, index };
      }
      case 'slice_expression':
      case 'type_assertion_expression':
        return this.read(node.child('operand'));
      case 'parenthesized_expression':
      case 'literal_element':
        return this.read(node.first);
      case 'expression_list':
        return node.parts.length === 1 ? this.read(node.first) : parts(node, this.readAll(node.parts));
      case 'type_conversion_expression':
        return this.read(node.child('operand'));
      case 'unary_expression':
        return this.readUnary(node);
      case 'binary_expression':
        return operation(
          node,
          node.child('operator')?.type ?? '',
          this.read(node.child('left')),
          this.read(node.child('right')),
        );
      case 'call_expression':
        return this.readCall(node);
      case 'composite_literal':
        return this.readComposite(node);
      case 'func_literal':
        return closure(node, isVariable);
      default:
        return parts(node, /_type$|^type_/u.test(node.type) ? [] : this.readAll(node.parts));
    }
  }

  readAll(nodes: readonly Syntax[]): readonly Term[] {
    return nodes.map((node) => this.read(node));
  }

  /** An error that is made, or has a name of its own, is never nil. */
  readReturned(node: Syntax): Term {
    const called = node.type === 'call_expression' ? node.child('function')?.text : undefined;
    if (called !== undefined && MAKES_ERROR.test(called)) {
      return block(node, [this.read(node), constant(node, 'true')], true);
    }
    const isNamed = /^(?:identifier|selector_expression)$/u.test(node.type) && NAMED_ERROR.test(node.text);
    return isNamed ? constant(node, 'true') : this.read(node);
  }

  /** A procedure of a DLL that the expression calls, with the arguments that it is given. */
  nativeCall(node: Syntax | undefined): CallTerm | undefined {
    if (node?.type !== 'call_expression') return undefined;
    const [called, args] = [node.child('function'), node.child('arguments')?.parts ?? []];
    if (called?.type !== 'selector_expression') return undefined;
    const [operand, field] = [called.child('operand'), called.child('field')?.text ?? ''];
    if (field === 'Call') return this.callOf(node, this.procedureOf(operand), args);
    const skipped = /^(?:syscall|windows)\.Syscall(\d+|N)?$/u.exec(called.text);
    const address = args[0]?.child('function')?.child('operand');
    if (skipped === null) return undefined;
    return this.callOf(node, this.procedureOf(address), args.slice(skipped[1] === 'N' ? 1 : 2));
  }

  private callOf(node: Syntax, procedure: string | undefined, args: readonly Syntax[]): CallTerm | undefined {
    if (procedure === undefined) return undefined;
    const callee: Term = {
      ...at(node),
      kind: 'member',
      object: name({ ...at(node), text: 'kernel32' }),
      name: procedure,
    };
    return { ...at(node), kind: 'call', callee, args: this.readAll(args) };
  }

  private procedureOf(node: Syntax | undefined): string | undefined {
    return this.names.procedures.get(node?.child('field')?.text ?? node?.text ?? '');
  }

  private readSelector(node: Syntax): Term {
    const object = this.read(node.child('operand'));
    return { ...at(node), kind: 'member', object, name: node.child('field')?.text ?? '' };
  }

  private readUnary(node: Syntax): Term {
    const operand = node.child('operand');
    switch (node.child('operator')?.type) {
      case '!':
        return { ...at(node), kind: 'not', operand: this.read(operand) };
      case '-':
        return negated(node, this.read(operand));
      case '&':
        return this.readAddress(node, operand);
      case '*': {
        const pointer = this.read(operand);
        // A number that is read out of memory is no address; a slice that is made of an address is one.
        if (/^\(\*\w+\)\(/u.test(operand?.text ?? '')) return parts(node, [pointer]);
        const isWritten = pointer.kind === 'name' && this.writtenThrough.has(pointer.name);
        return isWritten ? pointedTo(node, pointer) : pointer;
      }
      case '^':
        return operand?.text === '0' ? constant(node, 'minus-one') : parts(node, [this.read(operand)]);
      default:
        return parts(node, [this.read(operand)]);
    }
  }

  /** The address of the first element is what the slice points to; a literal's address is the object. */
  private readAddress(node: Syntax, operand: Syntax | undefined): Term {
    if (operand?.type === 'composite_literal') return this.read(operand);
    if (operand?.type === 'index_expression') return this.read(operand.child('operand'));
    return { ...at(node), kind: 'reference', operand: this.read(operand) };
  }

  private readCall(node: Syntax): Term {
    const native = this.nativeCall(node);
    if (native !== undefined) return native;
    const [called, list] = [node.child('function'), node.child('arguments')];
    const args = list?.parts ?? [];
    const [first] = args;
    const text = called !== undefined && called.end - called.start < 200 ? called.text : '';
    if (first !== undefined && args.length === 1 && CONVERSION.test(text)) return this.read(first);
    if (/^unsafe\.(?:Slice|String|Add)$/u.test(text)) return parts(node, this.readAll(args), true);
    if (text === 'append' && first !== undefined) return this.readAppend(node, first, args.slice(1));
    if (text === 'panic') return { ...at(node), kind: 'throw', value: first && this.read(first) };
    if (text === 'make') return { ...at(node), kind: 'list', elements: [] };
    if (text === 'new') return { ...at(node), kind: 'create', type: simpleType(first), members: [] };
    if (called?.type === 'func_literal') return this.readInline(node, called, args);
    return { ...at(node), kind: 'call', callee: this.read(called), args: this.readAll(args) };
  }

  /** What is appended is held by what it is appended to. */
  private readAppend(node: Syntax, to: Syntax, added: readonly Syntax[]): Term {
    const collection = this.read(to);
    const puts = added.map((value): Term => {
      const target = placed({ ...at(value), kind: 'element', object: collection });
      return { ...at(value), kind: 'assign', target, value: this.read(value) };
    });
    return parts(node, [collection, ...puts], true);
  }

  /** A function that is called where it stands: it may release what it uses. */
  private readInline(node: Syntax, called: Syntax, args: readonly Syntax[]): Term {
    return { ...at(node), kind: 'call', callee: closure(called, isVariable), args: this.readAll(args) };
  }

  private readComposite(node: Syntax): Term {
    const type = simpleType(node.child('type'));
    const elements = node.child('body')?.parts ?? [];
    const isKeyed = elements.some((element) => element.type === 'keyed_element');
    if (type === undefined) {
      const values = elements.map((element) => this.read(element.child('value') ?? element));
      return { ...at(node), kind: 'list', elements: values };
    }
    const fields = this.names.structs.get(type);
    const members = elements.map((element, index) => ({
      name: isKeyed ? (element.child('key')?.text ?? '') : (fields?.[index] ?? '[]'),
      value: this.read(element.child('value') ?? element),
    }));
    return { ...at(node), kind: 'create', type, members };
  }
}

/** `*p = x`, `*p, err = f()` */
function writtenThrough(root: Syntax): ReadonlySet<string> {
  const assigned = [...descendants(root)].filter(({ type }) => type === 'assignment_statement');
  const targets = assigned.flatMap((node) => node.child('left')?.parts ?? []);
  return new Set(targets.flatMap((target) => (target.has('*') ? (target.child('operand')?.text ?? []) : [])));
}
