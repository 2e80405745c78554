/** Which collections a piece of source reads elements of. Nothing is evaluated. */
import type { Location } from '../../flow/graph.ts';
import { below } from '../../flow/graph.ts';
import { descendants, type Syntax } from './syntax.ts';

interface Reading {
  /** The collection of which the node reads an element: `x` of `x[i]`, of `x.pop()`. */
  collectionOf(node: Syntax): Syntax | undefined;
  /** Where a collection stands that is named without evaluating anything. */
  locationOf(node: Syntax): Location | undefined;
}

/** Locations of the elements that a loop's condition and body read. */
export function elementsIn(parts: readonly (Syntax | undefined)[], reading: Reading): readonly Location[] {
  const found = new Set<Location>();
  for (const part of parts) {
    for (const node of part === undefined ? [] : [part, ...descendants(part)]) {
      const collection = reading.collectionOf(node);
      const location = collection && reading.locationOf(collection);
      if (location !== undefined) found.add(below(location, '[]'));
    }
  }
  return [...found];
}

/** A language's chains of members: `a.b.c`, `this.b`. */
interface Members {
  readonly type: string;
  /** The field that holds what stands before the dot, and the one for what stands after it. */
  readonly object: string;
  readonly name: string;
  /** What stands for the value of another expression is that one. */
  plain(node: Syntax): Syntax;
  locationOfName(name: string): Location;
}

export function namedLocation(node: Syntax, members: Members): Location | undefined {
  const plain = members.plain(node);
  switch (plain.type) {
    case 'identifier':
      return members.locationOfName(plain.text);
    case 'this':
      return 'S';
    case members.type: {
      const [object, name] = [plain.child(members.object), plain.child(members.name)];
      const base = object && namedLocation(object, members);
      return base === undefined || name === undefined ? undefined : below(base, name.text);
    }
    default:
      return undefined;
  }
}
