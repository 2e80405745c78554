/** What the parts of the C# lowering share, and how they call each other without importing each other in circles. */
import type { BlockId } from '../../flow/builder.ts';
import type { Closure } from '../shared/closures.ts';
import type { Evaluator } from '../shared/evaluator.ts';
import type { Syntax } from '../shared/syntax.ts';
import type { ClassScope } from './class-scope.ts';

/** Where `goto case` and `goto default` lead. */
export interface SwitchTargets {
  readonly cases: ReadonlyMap<string, BlockId>;
  readonly fallback: BlockId | undefined;
}

export interface Lowering extends Evaluator {
  /** The class whose member is lowered; undefined for top-level statements. */
  readonly scope: ClassScope | undefined;
  /** Locals of the enclosing functions, for a closure. */
  readonly enclosing: ReadonlySet<string>;
  /** Simple name of the declared return type; undefined where none is written. */
  readonly returnType: string | undefined;
  /** The function itself: to ask what is assigned to where. */
  readonly root: Syntax;
  readonly switches: SwitchTargets[];
  readonly closures: Closure<Syntax>[];
}
