/** `new` and `delete`, and memory that is allocated by calls. */
import type { Syntax } from '../shared/syntax.ts';
import type { Location, Operand } from '../../flow/graph.ts';
import { settle, shortText, spanOf } from './lowering.ts';
import type { Lowering } from './lowering.ts';
import { isRawType, simpleTypeName } from './types.ts';

export function lowerNew(l: Lowering, node: Syntax, into: Location | undefined): Operand {
  const span = spanOf(l, node);
  const { builder } = l.state;
  const type = node.child('type')?.text ?? '';
  const placement = node.child('placement');
  if (placement) for (const child of placement.parts) l.value(child);
  const isArray = node.child('declarator') !== undefined;
  const args = (node.child('arguments')?.parts ?? []).map((child) => l.value(child));
  const result = into ?? builder.newTemporary();
  if (isArray || isRawType(type)) {
    builder.emit({ type: 'fresh', to: result, span });
    const [first] = args;
    if (first && !isArray) settle(l, first, `${result}.*`, span);
  } else {
    builder.emit({ type: 'call', name: simpleTypeName(type), args, result, constructs: true, span });
  }
  return { location: result, text: shortText(node) };
}

/** The object's destructor runs. */
export function lowerDelete(l: Lowering, node: Syntax): void {
  const object = node.parts.at(-1);
  if (object) {
    const receiver = l.value(object);
    l.state.builder.emit({ type: 'call', name: '~', receiver, args: [], implicit: true, span: spanOf(l, node) });
  }
}

/** Calls that give memory which nothing else reaches. */
export function allocates(name: string): boolean {
  return /^(?:\w*_)?[xkvz]?[mczv]?alloc[a0]?$|^(?:Heap|Local|Global|CoTaskMem|ExAllocatePool\w*)Alloc\w*$|^ExAllocatePool\w*$|^g_(?:try_)?(?:new0?|malloc0?|slice_new0?)$/u.test(
    name,
  );
}
