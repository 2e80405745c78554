/**
 * What calls do to sections, views and pointers: the tables of this folder, and the look-up.
 * Adding a platform is one file of data and one line in TABLES.
 */
import { type CatalogEntry, type CatalogTable, type Dialect, DIALECTS, type Effect } from './entry.ts';
import { CPP_COLLECTIONS } from './cpp-collections.ts';
import { DOTNET } from './dotnet.ts';
import { ECMASCRIPT } from './ecmascript.ts';
import { GO } from './go.ts';
import { POWERSHELL } from './powershell.ts';
import { PYTHON } from './python.ts';
import { RUST } from './rust.ts';
import { POSIX } from './posix.ts';
import { WIN32 } from './win32.ts';

const TABLES: readonly CatalogTable[] = [
  DOTNET,
  WIN32,
  POSIX,
  CPP_COLLECTIONS,
  ECMASCRIPT,
  PYTHON,
  GO,
  RUST,
  POWERSHELL,
];

function index(dialect: Dialect, declared: readonly CatalogEntry[]): ReadonlyMap<string, readonly CatalogEntry[]> {
  const byName = new Map<string, CatalogEntry[]>();
  for (const entry of [...declared, ...tablesOf(dialect).flatMap(({ entries }) => entries)]) {
    for (const name of entry.names) byName.set(name, [...(byName.get(name) ?? []), entry]);
  }
  return byName;
}

function tablesOf(dialect: Dialect): readonly CatalogTable[] {
  return TABLES.filter(({ languages }) => languages.includes(dialect));
}

function byDialect<Value>(make: (dialect: Dialect) => Value): Readonly<Record<Dialect, Value>> {
  return Object.fromEntries(DIALECTS.map((dialect) => [dialect, make(dialect)])) as Record<Dialect, Value>;
}

export interface CallShape {
  readonly name: string;
  readonly qualifier?: string | undefined;
  readonly hasReceiver: boolean;
}

/** What calls do, as far as the tables and the project's own declarations tell. */
export interface Catalog {
  /** The effects of a call: what the project declares, then in the order of the tables; empty where nothing is known. */
  lookUp(dialect: Dialect, call: CallShape): readonly Effect[];
  /** The cheap text filter: files without any of these words are not parsed for their own sake. */
  textFilter(dialect: Dialect): RegExp;
  /** Functions without any of these words make nothing and give nothing back themselves. */
  ownFilter(dialect: Dialect): RegExp;
}

/** @param declared by the project, for all languages; they come before the tables */
export function createCatalog(declared: readonly CatalogEntry[]): Catalog {
  const entries = byDialect((dialect) => index(dialect, declared));
  const textFilters = byDialect((dialect) => filterOf(dialect, declared));
  const ownFilters = byDialect((dialect) => ownFilterOf(dialect, declared));
  return {
    lookUp: (dialect, call) => effectsOf(entries[dialect].get(call.name) ?? [], call),
    textFilter: (dialect) => textFilters[dialect],
    ownFilter: (dialect) => ownFilters[dialect],
  };
}

function effectsOf(entries: readonly CatalogEntry[], { qualifier, hasReceiver }: CallShape): readonly Effect[] {
  const lastOfQualifier = qualifier?.split(/\.|::/).at(-1);
  return entries
    .filter((entry) => {
      if (entry.qualifiers) return lastOfQualifier !== undefined && entry.qualifiers.includes(lastOfQualifier);
      // A receiver that may as well be a type (`Native.CloseHandle`) is none that a function needs.
      return entry.method === true ? hasReceiver : !hasReceiver || qualifier !== undefined;
    })
    .map((entry) => entry.effect);
}

function filterOf(dialect: Dialect, declared: readonly CatalogEntry[]): RegExp {
  const own = declared.filter(({ effect }) => effect.effect === 'acquire').flatMap(({ names }) => names.map(asWord));
  return new RegExp(`\\b(?:${[...tablesOf(dialect).flatMap(({ words }) => words), ...own].join('|')})`);
}

function ownFilterOf(dialect: Dialect, declared: readonly CatalogEntry[]): RegExp {
  const names = [...declared, ...tablesOf(dialect).flatMap(({ entries }) => entries)]
    .filter(({ effect }) => effect.effect === 'acquire' || effect.effect === 'release')
    .flatMap((entry) => entry.names);
  return new RegExp(`\\b(?:${names.map(asWord).join('|')})\\b`);
}

/** Names of a project may hold any character. */
function asWord(name: string): string {
  return name.replace(/[^\w]/gu, '\\$&');
}

/** The tables alone. */
const BUILT_IN = createCatalog([]);

/** The effects of a call by the tables alone: what front ends tell a language's own calls by. */
export function lookUp(dialect: Dialect, call: CallShape): readonly Effect[] {
  return BUILT_IN.lookUp(dialect, call);
}
