/** Calls and macros in Rust, and the many of them that stand for a value that they are given. */
import { descendants, type Syntax } from '../shared/syntax.ts';
import { at, block, closure, constant, name, nothing, parts } from '../shared/terms/reading.ts';
import type { Term } from '../shared/terms/term.ts';
import { lastSegment, type RustNames } from './names.ts';

export interface CallReader {
  readonly names: RustNames;
  /** What `Self` is. */
  readonly owner: string | undefined;
  read(node: Syntax | undefined): Term;
}

/** Wrap a value without owning what it stands for, or hold it for whoever holds them. */
const WRAPPING =
  /^(?:Ok|Some|HANDLE|PWSTR|PCWSTR|MEMORY_MAPPED_VIEW_ADDRESS|(?:Box|Rc|Arc|RefCell|Cell|Mutex|RwLock|ManuallyDrop|UnsafeCell)::new|(?:\w+::)*NonNull(?:::<.*>)?::new(?:_unchecked)?|(?:\w+::)*mem::(?:take|replace|transmute)(?:::<.*>)?|(?:\w+::)*identity)$/su;
const NULL =
  /^(?:(?:\w+::)*null(?:_mut)?(?:::<.*>)?|(?:\w+::)*(?:HANDLE|PCSTR|PCWSTR|AtomicPtr)::(?:default|null)|Default::default)$/su;
/** Methods that give their receiver's value. */
const TRANSPARENT =
  /^(?:unwrap|expect|unwrap_unchecked|unwrap_or_default|unwrap_or_else|ok|map_err|ok_or|ok_or_else|context|with_context|as_ref|as_mut|as_deref|into|cast|cast_mut|cast_const|as_ptr|as_mut_ptr|clone|to_owned|iter|iter_mut|into_iter|drain|rev|borrow|borrow_mut|take|replace|add|offset|sub|byte_add|get|load|values|values_mut|copied|cloned|inspect_err|as_raw)$/u;
const ABSENT = /^(?:is_null|is_invalid|is_err|is_none)$/u;
const PRESENT = /^(?:is_ok|is_some)$/u;
/** Functions that look into memory: what they give still reaches it. */
const CARRYING = /(?:^|::)(?:from_raw_parts(?:_mut)?|slice_from_raw_parts(?:_mut)?|addr_of(?:_mut)?)(?:::<.*>)?$/su;

export function readCall(reader: CallReader, node: Syntax): Term {
  const [called, list] = [node.child('function'), node.child('arguments')];
  const args = list?.parts ?? [];
  const [first] = args;
  if (called === undefined) return nothing(node);
  if (called.type === 'field_expression') return readMethod(reader, node, called, args);
  const text = called.end - called.start < 200 ? called.text : '';
  if (NULL.test(text)) return constant(node, 'null');
  if (first !== undefined) {
    if (first.type === 'unit_expression' && /^(?:Ok|Some)$/u.test(text)) return constant(node, 'true');
    if (WRAPPING.test(text)) return reader.read(first.type === 'reference_expression' ? first.child('value') : first);
    if (text === 'Err') return block(node, [reader.read(first), constant(node, 'null')], true);
    if (/(?:^|::)drop$/u.test(text)) return methodCall(node, reader.read(first), 'drop', []);
    if (CARRYING.test(text))
      return parts(
        node,
        args.map((part) => reader.read(part)),
        true,
      );
  }
  const made = text === 'Self' ? (reader.owner ?? '') : text;
  if (reader.names.tuples.has(made)) {
    const members = args.map((part, index) => ({ name: `${index}`, value: reader.read(part) }));
    return { ...at(node), kind: 'create', type: made, members };
  }
  const callee = readCallee(reader, called);
  const isMaker = callee.kind === 'member' && MAKING.test(callee.name);
  const terms = args.map((part) => reader.read(part));
  return { ...at(node), kind: 'call', callee, args: isMaker ? terms.map(mayBeKept) : terms };
}

/** What makes an object of a type may keep what it is given, an address too. */
const MAKING = /^(?:new|from|wrap|own|adopt|open|create|with|try_from)/u;

function mayBeKept(term: Term): Term {
  return term.kind === 'name' || term.kind === 'member' ? { ...term, kind: 'reference', operand: term } : term;
}

/** `a::b::f` is a function of that name, `T::f` one of a type. */
function readCallee(reader: CallReader, called: Syntax): Term {
  if (called.type === 'generic_function') return readCallee(reader, called.child('function') ?? called);
  if (called.type !== 'scoped_identifier') return reader.read(called);
  const path = called.child('path');
  const last = path === undefined ? '' : lastSegment(path.type === 'generic_type' ? (path.first ?? path) : path);
  const owner = last === 'Self' ? (reader.owner ?? last) : last;
  const function_ = lastSegment(called);
  if (path === undefined || !/^(?:\p{Lu}|(?:process|libc)$)/u.test(owner)) return name(called, function_);
  return { ...at(called), kind: 'member', object: name({ ...at(path), text: owner }), name: function_ };
}

function methodCall(node: Syntax, object: Term, method: string, args: readonly Term[]): Term {
  return { ...at(node), kind: 'call', callee: { ...at(node), kind: 'member', object, name: method }, args };
}

function readMethod(reader: CallReader, node: Syntax, called: Syntax, args: readonly Syntax[]): Term {
  const [value, method] = [called.child('value'), called.child('field')?.text ?? ''];
  const object = reader.read(value);
  const terms = args.map((part) => reader.read(part));
  if (ABSENT.test(method)) return { ...at(node), kind: 'test', operand: object, value: 'null', holds: true };
  if (PRESENT.test(method)) return { ...at(node), kind: 'test', operand: object, value: 'null', holds: false };
  if (/^(?:pop|pop_front|pop_back|remove|swap_remove)$/u.test(method)) {
    return { ...at(node), kind: 'element', object };
  }
  if (TRANSPARENT.test(method)) {
    return terms.length === 0 ? object : parts(node, [object, ...terms], true);
  }
  if (method === 'enumerate') return object;
  return methodCall(node, object, method, terms);
}

const SAYING =
  /^(?:e?print(?:ln)?|format|write(?:ln)?|debug|info|warn|error|trace|log|dbg|matches|assert\w*|debug_assert\w*|ensure|concat|stringify|env|include_str|line|file|w|s|h|cfg)$/u;
const ENDING = /^(?:panic|unreachable|todo|unimplemented|compile_error)$/u;

/** What a macro is given is text to the grammar: names in it may be released by it. */
export function readMacro(reader: CallReader, node: Syntax): Term {
  const macro = node.child('macro');
  const label = macro === undefined ? '' : lastSegment(macro);
  const tokens = node.ofType('token_tree');
  if (ENDING.test(label)) return { ...at(node), kind: 'end' };
  if (label === 'bail') return { ...at(node), kind: 'return', values: [constant(node, 'null')] };
  if (SAYING.test(label) || tokens === undefined) return nothing(node);
  const words = [...descendants(tokens)].filter(({ type }) => type === 'identifier' || type === 'self');
  if (label === 'vec') return { ...at(node), kind: 'list', elements: words.map((word) => reader.read(word)) };
  if (/^addr_of(?:_mut)?$/u.test(label) && words.length === 1) {
    return { ...at(node), kind: 'reference', operand: reader.read(words[0]) };
  }
  return closure(node, ({ type }) => type === 'identifier');
}
