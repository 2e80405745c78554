/** A function that is given as terms. */
import type { Written } from '../syntax.ts';
import type { Pattern, Term } from './term.ts';

/** A function as a front end gives it to the lowering. */
export interface FunctionTerm extends Written {
  readonly parameters: readonly ParameterTerm[];
  /** The name that stands for the object whose method it is. */
  readonly self?: string | undefined;
  /** Names that belong to the whole function, wherever they are first assigned. */
  readonly hoisted: readonly NamedPlace[];
  /** Results that have names: what a bare `return` gives. */
  readonly results: readonly NamedPlace[];
  /** How many results a call of it gives: all but the last one go to places that the caller names. */
  readonly resultCount: number;
  readonly body: Term;
  /** The body's value is what it returns. */
  readonly returnsBody: boolean;
}

export interface NamedPlace {
  readonly name: string;
  readonly start: number;
}

export interface ParameterTerm extends NamedPlace {
  readonly type?: string | undefined;
  /** For one that is taken apart where the function begins. */
  readonly pattern?: Pattern | undefined;
}
