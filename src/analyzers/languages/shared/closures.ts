/** Functions within functions: the locals that they use may be released by whoever calls them. */
import type { Span } from '../../flow/graph.ts';
import type { FunctionState } from './function-state.ts';
import { spanOf } from './function-state.ts';
import type { LexicalScope } from './lexical-names.ts';
import type { Written } from './syntax.ts';

export interface Closure<Node extends Written> {
  readonly node: Node;
  /** Names in sight where it stands. */
  readonly scope: LexicalScope;
}

/** Once all names are declared: a function may stand before what it uses. */
export function captureLocals<Node extends Written>(
  { state, closures }: { readonly state: FunctionState; readonly closures: readonly Closure<Node>[] },
  usedNames: (closure: Node) => ReadonlyMap<string, Span>,
): void {
  for (const { node, scope } of closures) {
    for (const [name, span] of usedNames(node)) {
      const location = state.names.lookUp(name, scope);
      if (location !== undefined) state.capture(location, span);
    }
  }
}

/** The first place of each name among the nodes, without those that are declared there. */
export function firstUses<Node extends Written>(
  names: Iterable<Node>,
  declared: ReadonlySet<string>,
): ReadonlyMap<string, Span> {
  const used = new Map<string, Span>();
  for (const node of names) {
    if (!declared.has(node.text) && !used.has(node.text)) used.set(node.text, spanOf(node));
  }
  return used;
}
