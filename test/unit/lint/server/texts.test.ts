/** The text of the editor wins over the one on disk. */
import assert from 'node:assert/strict';
import { Texts } from '../../../../src/lint/server/texts.ts';

describe('texts', () => {
  let seen: Map<string, string>;
  let texts: Texts;

  beforeEach(() => {
    seen = new Map();
    texts = new Texts({
      setText: (file, text) => seen.set(file, text),
      remove: (file) => seen.delete(file),
      files: () => [...seen.keys()],
    });
  });

  it('keep the text of the editor while the document is open', () => {
    texts.setOnDisk('a.c', 'disk');
    texts.setOpen('a.c', 'typed');
    texts.setOnDisk('a.c', 'changed on disk');
    assert.equal(seen.get('a.c'), 'typed');
  });

  it('take the text on disk once the document is closed', () => {
    texts.setOpen('a.c', 'typed');
    texts.setOnDisk('a.c', 'disk');
    texts.close('a.c');
    texts.setOnDisk('a.c', 'disk');
    assert.equal(seen.get('a.c'), 'disk');
  });

  it('forget a file that is neither open nor on disk', () => {
    texts.setOpen('a.c', 'typed');
    texts.setOnDisk('a.c', 'disk');
    texts.removeFromDisk('a.c');
    assert.equal(seen.get('a.c'), 'typed');
    assert.equal(texts.has('a.c'), true);
    texts.close('a.c');
    assert.equal(texts.has('a.c'), false);
    assert.deepEqual(texts.all, []);
  });
});
