/** What the parts of the C# lowering share, and how they call each other without importing each other in circles. */
import type { BlockId } from '../../flow/builder.ts';
import type { Location, Operand } from '../../flow/graph.ts';
import type { FunctionState } from '../shared/function-state.ts';
import type { LexicalScope } from '../shared/lexical-names.ts';
import type { Syntax } from '../shared/syntax.ts';
import type { ClassScope } from './class-scope.ts';

/** Where `goto case` and `goto default` lead. */
export interface SwitchTargets {
  readonly cases: ReadonlyMap<string, BlockId>;
  readonly fallback: BlockId | undefined;
}

export interface Closure {
  readonly node: Syntax;
  /** Names in sight where it stands. */
  readonly scope: LexicalScope;
}

export interface Lowering {
  readonly state: FunctionState;
  /** The class whose member is lowered; undefined for top-level statements. */
  readonly scope: ClassScope | undefined;
  /** Locals of the enclosing functions, for a closure. */
  readonly enclosing: ReadonlySet<string>;
  /** Simple name of the declared return type; undefined where none is written. */
  readonly returnType: string | undefined;
  /** The function itself: to ask what is assigned to where. */
  readonly root: Syntax;
  /** Values of what stands before `?.`, while what stands after it is lowered. */
  readonly receivers: Map<Syntax, Operand>;
  readonly switches: SwitchTargets[];
  readonly closures: Closure[];
  /** An expression whose value is used; `into` says where the value must go. */
  value(node: Syntax, into?: Location): Operand;
  /** An expression for its effects only. */
  effect(node: Syntax): void;
  /** Ends with jumps to the one or the other block; `elements` are those that a loop with this condition works on. */
  condition(node: Syntax, then: BlockId, otherwise: BlockId, elements?: readonly Location[]): void;
  /** `braceless`: it is the whole body of an `if` or loop. */
  statement(node: Syntax, braceless?: boolean): void;
}
