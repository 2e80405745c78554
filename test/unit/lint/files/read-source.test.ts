/** Reading one source, or the sentence that says why it is left out and what to do. */
import assert from 'node:assert/strict';
import { symlink, truncate } from 'node:fs/promises';
import { analysisProblem, problemSentence } from '../../../../src/lint/files/problem.ts';
import { LARGEST_SOURCE_BYTES, readSource } from '../../../../src/lint/files/read-source.ts';
import { Folder } from '../../../server/folder.ts';

describe('reading of a source', () => {
  let folder: Folder;

  before(async () => {
    folder = await Folder.with({ 'a.c': 'int a;\n', 'binary.c': new Uint8Array([1, 0]), 'large.c': '' });
    await truncate(folder.file('large.c'), LARGEST_SOURCE_BYTES + 2 * 1024 * 1024);
    await symlink(folder.file('loop.c'), folder.file('loop.c'));
  });
  after(async () => {
    await folder.remove();
  });

  async function reason(name: string): Promise<string> {
    const source = await readSource(folder.file(name));
    assert('problem' in source);
    return problemSentence(source.problem, name);
  }

  it('gives its text', async () => {
    assert.deepEqual(await readSource(folder.file('a.c')), { text: 'int a;\n' });
  });

  it('says why a file is left out, and what to do', async () => {
    assert.match(await reason('binary.c'), /^binary\.c is binary \(it holds NUL bytes\)\. It was left out/u);
    assert.match(await reason('large.c'), /^large\.c has 12 MiB, more than the 10 MiB that are linted\./u);
    assert.match(await reason('missing.c'), /^missing\.c does not exist\. Check the path/u);
    assert.match(await reason('loop.c'), /^loop\.c is a symbolic link that leads back to itself\. Mend the link/u);
    assert.match(await reason('.'), /^\. cannot be read \(EISDIR\)\. Check the disk/u);
  });

  it('says so where the analysis failed on a file', () => {
    const problem = analysisProblem('/a.c', new Error('no block'));
    assert.equal(
      problemSentence(problem),
      '/a.c was not analysed: the analysis failed on it (no block). Please report it with the file, or exclude it.',
    );
  });
});
