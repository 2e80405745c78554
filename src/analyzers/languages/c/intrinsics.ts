/** Calls that only pass a value on, exchange it, or are casts written as calls. */
import type { Syntax } from '../shared/syntax.ts';
import type { Location, Operand } from '../../flow/graph.ts';
import { assign, settle, shortText, spanOf } from './lowering.ts';
import type { Lowering } from './lowering.ts';
import { isRawType } from './types.ts';

const CASTS = /^(?:std::)?(?:static|reinterpret|const|dynamic|bit|safe|checked|implicit|up|down)_cast\s*</u;
const PASSES = /^(?:std::)?(?:move|forward|ref|cref|launder|as_const|addressof|to_address)(?:\s*<[^]*>)?$/u;
const CONVERSIONS =
  /^(?:(?:Handle|Ptr|U?Long(?:Long)?|U?Int|Int)To[A-Z]\w*|GPOINTER_TO_U?INT|GINT_TO_POINTER|GUINT_TO_POINTER|likely|unlikely|LIKELY|UNLIKELY|__builtin_expect|G_LIKELY|G_UNLIKELY|__builtin_launder|__builtin_assume_aligned)$/u;
const EXCHANGES =
  /^(?:(?:std::)?exchange|Interlocked\w*ExchangePointer\w*|InterlockedExchange\w*|_InterlockedExchange\w*)$/u;

export function lowerIntrinsic(
  l: Lowering,
  node: Syntax,
  callee: Syntax,
  args: readonly Syntax[],
  into: Location | undefined,
  used: boolean,
): Operand | undefined {
  const name = callee.text.replace(/^::/u, '');
  const span = spanOf(l, node);
  const [first, second] = args;
  if (!first) {
    return undefined;
  }
  if (CASTS.test(name) || CONVERSIONS.test(name) || (args.length === 1 && isCastLike(l, callee, name))) {
    return used || into !== undefined ? l.value(first, into) : (l.effect(first), { text: shortText(node) });
  }
  if (PASSES.test(name)) {
    const operand = l.value(first);
    const byReference = /(?:ref|addressof)$/u.test(name);
    return settle(l, byReference && operand.location !== undefined ? { ...operand, byReference } : operand, into, span);
  }
  if (/^(?:std::)?(?:exchange)$|Exchange/u.test(name) && EXCHANGES.test(name) && second && !name.includes('Compare')) {
    const target = l.value(first);
    const replacement = l.value(second);
    if (target.location === undefined) {
      return settle(l, { text: shortText(node) }, into, span);
    }
    const before = into ?? l.state.builder.newTemporary();
    assign(l, before, { location: target.location, text: target.text }, span);
    assign(l, target.location, replacement, span);
    return { location: before, text: shortText(node) };
  }
  if (/^(?:std::)?swap$/u.test(name) && second) {
    return swap(l, l.value(first), l.value(second), node);
  }
  if (/(?:^|_)realloc$|ReAlloc$/u.test(name)) {
    const operands = args.map((argument) => l.value(argument));
    const moved = /^(?:Heap|Local|Global)?ReAlloc$/u.test(name) && name.startsWith('Heap') ? operands[2] : operands[0];
    return settle(l, moved ?? { text: shortText(node) }, into, span);
  }
  return undefined;
}

function swap(l: Lowering, one: Operand, other: Operand, node: Syntax): Operand {
  const span = spanOf(l, node);
  if (one.location !== undefined && other.location !== undefined) {
    const before = l.state.builder.newTemporary();
    assign(l, before, { location: one.location, text: one.text }, span);
    assign(l, one.location, { location: other.location, text: other.text }, span);
    assign(l, other.location, { location: before, text: one.text }, span);
  }
  return { text: shortText(node) };
}

/** `HANDLE(x)`, `intptr_t(x)`: a type's name called. */
function isCastLike(l: Lowering, callee: Syntax, name: string): boolean {
  return (
    callee.type === 'primitive_type' ||
    (callee.type === 'identifier' &&
      l.state.names.lookUp(name) === undefined &&
      l.state.facts.dialect === 'cpp' &&
      /^(?:HANDLE|LPC?VOID|PC?VOID|HMODULE|HFILE|U?INT_PTR|U?LONG_PTR|DWORD_PTR|SIZE_T|DWORD(?:32|64)?|U?INT(?:8|16|32|64)?|U?LONG(?:32|64)?|BOOL|LPBYTE|PBYTE|\w+_t)$/u.test(
        name,
      ) &&
      isRawType(name))
  );
}
