/** Bytes of source files as text: positions stay those that an editor shows. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeSource } from '../../../../src/lint/files/decode.ts';

describe('decoding of sources', () => {
  it('reads UTF-8, and drops its byte order mark', () => {
    assert.equal(decodeSource(Buffer.from('größe = "€";')), 'größe = "€";');
    assert.equal(decodeSource(Buffer.from('\ufeffint a;')), 'int a;');
  });

  it('reads UTF-16 of both byte orders', () => {
    const littleEndian = Buffer.from('\ufeffint größe;', 'utf16le');
    assert.equal(decodeSource(littleEndian), 'int größe;');
    assert.equal(decodeSource(Buffer.from(littleEndian).swap16()), 'int größe;');
  });

  it('reads an old code page one byte a character', () => {
    assert.equal(decodeSource(Buffer.from('int gr\xf6\xdfe;', 'latin1')), 'int größe;');
  });

  it('takes bytes with NUL for no text', () => {
    assert.equal(decodeSource(new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0])), undefined);
  });

  it('gives every text back that was written as UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!text.includes('\0') && !text.startsWith('\ufeff'));
        assert.equal(decodeSource(new TextEncoder().encode(text)), text);
      }),
    );
  });

  it('never throws, and keeps one character a byte where the bytes are no UTF-8', () => {
    fc.assert(
      fc.property(fc.uint8Array({ min: 1, minLength: 1 }), (bytes) => {
        const marked = bytes.slice(0, 2).join() === '255,254' || bytes.slice(0, 2).join() === '254,255';
        const invalid = new Uint8Array([...bytes, 0xc3]);
        fc.pre(!marked);
        assert.equal(decodeSource(invalid)?.length, invalid.length);
      }),
    );
  });
});
