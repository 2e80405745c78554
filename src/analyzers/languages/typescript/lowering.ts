/** What the parts of the TypeScript lowering share. */
import type { Closure } from '../shared/closures.ts';
import type { Evaluator } from '../shared/evaluator.ts';
import type { Syntax } from '../shared/syntax.ts';
import type { ClassScope } from './class-scope.ts';
import type { FileFacts } from './file-facts.ts';

export interface Lowering extends Evaluator {
  readonly facts: FileFacts;
  /** The class whose method, or a function within it, is lowered. */
  readonly scope: ClassScope | undefined;
  /** Locals of the enclosing functions that this function uses. */
  readonly enclosing: ReadonlySet<string>;
  /** The module's own statements: what they declare outside of any block is the module's, not theirs. */
  readonly isModule: boolean;
  readonly closures: Closure<Syntax>[];
  /** Locals that only count: arithmetic makes another number of them, where an address stays in what it points into. */
  readonly counters: Set<string>;
  /** Arrays of one element that a native function can put its result into. */
  readonly boxes: Set<string>;
}
