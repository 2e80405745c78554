/** Reading syntax nodes. */
import type { Node } from 'web-tree-sitter';
import type { Operand } from '../../flow/graph.ts';

const LONGEST_TEXT = 120;

export function shortText(node: Node): string {
  return node.text.slice(0, LONGEST_TEXT);
}

export function namedChildren(node: Node): readonly Node[] {
  return node.namedChildren.filter((child) => child.type !== 'comment');
}

export function field(node: Node, name: string): Node | undefined {
  return node.childForFieldName(name) ?? undefined;
}

export function fieldText(node: Node, name: string): string {
  return field(node, name)?.text ?? '';
}

/** Whether a keyword or operator stands among the node's own tokens. */
export function hasToken(node: Node, token: string): boolean {
  return node.children.some((child) => !child.isNamed && child.type === token);
}

export function unknownOperand(node: Node): Operand {
  return { text: shortText(node) };
}

/** Thrown by `descend` and caught where the lowering of the function began. */
export class TooDeep extends Error {}

/** Levels of expressions and statements; each costs several frames of the stack. */
const DEEPEST = 600;

export class DepthGuard {
  private depth = 0;

  descend<T>(body: () => T): T {
    this.depth += 1;
    if (this.depth > DEEPEST) throw new TooDeep('nested too deeply');
    const result = body();
    this.depth -= 1;
    return result;
  }
}
