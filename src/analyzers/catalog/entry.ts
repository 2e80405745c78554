/** The shape of the tables in this folder: what a call does to sections, views and pointers. */
import type { Maker, ResourceKind } from '../finding.ts';

/** How a failed acquire shows. */
export type Failure = 'null' | 'minus-one' | 'exception' | 'status';

/** A part of a call: the receiver, the result, or an argument by its index. */
export type Role = 'receiver' | 'result' | number;

export interface Acquire {
  readonly effect: 'acquire';
  readonly resource: ResourceKind;
  /** `result`, or the index of the argument that receives it by reference; `receiver` for a reference count on it. */
  readonly into: Role;
  readonly failure: Failure;
  /** Where the thing it belongs to is given: a view's section, a pointer's view. */
  readonly parent?: Role;
  /** Only where the parent is a section that the analysis follows: a mapping of anything else is no view of a section. */
  readonly needsParent?: boolean;
  readonly maker?: Maker;
  /** The argument that names the section. */
  readonly nameArgument?: number;
  /** The language gives it back at once when nothing reaches it any more: only what keeps it can leak it. */
  readonly reclaimed?: boolean;
  readonly typeName: string;
  /** The call that releases it, with `$` for the variable. */
  readonly releasedBy: string;
  /** Argument that must be the own process, for calls that can map into another. */
  readonly ownProcess?: number;
  /** Argument that says where the view shall stand: whoever gave the address can unmap it without the result. */
  readonly address?: number;
}

export interface Release {
  readonly effect: 'release';
  readonly resources: readonly ResourceKind[];
  readonly of: Role;
  /** Only what the catalog calls so. */
  readonly typeName?: string;
  /** Only where this argument's text contains the word: DUPLICATE_CLOSE_SOURCE. */
  readonly where?: { readonly argument: number; readonly contains: string };
}

/** Uses its arguments and keeps none of them. */
export interface Borrow {
  readonly effect: 'borrow';
}

/** Takes over what it is given: the caller need not release it any more. Only projects declare it. */
export interface HandOver {
  readonly effect: 'hand-over';
}

/** Puts its arguments into the collection that is its receiver. */
export interface Collect {
  readonly effect: 'collect';
}

/** A constructor: to dispose the object disposes its first argument, unless a later one is true (`leaveOpen`). */
export interface Wrap {
  readonly effect: 'wrap';
}

/** Never returns: the process ends. */
export interface EndOfProcess {
  readonly effect: 'end';
}

export type Effect = Acquire | Release | Borrow | HandOver | Collect | Wrap | EndOfProcess;

export interface CatalogEntry {
  readonly names: readonly string[];
  /** The type or class before the dot, for static calls; any of these. */
  readonly qualifiers?: readonly string[];
  /** An instance method: only with a receiver. `resource` restricts it to receivers that hold such a resource, if it is known what they hold. */
  readonly method?: boolean;
  readonly effect: Effect;
}

export interface CatalogTable {
  readonly languages: readonly Dialect[];
  readonly entries: readonly CatalogEntry[];
  /** Words of which a file must contain one to be worth parsing. */
  readonly words: readonly string[];
}

/** Which table applies depends on the language, and a call is looked up by its last name. */
export const DIALECTS = ['csharp', 'c', 'cpp', 'typescript', 'python', 'go', 'rust', 'powershell'] as const;
export type Dialect = (typeof DIALECTS)[number];
