/** Titles of quick fixes. */
import assert from 'node:assert/strict';
import { fixTitle } from '../../../../src/lint/rules/fixes.ts';

describe('title of a fix', () => {
  it('says what is added, and where', () => {
    const fix = { release: 'map.Dispose()', edits: [] };
    assert.equal(
      fixTitle({ ...fix, kind: 'using-declaration' }),
      'Release at the end of the scope with a using declaration',
    );
    assert.equal(fixTitle({ ...fix, kind: 'release-before-loss' }), 'Add map.Dispose() before it is lost');
    assert.equal(fixTitle({ ...fix, kind: 'release-at-end' }), 'Add map.Dispose() at the end');
  });
});
