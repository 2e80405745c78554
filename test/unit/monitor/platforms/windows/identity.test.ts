/** Which handles are of the same object, told by counts and few comparisons. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { groupByObject } from '../../../../../src/monitor/platforms/windows/identity.ts';

/** @param objects which object each handle is of, in the order in which the duplicates are made */
function group(objects: readonly number[], handlesElsewhere = 0) {
  const inAll = (object: number) => objects.filter((other) => other === object).length + handlesElsewhere;
  const held = objects.map((object, index) => ({
    countThen: inAll(object) + objects.slice(0, index + 1).filter((other) => other === object).length,
    countNow: inAll(object) * 2 - handlesElsewhere,
  }));
  let comparisons = 0;
  const groups = groupByObject(held, (a, b) => {
    comparisons += 1;
    return objects[a] === objects[b];
  });
  return { groups, comparisons };
}

/** Equal numbers at the same places, whatever the numbers are. */
function assertSameGroups(found: readonly number[], objects: readonly number[]): void {
  const pairs = new Set(objects.map((object, index) => `${object}:${found[index]}`));
  assert.equal(pairs.size, new Set(objects).size);
  assert.equal(new Set(found).size, new Set(objects).size);
}

describe('handles of the same bytes', () => {
  it('are put together by object, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(12), { maxLength: 60 }), fc.nat(3), (objects, elsewhere) => {
        assertSameGroups(group(objects, elsewhere).groups, objects);
      }),
    );
  });

  it('take one comparison each where they were duplicated one after the other, or all of them in turn', () => {
    const count = 500;
    const oneByOne = Array.from({ length: count * 4 }, (_, index) => Math.floor(index / 4));
    const inTurn = Array.from({ length: count * 4 }, (_, index) => index % count);
    for (const objects of [oneByOne, inTurn]) {
      const { groups, comparisons } = group(objects);
      assertSameGroups(groups, objects);
      assert.equal(comparisons, count * 3);
    }
  });

  it('are still counted right where comparing all would take too long', () => {
    const count = 3000;
    // Each handle's object is the one that comes last among those that it may be of.
    const objects = [...Array(count).keys(), ...[...Array(count).keys()].reverse()];
    const { groups, comparisons } = group(objects);
    assert.equal(new Set(groups).size, count);
    assert.ok(comparisons < count * 40);
  });

  it('that come and go while they are counted make no object vanish', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ countThen: fc.nat(5), countNow: fc.nat(5), object: fc.nat(5) }), { maxLength: 40 }),
        (handles) => {
          const groups = groupByObject(handles, (a, b) => handles[a]!.object === handles[b]!.object);
          assert.ok(groups.every((object) => object >= 0));
          const pairs = new Set(groups.map((found, index) => `${found}:${handles[index]!.object}`));
          assert.equal(pairs.size, new Set(groups).size, 'no group of two objects');
        },
      ),
    );
  });
});
