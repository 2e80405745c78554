/** Names of files and URIs of documents. */
import assert from 'node:assert/strict';
import { fileNameOf, uriOfFile } from '../../../../src/lint/server/file-names.ts';

describe('names of files', () => {
  it('are paths for documents on disk, however their URI is written', () => {
    assert.equal(fileNameOf('file:///a%20b/c.c'), '/a b/c.c');
    assert.equal(fileNameOf('file:///a%20b/%28c%29.c'), '/a b/(c).c');
    assert.equal(fileNameOf(uriOfFile('/a b/#1.c')), '/a b/#1.c');
  });

  it('tell the language of a document that was never saved', () => {
    assert.equal(fileNameOf('untitled:Untitled-1', 'csharp'), 'untitled:Untitled-1.cs');
    assert.equal(fileNameOf('untitled:new.c', 'c'), 'untitled:new.c');
    assert.equal(fileNameOf('untitled:Untitled-2', 'rust'), 'untitled:Untitled-2.rs');
    assert.equal(fileNameOf('untitled:Untitled-3', 'java'), 'untitled:Untitled-3');
  });
});
