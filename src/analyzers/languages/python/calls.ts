/** Calls in Python, and the few of them that stand for something else. */
import type { Syntax } from '../shared/syntax.ts';
import { at, name, nothing, parts, placed } from '../shared/terms/reading.ts';
import type { Term } from '../shared/terms/term.ts';

type Read = (node: Syntax | undefined) => Term;

/** Conversions between handles, addresses and numbers. */
const CONVERSION =
  /^(?:int|(?:\w+\.)*(?:HANDLE|LPVOID|LPCVOID|HMODULE|c_void_p|c_size_t|c_ssize_t|c_int|c_int64|c_uint64|c_ulonglong|c_longlong|cast))$/u;
const BY_REFERENCE = /^(?:\w+\.)?(?:byref|pointer|addressof)$/u;
/** Handles of pywin32 give themselves back, whatever the function is called. */
const OWNING_MODULES = /^(?:win32\w+|pywintypes|mmapfile)$/u;
/** `with closing(x)` */
const CLOSING = /^(?:contextlib\.)?closing$/u;

export function readCall(node: Syntax, read: Read): Term {
  const [called, list] = [node.child('function'), node.child('arguments')];
  if (called === undefined) return nothing(node);
  const args = argumentsOf(list);
  const [first] = args;
  const text = called.end - called.start < 80 ? called.text : '';
  if (first !== undefined && CONVERSION.test(text)) return read(first);
  if (first !== undefined && BY_REFERENCE.test(text)) {
    return { ...at(node), kind: 'reference', operand: read(first) };
  }
  if (first !== undefined && CLOSING.test(text)) return read(first);
  const element = elementOf(node, called, read);
  if (element !== undefined) return element;
  const owner = called.type === 'attribute' ? called.child('object')?.text : undefined;
  const terms = args.map(read);
  if (owner !== undefined && OWNING_MODULES.test(owner)) return parts(node, terms);
  if (/(?:^|\.)SharedMemory$/u.test(text)) return readSharedMemory(node, list, read);
  // A mapped file is kept on purpose more often than not; without a file it is memory of the system.
  const isFile = /(?:^|\.)mmap$/u.test(text) && !isAnonymous(args);
  const callee = isFile ? name(node, 'mmap.of_file') : read(called);
  return { ...at(node), kind: 'call', callee, args: terms };
}

function isAnonymous([first]: readonly Syntax[]): boolean {
  const file = first?.type === 'keyword_argument' ? first.child('value') : first;
  return file?.text === '-1';
}

function argumentsOf(list: Syntax | undefined): readonly Syntax[] {
  if (list?.type === 'generator_expression') return [list];
  return list?.parts ?? [];
}

/** Only what is created needs `unlink`; whoever attaches has nothing to look after but the object. */
function readSharedMemory(node: Syntax, list: Syntax | undefined, read: Read): Term {
  const args = argumentsOf(list);
  const keyword = (wanted: string): Syntax | undefined =>
    args.find(({ type, first }) => type === 'keyword_argument' && first?.text === wanted)?.child('value');
  const [label, create] = args.filter(({ type }) => type !== 'keyword_argument');
  const isNew = (keyword('create') ?? create)?.type === 'true';
  const named = keyword('name') ?? label;
  return {
    ...at(node),
    kind: 'call',
    callee: name(node, isNew ? 'SharedMemory.create' : 'SharedMemory.attach'),
    args: named === undefined ? [] : [read(named)],
  };
}

/** What a collection gives up is given back with it, if nothing else has it: `x.pop()`, `x.clear()`. */
function elementOf(node: Syntax, called: Syntax, read: Read): Term | undefined {
  const method = called.type === 'attribute' ? (called.child('attribute')?.text ?? '') : '';
  const object = called.child('object');
  if (object === undefined || !/^(?:pop|popleft|popitem|clear|remove)$/u.test(method)) return undefined;
  const element: Term = { ...at(node), kind: 'element', object: read(object) };
  if (method === 'clear' || method === 'remove') return droppedFrom(node, element);
  return element;
}

/** The elements are no longer kept: for what the language gives back itself that is its release. */
function droppedFrom(node: Syntax, element: Term): Term {
  return {
    ...at(node),
    kind: 'call',
    callee: { ...at(node), kind: 'member', object: element, name: 'close' },
    args: [],
  };
}

/** `del x`, `del x[i]` */
export function readDelete(node: Syntax, read: Read): Term {
  const targets = node.first?.type === 'expression_list' ? node.first.parts : node.parts;
  return parts(
    node,
    targets.map((target): Term => {
      if (target.type === 'subscript') {
        return droppedFrom(target, { ...at(target), kind: 'element', object: read(target.child('value')) });
      }
      const place = placed(read(target));
      return {
        ...at(target),
        kind: 'assign',
        target: place,
        value: { ...at(target), kind: 'constant', constant: 'null' },
      };
    }),
  );
}
