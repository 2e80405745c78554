import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatBounds, formatBoundsExactly, formatBytes, formatBytesExactly } from '../../../src/sites/format-bytes.ts';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

describe('bytes in words', () => {
  for (const [bytes, words] of [
    [0, '0 bytes'],
    [1, '1 byte'],
    [1023, '1023 bytes'],
    [1024, '1.0 KiB'],
    [16 * MIB, '16.0 MiB'],
    [18 * GIB, '18.0 GiB'],
    [212 * MIB, '212 MiB'],
    [402_653_184, '384 MiB'],
    [-1.5 * MIB, '-1.5 MiB'],
  ] as const) {
    it(`writes ${bytes} as ${words}`, () => {
      assert.equal(formatBytes(bytes), words);
    });
  }

  it('goes on to the next unit where the rounded number would be 1024', () => {
    assert.equal(formatBytes(MIB - 1), '1.0 MiB');
    assert.equal(formatBytes(99.97 * MIB), '100 MiB');
  });

  it('is never off by more than the last digit that it shows', () => {
    fc.assert(
      fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), (bytes) => {
        const [number = '', unit = ''] = formatBytes(bytes).split(' ');
        const scale = 1024 ** Math.max(0, ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'].indexOf(unit) + 1);
        const digit = number.includes('.') ? 0.1 : 1;
        assert.ok(Math.abs(Number(number) * scale - bytes) <= (digit / 2 + 1e-9) * scale);
      }),
    );
  });

  it('writes the exact number with separators', () => {
    assert.equal(formatBytesExactly(19_327_504_385), '19,327,504,385 bytes');
  });

  it('writes a range only where both ends read differently', () => {
    assert.equal(formatBounds({ min: 0, max: 1.5 * MIB }), '0 bytes – 1.5 MiB');
    assert.equal(formatBounds({ min: 16 * MIB, max: 16 * MIB + 1 }), '16.0 MiB');
    assert.equal(formatBoundsExactly({ min: 16, max: 17 }), '16 bytes – 17 bytes');
  });
});
