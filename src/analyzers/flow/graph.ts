/**
 * The common flow graph: all that a language front end produces and all that the dataflow reads. It knows no language.
 *
 * A **location** names where a value can be reached: a root and at most three steps, joined by dots. Roots are `L:name@offset`
 * (a local or parameter, made unique by its declaration), `T:n` (a temporary), `S` (the object whose method this is: `this.f`, `f`, `self.f`
 * and static members of its class are all `S.f`; so is, inside of a class, a name that no declaration in the function explains), `G` (the
 * same outside of classes, `G.name`) and `C` (a local of an enclosing function, seen from a closure: `C.name`). `[]` is the one summary
 * element of an array or collection, `*` what a pointer points to. `&` below a parameter is the caller's own variable, where the language
 * takes it by reference without the caller's saying so (C++).
 * Offsets count UTF-16 code units from the start of the function, so that a function that only moved keeps its graph.
 */
export type Location = string;

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The few values that tests on handles distinguish. */
export type Constant = 'null' | 'minus-one' | 'true' | 'false' | 'other';

export interface Operand {
  readonly location?: Location;
  readonly constant?: Constant;
  /** A string literal's content. */
  readonly literal?: string;
  /** Source text, for look-ups such as flags given by name; shortened to 120 characters. */
  readonly text: string;
  /** `&x`, `ref x`, `out x`. */
  readonly byReference?: boolean;
  /** A function literal given as an argument. */
  readonly closure?: boolean;
}

export interface CallEvent {
  readonly type: 'call';
  /** Last part of the callee's name; the class's name for a constructor. */
  readonly name: string;
  /** What stands before it: a type or namespace as written (`MemoryMappedFile`), for static or qualified calls. */
  readonly qualifier?: string;
  readonly receiver?: Operand;
  readonly args: readonly Operand[];
  /** Where the result goes; absent where the result is used by nothing. */
  readonly result?: Location;
  readonly constructs?: boolean;
  /** Made by the language, not written: the Dispose of a `using`. */
  readonly implicit?: boolean;
  /** The call's whole expression. */
  readonly span: Span;
}

export interface AssignEvent {
  readonly type: 'assign';
  readonly to: Location;
  readonly from: Operand;
  /** The target's declared type gives back what is put into it (a smart pointer, a guard). */
  readonly owner?: boolean;
  readonly span: Span;
}

/** A new object, array or collection that only this location reaches so far. */
export interface FreshEvent {
  readonly type: 'fresh';
  readonly to: Location;
  readonly span: Span;
}

/** Locals that end here. */
export interface ScopeExitEvent {
  readonly type: 'scope-exit';
  readonly locations: readonly Location[];
  /** The scope; where a statement leaves it, that statement. */
  readonly span: Span;
  /** Left by a `return` or `throw` that leaves the function. */
  readonly exit?: { readonly type: 'return' | 'throw'; readonly braceless?: boolean };
}

export type FlowEvent = CallEvent | AssignEvent | FreshEvent | ScopeExitEvent;

/** A test that an edge refines. `negative` is `x < 0`; `success` is NT_SUCCESS and its kin. */
export type Test =
  | {
      readonly op: 'is';
      readonly location: Location;
      readonly value: Constant | 'negative' | 'success';
      readonly span: Span;
      readonly text: string;
      /** What it asks, in words, where the condition's text says the opposite: `x is null` of `x != NULL`. */
      readonly told?: string;
    }
  /** Entry of a loop whose body works on these elements: not skipped while they hold something open. */
  | { readonly op: 'loop'; readonly elements: readonly Location[]; readonly span: Span; readonly text: string }
  | { readonly op: 'unknown'; readonly span: Span; readonly text: string };

export type Terminator =
  | { readonly type: 'goto'; readonly to: number }
  | { readonly type: 'branch'; readonly test: Test; readonly then: number; readonly else: number }
  /** `implicit`: control falls off the end; the span is then the closing brace. `braceless`: the statement is the whole body of an `if` or loop. */
  | {
      readonly type: 'return';
      readonly value?: Operand;
      readonly span: Span;
      readonly implicit?: boolean;
      readonly braceless?: boolean;
    }
  /** `implicit`: an exception that some callee may have raised goes on; nobody wrote it. */
  | {
      readonly type: 'throw';
      readonly value?: Operand;
      readonly span: Span;
      readonly implicit?: boolean;
      readonly braceless?: boolean;
    }
  /** The process ends, or control never comes here. */
  | { readonly type: 'end' };

export interface Block {
  readonly events: readonly FlowEvent[];
  readonly end: Terminator;
  /** Where an exception that a call in this block raises goes on, if the function catches it or cleans up after it. */
  readonly handler?: number;
}

export interface Parameter {
  readonly location: Location;
  readonly name: string;
  /** Declared type as written, without qualifiers, if there is one. */
  readonly type?: string;
  /** The function is called as if it were a method of this parameter. */
  readonly extended?: boolean;
}

/** A declaration that a quick fix may turn into `using`. */
export interface LocalDeclaration {
  readonly location: Location;
  /** Start of the whole statement. */
  readonly start: number;
  readonly type?: string;
  /** A statement of its own with one variable that is assigned nowhere else. */
  readonly alone: boolean;
}

export interface FunctionGraph {
  /** `<lambda>` for a closure, `.ctor` for a constructor, `~` for a destructor or finaliser. */
  readonly name: string;
  /** `Namespace.Class.Method` as far as the file shows it. */
  readonly qualifiedName: string;
  /** Simple name of the class whose method it is. */
  readonly owner?: string;
  readonly parameters: readonly Parameter[];
  /** The first one is the entry. */
  readonly blocks: readonly Block[];
  /** Locals that a closure uses or whose address something unknown has: whoever has them may release them. */
  readonly captured: ReadonlyMap<Location, Span>;
  readonly declarations: readonly LocalDeclaration[];
  /** The program's entry: what is open when it ends goes with the process. */
  readonly isEntryPoint: boolean;
  /** Types of locals and parameters as declared, for owners of fields. */
  readonly types: ReadonlyMap<Location, string>;
}

export interface ClassFacts {
  readonly name: string;
  readonly bases: readonly string[];
  readonly fields: readonly string[];
  /** Those of the fields that exist once for the whole program. */
  readonly staticFields?: readonly string[];
  /** Fields whose declared type releases by itself: smart pointers and guards. */
  readonly owningFields: readonly string[];
  /** Properties that only stand for a field, by the field's name. */
  readonly accessors?: ReadonlyMap<string, readonly string[]>;
  /** Constants that fields hold before any constructor runs. */
  readonly initial?: ReadonlyMap<string, Constant>;
}

/** The last step of a location: the field's or variable's name as the source writes it. */
export function lastStep(location: Location): string {
  const steps = location.split('.').filter((step) => step !== '[]' && step !== '*' && step !== '&');
  return (steps.at(-1) ?? location).replace(/^L:/, '').replace(/@\d+$/, '');
}

export function rootOf(location: Location): string {
  const dot = location.indexOf('.');
  return dot < 0 ? location : location.slice(0, dot);
}

export function isLocal(location: Location): boolean {
  return location.startsWith('L:') || location.startsWith('T:');
}

/** The location itself or something below it. */
export function isWithin(location: Location, ancestor: Location): boolean {
  return location === ancestor || (location.startsWith(ancestor) && location[ancestor.length] === '.');
}

/** One step below; deeper than three steps everything is "somewhere below". */
export function below(location: Location, step: string): Location {
  return location.split('.').length > 3 ? location : `${location}.${step}`;
}
