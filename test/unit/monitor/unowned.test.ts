import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type ByteRange, lengthOf, overlap, union } from '../../../src/monitor/platforms/ranges.ts';
import { type AllocatedRanges, unownedBytes } from '../../../src/monitor/platforms/unowned.ts';

const PAGE = 4096;
const PAGES = 24;

/** A section page by page: what is allocated, what of that was written, and what a view covers. */
const section = fc.array(fc.record({ allocated: fc.boolean(), written: fc.boolean(), mapped: fc.boolean() }), {
  minLength: PAGES,
  maxLength: PAGES,
});
type Section = readonly { readonly allocated: boolean; readonly written: boolean; readonly mapped: boolean }[];

describe('bytes that no view covers', () => {
  it('are all allocated ones where there is no view', () => {
    assert.deepEqual(unownedBytes({ bytes: 10 * PAGE, allocatedBytes: 3 * PAGE, mapped: [] }, neverAsked).bytes, {
      min: 3 * PAGE,
      max: 3 * PAGE,
    });
  });

  it('are none where views cover everything, and all others where everything is allocated', () => {
    const one = { start: 0, end: PAGE };
    const whole = { start: 0, end: 10 * PAGE };
    const extent = { bytes: 10 * PAGE, allocatedBytes: 10 * PAGE };
    assert.equal(unownedBytes({ ...extent, mapped: [whole] }, neverAsked).bytes.max, 0);
    assert.equal(unownedBytes({ ...extent, mapped: [one] }, neverAsked).bytes.min, 9 * PAGE);
  });

  it('are bounded, with the reason, where the places of the data are not known', () => {
    const mapped = [{ start: 0, end: 4 * PAGE }];
    const unowned = unownedBytes({ bytes: 10 * PAGE, allocatedBytes: 5 * PAGE, mapped }, () => ({
      reason: 'no koffi',
    }));
    assert.deepEqual(unowned.bytes, { min: PAGE, max: 5 * PAGE });
    assert.match(unowned.how, /no koffi/u);
  });

  it('are exact for every section whose allocated pages were all written', () => {
    fc.assert(
      fc.property(section, (pages) => {
        const written = pages.map((page) => ({ ...page, written: page.allocated }));
        const { bytes } = unownedBytes(extentOf(written), () => dataOf(written));
        assert.deepEqual(bytes, { min: truth(written), max: truth(written) });
      }),
    );
  });

  it('lie within the bounds for every section', () => {
    fc.assert(
      fc.property(section, fc.boolean(), (pages, known) => {
        const { bytes } = unownedBytes(extentOf(pages), () => (known ? dataOf(pages) : { reason: 'unknown' }));
        assert.ok(bytes.min <= truth(pages) && truth(pages) <= bytes.max, JSON.stringify(bytes));
      }),
    );
  });
});

describe('a union of ranges', () => {
  it('covers the same bytes, cut off at the limit, without overlap', () => {
    const range = fc
      .tuple(fc.nat(40), fc.nat(40))
      .map(([start, length]): ByteRange => ({ start, end: start + length }));
    fc.assert(
      fc.property(fc.array(range), fc.nat(60), (ranges, limit) => {
        const covered = (within: readonly ByteRange[], byte: number) =>
          within.some(({ start, end }) => start <= byte && byte < end);
        const united = union(ranges, limit);
        for (let byte = 0; byte < 90; byte += 1) {
          assert.equal(covered(united, byte), byte < limit && covered(ranges, byte));
        }
        assert.ok(united.every(({ start }, index) => index === 0 || start > united[index - 1]!.end));
        assert.equal(overlap(united, union(ranges, 200)), lengthOf(united));
      }),
    );
  });
});

function extentOf(pages: Section) {
  const allocatedBytes = pages.filter(({ allocated }) => allocated).length * PAGE;
  return { bytes: PAGES * PAGE, allocatedBytes, mapped: rangesOf(pages.map(({ mapped }) => mapped)) };
}

/** The system shows written pages only: reserved ones look like holes. */
function dataOf(pages: Section): AllocatedRanges {
  return { ranges: rangesOf(pages.map(({ allocated, written }) => allocated && written)) };
}

function truth(pages: Section): number {
  return pages.filter(({ allocated, mapped }) => allocated && !mapped).length * PAGE;
}

function rangesOf(pages: readonly boolean[]): readonly ByteRange[] {
  return union(
    pages.flatMap((is, index) => (is ? [{ start: index * PAGE, end: (index + 1) * PAGE }] : [])),
    PAGES * PAGE,
  );
}

function neverAsked(): never {
  throw new Error('the figures alone tell');
}
