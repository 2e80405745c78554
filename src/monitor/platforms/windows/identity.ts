/**
 * Which handles are of the same object. Comparing all with all would be quadratic, so that counts tell where to look: the
 * system counts the handles of an object, and a duplicate of each handle is held while the next one is made. What the
 * count of a handle's object grew after its duplicate was made is how many later handles are of the same object. Pure.
 */

export interface HeldHandle {
  /** How many handles the object had when its duplicate was just made. */
  readonly countThen: number;
  /** And when the duplicates of all handles were made. */
  readonly countNow: number;
}

/** Beyond this many comparisons, handles that nothing else tells apart are put together as their counts have it. */
const COMPARISONS_A_HANDLE = 16;
const LEAST_COMPARISONS = 20_000;

/**
 * @param handles of the same bytes and attributes, in the order in which the duplicates were made
 * @param same compares two of them, by index
 * @returns for each handle the number of its object, from 0
 */
export function groupByObject(
  handles: readonly HeldHandle[],
  same: (first: number, second: number) => boolean,
): readonly number[] {
  const objects: number[] = new Array<number>(handles.length).fill(-1);
  /** Objects by count and by how many of their handles were met: the last handle is looked at first. */
  const waiting = new Map<string, Set<Group>>();
  let budget = LEAST_COMPARISONS + COMPARISONS_A_HANDLE * handles.length;
  let count = 0;
  const put = (group: Group): void => {
    const key = `${group.count}:${group.met}`;
    const groups = waiting.get(key) ?? new Set();
    waiting.set(key, groups.add(group));
  };
  for (let index = handles.length - 1; index >= 0; index -= 1) {
    const { countThen = 0, countNow = 0 } = handles[index] ?? {};
    const later = countNow - countThen;
    const candidates = later > 0 ? waiting.get(`${countNow}:${later}`) : undefined;
    let found: Group | undefined;
    for (const group of candidates ?? []) {
      budget -= 1;
      if (budget < 0 || same(index, group.handle)) {
        found = group;
        break;
      }
    }
    if (found === undefined) {
      found = { object: count, count: countNow, handle: index, met: 0 };
      count += 1;
    }
    candidates?.delete(found);
    found.met += 1;
    put(found);
    objects[index] = found.object;
  }
  return objects;
}

interface Group {
  readonly object: number;
  readonly count: number;
  /** One of its handles, to compare with. */
  readonly handle: number;
  met: number;
}
