/** Lambdas, anonymous methods and local functions, seen from the function around them. */
import type { Node } from 'web-tree-sitter';
import { type Lowering, spanOf } from './lowering.ts';

/** Locals that the closure names are captured: whoever has the closure can use and release them. */
export function noteClosure(lowering: Lowering, node: Node): void {
  const pending: Node[] = [node];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    if (at.type === 'identifier') {
      const location = lowering.names.lookUp(at.text);
      if (location !== undefined && !lowering.captured.has(location))
        lowering.captured.set(location, spanOf(lowering, at));
    }
    pending.push(...at.namedChildren);
  }
}
