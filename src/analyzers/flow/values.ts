/**
 * What the dataflow knows of a value, as a short text:
 *
 * - a **path** names a thing that outlives the expression: `R:4` a resource, `O:12` an object made in this function, a
 *   parameter `L:p@9`, a field `S.map`, something below any of these (`L:p@9.map`, `R:4.SafeHandle`);
 * - `#null`, `#minus-one`, `#true`, `#false`, `#other` a constant;
 * - `!4` the status that the call which made resource 4 returned;
 * - `?` anything.
 */
import type { Constant, Location } from './graph.ts';

export type Value = string;
export type Path = string;

/** Number of a resource in its function: two for each acquiring call, see olderOf. */
export type ResourceId = number;

export const UNKNOWN: Value = '?';

export function constantValue(constant: Constant): Value {
  return `#${constant}`;
}

export function constantOf(value: Value): Constant | undefined {
  return value.startsWith('#') ? (value.slice(1) as Constant) : undefined;
}

export function isPath(value: Value): boolean {
  return value !== UNKNOWN && !value.startsWith('#') && !value.startsWith('!');
}

export function resourcePath(id: ResourceId): Path {
  return `R:${id}`;
}

export function statusValue(id: ResourceId): Value {
  return `!${id}`;
}

export function statusOf(value: Value): ResourceId | undefined {
  return value.startsWith('!') ? Number(value.slice(1)) : undefined;
}

/** The resource that the value is; undefined for what only lies below one. */
export function resourceOf(value: Value): ResourceId | undefined {
  return value.startsWith('R:') && !value.includes('.') ? Number(value.slice(2)) : undefined;
}

/**
 * A site in a loop makes one resource after the other: the newest has the even number, all older ones that are still
 * open share the odd one after it.
 */
export function olderOf(id: ResourceId): ResourceId {
  return id | 1;
}

export function isOlder(id: ResourceId): boolean {
  return (id & 1) === 1;
}

export function newestOf(id: ResourceId): ResourceId {
  return id & ~1;
}

/** Root of what other functions can reach: fields and statics, globals, locals of an enclosing function. */
export function isShared(path: Path): boolean {
  return /^[SGC](?:\.|$)/u.test(path);
}

export function isObject(path: Path): boolean {
  return path.startsWith('O:');
}

/** Whether an assignment to the cell adds to what it holds instead of replacing it. */
export function isSummaryCell(cell: Location): boolean {
  return cell.endsWith('.[]') || cell.includes('.[].');
}
