/** The ignore rules by themselves: which scope wins, and which folders nobody lints. */
import assert from 'node:assert/strict';
import { isIgnored, isNeverLinted, scopeOf, scopesAbove } from '../../../../src/lint/files/ignore-rules.ts';
import { Folder } from '../../../server/folder.ts';

describe('ignore rules', () => {
  const outer = scopeOf('/project', ['*.c', '!kept.c', 'out/']);

  it('ignore by the rules of a folder what lies below it', () => {
    assert.equal(isIgnored([outer], '/project/a/b.c', false), true);
    assert.equal(isIgnored([outer], '/project/a/kept.c', false), false);
    assert.equal(isIgnored([outer], '/elsewhere/b.c', false), false);
  });

  it('tell folders from files where a rule is for folders only', () => {
    assert.equal(isIgnored([outer], '/project/out', true), true);
    assert.equal(isIgnored([outer], '/project/out', false), false);
  });

  it('let an inner folder take back what an outer one ignores', () => {
    const inner = scopeOf('/project/a', ['!b.c']);
    assert.equal(isIgnored([outer, inner], '/project/a/b.c', false), false);
    assert.equal(isIgnored([outer, inner], '/project/b.c', false), true);
    assert.equal(isIgnored([inner, outer], '/project/a/b.c', false), true);
  });

  it('leave out what belongs to tools, and the build output beside a .NET project', () => {
    assert.equal(isNeverLinted('node_modules', []), true);
    assert.equal(isNeverLinted('.git', []), true);
    assert.equal(isNeverLinted('obj', ['A.csproj']), true);
    assert.equal(isNeverLinted('obj', ['Makefile']), false);
    assert.equal(isNeverLinted('src', ['A.csproj']), false);
  });

  it('come from every folder up to the root of the repository, and from nowhere outside one', async () => {
    const folder = await Folder.with({ '.gitignore': 'outer.c\n', 'a/.gitignore': 'inner.c\n', 'a/b/x.c': '' });
    assert.deepEqual(await scopesAbove(folder.file('a/b')), []);
    await folder.write('.git/info/exclude', 'excluded.c\n');
    const scopes = await scopesAbove(folder.file('a/b'));
    for (const name of ['outer.c', 'inner.c', 'excluded.c']) {
      assert.equal(isIgnored(scopes, folder.file(`a/b/${name}`), false), true, name);
    }
    assert.equal(isIgnored(scopes, folder.file('a/b/x.c'), false), false);
    await folder.remove();
  });
});
