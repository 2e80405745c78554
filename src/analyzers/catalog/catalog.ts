/**
 * What calls do to sections, views and pointers: the shape of the tables in this folder, and the look-up.
 * Adding a platform is one file of data and one line in TABLES.
 */
import type { Maker, ResourceKind } from '../finding.ts';
import { CPP_COLLECTIONS } from './cpp-collections.ts';
import { DOTNET } from './dotnet.ts';
import { ECMASCRIPT } from './ecmascript.ts';
import { POSIX } from './posix.ts';
import { WIN32 } from './win32.ts';

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
  readonly typeName: string;
  /** The call that releases it, with `$` for the variable. */
  readonly releasedBy: string;
  /** Argument that must be the own process, for calls that can map into another. */
  readonly ownProcess?: number;
}

export interface Release {
  readonly effect: 'release';
  readonly resources: readonly ResourceKind[];
  readonly of: Role;
  /** Only where this argument's text contains the word: DUPLICATE_CLOSE_SOURCE. */
  readonly where?: { readonly argument: number; readonly contains: string };
}

/** Uses its arguments and keeps none of them. */
export interface Borrow {
  readonly effect: 'borrow';
}

/** Puts its arguments into the collection that is its receiver. */
export interface Collect {
  readonly effect: 'collect';
}

/** Never returns: the process ends. */
export interface EndOfProcess {
  readonly effect: 'end';
}

export type Effect = Acquire | Release | Borrow | Collect | EndOfProcess;

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
export type Dialect = 'csharp' | 'c' | 'cpp' | 'typescript';

const TABLES: readonly CatalogTable[] = [DOTNET, WIN32, POSIX, CPP_COLLECTIONS, ECMASCRIPT];

function index(dialect: Dialect): ReadonlyMap<string, readonly CatalogEntry[]> {
  const byName = new Map<string, CatalogEntry[]>();
  for (const table of TABLES.filter((candidate) => candidate.languages.includes(dialect))) {
    for (const entry of table.entries) {
      for (const name of entry.names) byName.set(name, [...(byName.get(name) ?? []), entry]);
    }
  }
  return byName;
}

const INDEX: Readonly<Record<Dialect, ReadonlyMap<string, readonly CatalogEntry[]>>> = {
  csharp: index('csharp'),
  c: index('c'),
  cpp: index('cpp'),
  typescript: index('typescript'),
};

export interface CallShape {
  readonly name: string;
  readonly qualifier?: string | undefined;
  readonly hasReceiver: boolean;
}

/** The effects of a call, in the order of the tables; empty where the catalog does not know it. */
export function lookUp(dialect: Dialect, call: CallShape): readonly Effect[] {
  const lastOfQualifier = call.qualifier?.split(/\.|::/).at(-1);
  return (INDEX[dialect].get(call.name) ?? [])
    .filter((entry) => {
      if (entry.qualifiers) return lastOfQualifier !== undefined && entry.qualifiers.includes(lastOfQualifier);
      // A receiver that may as well be a type (`Native.CloseHandle`) is none that a function needs.
      return entry.method === true ? call.hasReceiver : !call.hasReceiver || call.qualifier !== undefined;
    })
    .map((entry) => entry.effect);
}

function filterOf(dialect: Dialect): RegExp {
  const words = TABLES.filter((table) => table.languages.includes(dialect)).flatMap((table) => table.words);
  return new RegExp(`\\b(?:${words.join('|')})`);
}

function releaseFilterOf(dialect: Dialect): RegExp {
  const names = TABLES.filter((table) => table.languages.includes(dialect))
    .flatMap((table) => table.entries)
    .filter(({ effect }) => effect.effect === 'release')
    .flatMap((entry) => entry.names);
  return new RegExp(`\\b(?:${names.join('|')})\\b`);
}

const RELEASE_FILTERS: Readonly<Record<Dialect, RegExp>> = {
  csharp: releaseFilterOf('csharp'),
  c: releaseFilterOf('c'),
  cpp: releaseFilterOf('cpp'),
  typescript: releaseFilterOf('typescript'),
};

/** Functions without any of these words give nothing back themselves. */
export function releaseFilter(dialect: Dialect): RegExp {
  return RELEASE_FILTERS[dialect];
}

const FILTERS: Readonly<Record<Dialect, RegExp>> = {
  csharp: filterOf('csharp'),
  c: filterOf('c'),
  cpp: filterOf('cpp'),
  typescript: filterOf('typescript'),
};

/** The cheap text filter: files without any of these words are not parsed for their own sake. */
export function textFilter(dialect: Dialect): RegExp {
  return FILTERS[dialect];
}
