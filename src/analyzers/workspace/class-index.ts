/** The classes of all files by name; the parts of a partial class, and a class that several files show, are one. */
import type { ClassFacts } from '../flow/graph.ts';

export function indexOf(classes: readonly ClassFacts[]): ReadonlyMap<string, ClassFacts> {
  const index = new Map<string, ClassFacts>();
  for (const facts of classes) {
    const before = index.get(facts.name);
    index.set(facts.name, before === undefined ? facts : merged(before, facts));
  }
  return index;
}

function merged(one: ClassFacts, other: ClassFacts): ClassFacts {
  const both = <T>(first: readonly T[] = [], second: readonly T[] = []): readonly T[] => [
    ...new Set([...first, ...second]),
  ];
  return {
    name: one.name,
    bases: both(one.bases, other.bases),
    fields: both(one.fields, other.fields),
    staticFields: both(one.staticFields, other.staticFields),
    owningFields: both(one.owningFields, other.owningFields),
    accessors: new Map([...(one.accessors ?? []), ...(other.accessors ?? [])]),
    initial: new Map([...(one.initial ?? []), ...(other.initial ?? [])]),
  };
}
