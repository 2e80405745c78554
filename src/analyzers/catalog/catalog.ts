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

function index(dialect: Dialect): ReadonlyMap<string, readonly CatalogEntry[]> {
  const byName = new Map<string, CatalogEntry[]>();
  for (const table of TABLES.filter((candidate) => candidate.languages.includes(dialect))) {
    for (const entry of table.entries) {
      for (const name of entry.names) byName.set(name, [...(byName.get(name) ?? []), entry]);
    }
  }
  return byName;
}

function byDialect<Value>(make: (dialect: Dialect) => Value): Readonly<Record<Dialect, Value>> {
  return Object.fromEntries(DIALECTS.map((dialect) => [dialect, make(dialect)])) as Record<Dialect, Value>;
}

const INDEX = byDialect(index);

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

function ownFilterOf(dialect: Dialect): RegExp {
  const names = TABLES.filter((table) => table.languages.includes(dialect))
    .flatMap((table) => table.entries)
    .filter(({ effect }) => effect.effect === 'acquire' || effect.effect === 'release')
    .flatMap((entry) => entry.names);
  return new RegExp(`\\b(?:${names.join('|')})\\b`);
}

const OWN_FILTERS = byDialect(ownFilterOf);

/** Functions without any of these words make nothing and give nothing back themselves. */
export function ownFilter(dialect: Dialect): RegExp {
  return OWN_FILTERS[dialect];
}

const FILTERS = byDialect(filterOf);

/** The cheap text filter: files without any of these words are not parsed for their own sake. */
export function textFilter(dialect: Dialect): RegExp {
  return FILTERS[dialect];
}
