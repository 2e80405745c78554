/** Things made of parts: object, array and collection initialisers, tuples. */
import type { Node } from 'web-tree-sitter';
import type { Location, Operand } from '../../flow/graph.ts';
import { below } from '../../flow/graph.ts';
import { field, namedChildren, shortText } from '../cs-shared/nodes.ts';
import { type Lowering, spanOf } from './lowering.ts';

/** Arrays, collections, tuples and anonymous objects: a new thing that holds the parts. */
export function lowerAggregate(lowering: Lowering, node: Node, into: Location | undefined): Operand {
  const result = into ?? lowering.builder.newTemporary();
  lowering.builder.emit({ type: 'fresh', to: result, span: spanOf(lowering, node) });
  fillAggregate(lowering, node, result);
  return { location: result, text: shortText(node) };
}

export function fillAggregate(lowering: Lowering, node: Node, result: Location): void {
  let position = 0;
  for (const child of namedChildren(node)) {
    if (child.type === 'initializer_expression') {
      fillAggregate(lowering, child, result);
    } else if (child.type === 'assignment_expression') {
      const [left, right] = [field(child, 'left'), field(child, 'right')];
      if (left && right) lowerMember(lowering, left, right, result);
    } else if (
      child.type === 'array_type' ||
      child.type === 'array_rank_specifier' ||
      (child.type === 'identifier' && node.type === 'anonymous_object_creation_expression')
    ) {
      continue;
    } else {
      const value = child.type === 'argument' ? namedChildren(child).at(-1) : child;
      position += 1;
      if (value) lowering.value(value, below(result, node.type === 'tuple_expression' ? `Item${position}` : '[]'));
    }
  }
}

function lowerMember(lowering: Lowering, left: Node, right: Node, result: Location): void {
  const member = left.type === 'identifier' ? left.text : '[]';
  if (right.type === 'initializer_expression') fillAggregate(lowering, right, below(result, member));
  else lowering.value(right, below(result, member));
}
