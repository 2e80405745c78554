/** Which files are linted: the walk through a folder, and the question whether the walk would come upon a path. */
import assert from 'node:assert/strict';
import { symlink } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { discover, type Discovered } from '../../../../src/lint/files/discovery.ts';
import { kindBelow } from '../../../../src/lint/files/membership.ts';
import { Folder } from '../../../server/folder.ts';

const TREE = {
  'main.c': '',
  'notes.txt': '',
  'app/App.cs': '',
  'app/App.csproj': '',
  'app/bin/Debug/Copy.cs': '',
  'app/obj/Made.cs': '',
  'tools/bin/tool.cpp': '',
  'node_modules/kept/index.c': '',
  'third_party/a.c': '',
  'third_party/ours.c': '',
  'out/made.c': '',
  'out/kept.c': '',
  'deep/.gitignore': 'local.c\n',
  'deep/local.c': '',
  'deep/down/local.c': '',
  'deep/down/other.c': '',
};

describe('discovery of sources', () => {
  let folder: Folder;

  beforeEach(async () => {
    folder = await Folder.with(TREE);
  });
  afterEach(async () => {
    await folder.remove();
  });

  async function found(root = folder.path, exclude: readonly string[] = []): Promise<string[]> {
    const all = await every(discover(root, { exclude, base: folder.path }));
    return all.flatMap((one) => ('file' in one ? [relative(folder.path, one.file).split(sep).join('/')] : []));
  }

  it('takes sources in the order of their names, and leaves out what nobody lints', async () => {
    assert.deepEqual(await found(), [
      'app/App.cs',
      'deep/down/other.c',
      'main.c',
      'out/kept.c',
      'out/made.c',
      'third_party/a.c',
      'third_party/ours.c',
      'tools/bin/tool.cpp',
    ]);
  });

  it('obeys the .gitignore files of every folder on the way', async () => {
    await folder.write('.gitignore', 'out/*\n!out/kept.c\n');
    await folder.write('.git/HEAD', 'ref: refs/heads/main\n');
    assert.equal((await found()).includes('out/made.c'), false);
    assert.equal((await found()).includes('out/kept.c'), true);
    assert.deepEqual(await found(folder.file('out')), ['out/kept.c']);
  });

  it('takes a file that is named itself, ignored or not', async () => {
    await folder.write('.gitignore', 'out/\n');
    assert.deepEqual(await found(folder.file('out/made.c')), ['out/made.c']);
  });

  it('leaves out what the user excludes, whatever a .gitignore takes back', async () => {
    await folder.write('.gitignore', '!third_party/a.c\n');
    const kept = await found(folder.path, ['third_party/*', '!third_party/ours.c']);
    assert.deepEqual(
      kept.filter((name) => name.startsWith('third_party')),
      ['third_party/ours.c'],
    );
  });

  it('does not follow links, so that no circle is walked for ever', async () => {
    await symlink(folder.path, folder.file('deep/circle'));
    assert.equal((await found()).filter((name) => name.endsWith('main.c')).length, 1);
  });

  it('says why a path that was asked for cannot be linted', async () => {
    const [missing] = await every(discover(folder.file('missing'), { exclude: [], base: folder.path }));
    assert(missing !== undefined && 'problem' in missing);
    assert.equal(missing.atRoot, true);
    assert.match(missing.problem.what, /does not exist/u);
    const [text] = await every(discover(folder.file('notes.txt'), { exclude: [], base: folder.path }));
    assert(text !== undefined && 'problem' in text);
    assert.match(text.problem.what, /is not C/u);
  });

  it('answers for each path what the walk does', async () => {
    await folder.write('.gitignore', 'out/*\n!out/kept.c\n');
    await symlink(folder.file('main.c'), folder.file('link.c'));
    const options = { exclude: ['third_party/*', '!third_party/ours.c'], base: folder.path };
    const walked = await found(folder.path, options.exclude);
    const paths = [...Object.keys(TREE), 'link.c', 'missing.c'];
    const members: string[] = [];
    for (const name of paths) {
      if ((await kindBelow(folder.path, folder.file(name), options)) === 'file') {
        members.push(name);
      }
    }
    assert.deepEqual(members.toSorted(), walked.toSorted());
  });

  it('tells folders that are walked through from those that are not', async () => {
    const options = { exclude: ['out/'], base: folder.path };
    assert.equal(await kindBelow(folder.path, folder.file('tools/bin'), options), 'folder');
    assert.equal(await kindBelow(folder.path, folder.file('app/bin'), options), undefined);
    assert.equal(await kindBelow(folder.path, folder.file('out'), options), undefined);
    assert.equal(await kindBelow(folder.path, folder.file('node_modules/kept'), options), undefined);
    assert.equal(await kindBelow(folder.file('app'), folder.file('main.c'), options), undefined);
    assert.equal(await kindBelow(folder.path, folder.path, options), undefined);
  });
});

async function every(found: AsyncGenerator<Discovered>): Promise<Discovered[]> {
  const all: Discovered[] = [];
  for await (const one of found) {
    all.push(one);
  }
  return all;
}
