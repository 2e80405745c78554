/**
 * A scene: what the places that outlive a function hold when it is left, as far as it is known. Another function can be
 * run from there, to see what becomes of a resource that the first one left open.
 */
import { isLocal, isWithin, rootOf } from './graph.ts';
import type { Site } from './sites.ts';
import type { State } from './state.ts';
import type { ResourceTemplate } from './summary.ts';
import { isObject, isShared, type Path, type ResourceId, resourceOf, resourcePath, type Value } from './values.ts';

export interface Scene {
  /** Constants, objects, and the open resources by their numbers in this scene: the one in question is `R:0`. */
  readonly cells: ReadonlyMap<Path, Value>;
  /** The resources, in the order of their numbers (0, 2, 4, ...). */
  readonly resources: readonly ResourceTemplate[];
}

/** Number of the resource in question. */
export const IN_QUESTION: ResourceId = 0;
/** Any object: all that counts is that it is one. */
const SOME_OBJECT: Value = 'O:scene';

export function sceneOf(state: State, id: ResourceId, siteOf: (id: ResourceId) => Site): Scene {
  const numbers = new Map<ResourceId, ResourceId>([[id, IN_QUESTION]]);
  const cells = new Map<Path, Value>();
  for (const [cell, values] of [...state.bindings].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const [only] = values;
    if (values.length !== 1 || only === undefined || !canOutlive(cell)) continue;
    const value = seenFromOutside(state, only, numbers);
    if (value !== undefined) cells.set(cell, value);
  }
  return { cells, resources: [...numbers.keys()].map((known) => siteOf(known).resource) };
}

/** Fields, globals, and what lies below a local that may be a parameter. */
function canOutlive(cell: Path): boolean {
  return isShared(cell) || (isLocal(cell) && cell !== rootOf(cell));
}

function seenFromOutside(state: State, value: Value, numbers: Map<ResourceId, ResourceId>): Value | undefined {
  if (value.startsWith('#')) return value;
  if (isObject(value)) return SOME_OBJECT;
  const id = resourceOf(value);
  const resource = id === undefined ? undefined : state.resource(id);
  if (id === undefined || resource === undefined) return undefined;
  switch (resource.typestate) {
    case 'open': {
      const number = numbers.get(id) ?? numbers.size * 2;
      numbers.set(id, number);
      return resourcePath(number);
    }
    case 'failed':
      return '#null';
    case 'released':
    case 'handed-over':
      return undefined;
  }
}

/** The cells below one place, as if they stood below another one. */
export function moved(cells: ReadonlyMap<Path, Value>, from: Path, to: Path): ReadonlyMap<Path, Value> {
  return new Map(
    [...cells]
      .filter(([cell]) => cell !== from && isWithin(cell, from))
      .map(([cell, value]) => [to + cell.slice(from.length), value]),
  );
}
