/** What the parts of the lowering of terms share. */
import type { Dialect } from '../../../catalog/entry.ts';
import type { Location } from '../../../flow/graph.ts';
import type { Closure } from '../closures.ts';
import type { Evaluator } from '../evaluator.ts';
import type { ClosureTerm, Term } from './term.ts';

/** What a file says of the names that its functions use. */
export interface FileFacts {
  readonly dialect: Dialect;
  /** Name in this file -> name under which the function is known: imports under another name, native functions. */
  readonly functionNames: ReadonlyMap<string, string>;
  /** What stands after the dot is a function of somebody else's module. */
  readonly modules: ReadonlySet<string>;
  /** The same for a module that may be one of the workspace: its functions are looked up by their names. */
  readonly packages: ReadonlySet<string>;
  readonly types: ReadonlySet<string>;
  /** A name that begins with a capital is a type where nothing else explains it. */
  readonly capitalTypes: boolean;
  /** Any value is a condition, which fails for null, zero and the like. */
  readonly anyIsCondition: boolean;
  /** What a function that gives something back returns where it succeeds. */
  releaseGives(qualifier: string | undefined): 'null' | 'true';
  /** All of this, as text. */
  readonly key: string;
}

export interface FunctionFacts {
  readonly name: string;
  readonly qualifiedName: string;
  /** Class whose method it is. */
  readonly owner: string | undefined;
  readonly file: FileFacts;
  /** Locals of the enclosing functions that it uses. */
  readonly enclosing: ReadonlySet<string>;
  readonly isEntryPoint: boolean;
}

export interface Lowering extends Evaluator<Term> {
  readonly facts: FunctionFacts;
  readonly resultCount: number;
  /** Where the results stand, where they have names. */
  readonly resultPlaces: Location[];
  readonly closures: Closure<ClosureTerm>[];
  /** Labels that the functions which are lowered where they stand are left by, innermost last. */
  readonly inlined: string[];
}

export function isUnexplained({ state, facts }: Lowering, name: string): boolean {
  return state.names.lookUp(name) === undefined && !facts.enclosing.has(name);
}
