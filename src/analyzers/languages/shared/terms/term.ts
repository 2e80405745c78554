/**
 * Plain terms: what programs of any procedural language are made of, once a front end has said in these words what its
 * grammar's nodes mean. The lowering of terms to graphs is the same for all languages that are read this way; parentheses,
 * casts and whatever else stands for the value of something else are left out by the front end.
 */
import type { Constant, Span } from '../../../flow/graph.ts';
import type { Written } from '../syntax.ts';

interface Form<Kind extends string> extends Written {
  readonly kind: Kind;
}

interface ConstantTerm extends Form<'constant'> {
  readonly constant: Constant;
  /** A string literal's content. */
  readonly literal?: string;
}
export interface NameTerm extends Form<'name'> {
  readonly name: string;
}
export interface MemberTerm extends Form<'member'> {
  readonly object: Term;
  readonly name: string;
}
export interface ElementTerm extends Form<'element'> {
  readonly object: Term;
  readonly index?: Term | undefined;
}
export interface CallTerm extends Form<'call'> {
  readonly callee: Term;
  readonly args: readonly Term[];
  /** Made by the language, not written: it raises nothing. */
  readonly implicit?: boolean;
}
/** `&x`: whoever is given it may put something else there. */
interface ReferenceTerm extends Form<'reference'> {
  readonly operand: Term;
}
/** A new object with its members; of a class, if one is named. */
export interface CreateTerm extends Form<'create'> {
  readonly type?: string | undefined;
  readonly members: readonly { readonly name: string; readonly value: Term }[];
}
/** A new array, list or tuple. */
interface ListTerm extends Form<'list'> {
  readonly elements: readonly Term[];
}
/** `if` as a statement or as a value. */
export interface ChoiceTerm extends Form<'choice'> {
  readonly condition: Term;
  readonly then: Term;
  readonly otherwise?: Term | undefined;
}
/** Leaves the block by `then` where the condition holds; what it binds stays in sight of what follows. */
interface UnlessTerm extends Form<'unless'> {
  readonly condition: Term;
  readonly then: Term;
}
/** The second one where the first one is null, or (`true`) not true. */
interface FallbackTerm extends Form<'fallback'> {
  readonly first: Term;
  readonly second: Term;
  readonly on: 'null' | 'true';
}
interface NotTerm extends Form<'not'> {
  readonly operand: Term;
}
interface JunctionTerm extends Form<'junction'> {
  readonly operator: 'and' | 'or';
  readonly left: Term;
  readonly right: Term;
}
export interface ComparisonTerm extends Form<'comparison'> {
  readonly operator: 'equal' | 'unequal' | 'less' | 'at-least' | 'other';
  readonly left: Term;
  readonly right: Term;
}
/** Whether the operand is (or, with `holds` false, is not) of that value: `x.is_null()`. */
interface TestTerm extends Form<'test'> {
  readonly operand: Term;
  readonly value: Constant | 'negative' | 'success';
  readonly holds: boolean;
}
/** Whether the value fits the pattern, which then binds its names: `if let`. */
export interface FitsTerm extends Form<'fits'> {
  readonly pattern: Pattern;
  readonly value: Term;
}
/** The value; where it is null the function returns that: `x?`. */
interface PropagateTerm extends Form<'propagate'> {
  readonly operand: Term;
}
/** A place or new names get a value. */
export interface AssignTerm extends Form<'assign'> {
  readonly target: Pattern;
  readonly value?: Term | undefined;
  /** A single new variable: where a declaration of its own begins. */
  readonly declares?: boolean;
}
/** Several results of one call; with them the call is lowered with places for all but the last. */
export interface ResultsTerm extends Form<'results'> {
  readonly targets: readonly Pattern[];
  readonly call: CallTerm;
}
/** A function within a function, with the names that it uses. */
export interface ClosureTerm extends Form<'closure'> {
  readonly uses: ReadonlyMap<string, Span>;
}
/** Terms in order, in a scope of their own; its value is the last one's if `gives`. */
export interface BlockTerm extends Form<'block'> {
  readonly body: readonly Term[];
  readonly gives?: boolean;
}
export interface Case {
  /** Absent for a case that always fits. */
  readonly pattern?: Pattern | undefined;
  readonly guard?: Term | undefined;
  readonly body: Term;
  readonly fallsThrough?: boolean;
}
/** Cases in order, as a statement or as a value; `breaks`: a `break` in a case leaves it. */
export interface MatchTerm extends Form<'match'> {
  readonly subject?: Term | undefined;
  readonly cases: readonly Case[];
  readonly breaks?: boolean;
}
/** Anything else: its parts are evaluated; `carries`: the first one's value is its value (an address with an offset). */
interface PartsTerm extends Form<'parts'> {
  readonly parts: readonly Term[];
  readonly carries?: boolean;
}
export interface LoopTerm extends Form<'loop'> {
  readonly label?: string | undefined;
  readonly condition?: Term | undefined;
  readonly conditionAtEnd?: boolean;
  readonly body: Term;
  readonly step?: Term | undefined;
  /** Collections of which elements are read in it: `x` of `x[i]`. */
  readonly reads: readonly Term[];
  /** Runs where the loop was not left by `break`. */
  readonly otherwise?: Term | undefined;
}
export interface EachTerm extends Form<'each'> {
  readonly label?: string | undefined;
  readonly target: Pattern;
  readonly over: Term;
  readonly body: Term;
  /** Runs where the loop was not left by `break`. */
  readonly otherwise?: Term | undefined;
}
/** A place that `goto` leads to, and that `goto`. */
interface LabelTerm extends Form<'label' | 'goto'> {
  readonly label: string;
}
interface JumpTerm extends Form<'break' | 'continue'> {
  readonly label?: string | undefined;
}
export interface ReturnTerm extends Form<'return'> {
  readonly values: readonly Term[];
}
interface ThrowTerm extends Form<'throw'> {
  readonly value?: Term | undefined;
}
export interface TryTerm extends Form<'try'> {
  readonly body: Term;
  readonly catches: readonly { readonly target?: Pattern | undefined; readonly body: Term }[];
  readonly catchesAll: boolean;
  readonly cleanUp?: Term | undefined;
}
/** `with`, `using`: the value is given back by a method of this name on every way out of the body. */
export interface GuardedTerm extends Form<'guarded'> {
  readonly target?: Pattern | undefined;
  readonly value: Term;
  readonly release: string;
  readonly body: Term;
}
/** Runs on every way out of what stands after it in its block. */
interface DeferredTerm extends Form<'deferred'> {
  readonly action: Term;
}
/** The body of a function that is called where it stands: a `return` only leaves it. */
interface InlinedTerm extends Form<'inlined'> {
  readonly body: Term;
}
/** Control never comes past it. */
type EndTerm = Form<'end'>;

export type Term =
  | ConstantTerm
  | NameTerm
  | MemberTerm
  | ElementTerm
  | CallTerm
  | ReferenceTerm
  | CreateTerm
  | ListTerm
  | ChoiceTerm
  | UnlessTerm
  | FallbackTerm
  | NotTerm
  | JunctionTerm
  | ComparisonTerm
  | TestTerm
  | FitsTerm
  | PropagateTerm
  | AssignTerm
  | ResultsTerm
  | ClosureTerm
  | BlockTerm
  | MatchTerm
  | PartsTerm
  | LoopTerm
  | EachTerm
  | LabelTerm
  | JumpTerm
  | ReturnTerm
  | ThrowTerm
  | TryTerm
  | GuardedTerm
  | DeferredTerm
  | InlinedTerm
  | EndTerm;

/** What a value is taken apart by; one that can fail to fit is a test as well. */
export type Pattern =
  /** `reuses`: one of that name in the same scope is assigned instead. */
  | (Form<'bind'> & { readonly name: string; readonly type?: string | undefined; readonly reuses?: boolean })
  | (Form<'place'> & { readonly place: Term })
  | (Form<'parts'> & { readonly parts: readonly { readonly step: string; readonly pattern: Pattern }[] })
  | (Form<'present'> & { readonly pattern: Pattern })
  /** Null; what the inner pattern binds is nothing that is followed. */
  | (Form<'absent'> & { readonly pattern?: Pattern | undefined })
  | (Form<'equals'> & { readonly value: Term })
  | (Form<'any'> & { readonly patterns: readonly Pattern[] })
  /** May fit or not; what it binds is nothing that is followed. */
  | (Form<'unknown'> & { readonly patterns: readonly Pattern[] })
  | Form<'ignore'>;
