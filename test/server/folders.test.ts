/** Several folders, and files that change on disk. */
import assert from 'node:assert/strict';
import { FileChangeType } from 'vscode-languageserver/node';
import { Editor } from './editor.ts';
import { closed, Folder, leaking } from './folder.ts';

describe('language server: folders', () => {
  let one: Folder;
  let other: Folder;
  let editor: Editor;

  beforeEach(async () => {
    one = await Folder.with({ 'One.cs': leaking('One'), 'below/Two.cs': leaking('Two') });
    other = await Folder.with({ 'Other.cs': leaking('Other') });
    editor = await Editor.start({ folders: [one.path, other.path] });
    await editor.whenReady();
  });
  afterEach(async () => {
    await editor.stop();
    await one.remove();
    await other.remove();
  });

  it('shows the findings of files that are not open, in every folder', () => {
    assert.equal(editor.shownUris.length, 3);
    assert.equal(editor.shown(other.file('Other.cs')).length, 1);
  });

  it('says how many files and findings there are', async () => {
    assert.deepEqual(await editor.whenReady(), { state: 'ready', files: 3, findings: 3 });
  });

  it('asks to be told of changed files and settings', () => {
    assert.deepEqual(editor.registrations.toSorted(), [
      'workspace/didChangeConfiguration',
      'workspace/didChangeWatchedFiles',
    ]);
  });

  it('takes back what it showed of a folder that is removed', async () => {
    editor.changeFolders([], [other.path]);
    await editor.when(() => editor.shownUris.length === 2 || undefined);
    assert.equal(editor.shown(other.file('Other.cs')).length, 0);
  });

  it('goes on showing an open document of a folder that is removed', async () => {
    const file = other.file('Other.cs');
    editor.open(file, leaking('Other'));
    await editor.diagnosticsOfVersion(file);
    const before = editor.statuses.length;
    editor.changeFolders([], [other.path]);
    await editor.whenReady(before);
    assert.equal(editor.shown(file).length, 1);
  });

  it('shows the findings of a folder that is added', async () => {
    const added = await Folder.with({ 'Added.cs': leaking('Added') });
    editor.changeFolders([added.path], []);
    await editor.when(() => editor.shownUris.length === 4 || undefined);
    assert.equal(editor.shown(added.file('Added.cs')).length, 1);
    await added.remove();
  });

  it('takes back what it showed of a deleted file', async () => {
    await one.remove('One.cs');
    editor.changeOnDisk([one.file('One.cs'), FileChangeType.Deleted]);
    await editor.when(() => editor.shown(one.file('One.cs')).length === 0 || undefined);
    assert.equal(editor.shown(one.file('below/Two.cs')).length, 1);
  });

  it('takes back what it showed of the files in a deleted folder', async () => {
    await one.remove('below');
    editor.changeOnDisk([one.file('below'), FileChangeType.Deleted]);
    await editor.when(() => editor.shown(one.file('below/Two.cs')).length === 0 || undefined);
    assert.equal(editor.shown(one.file('One.cs')).length, 1);
  });

  it('follows a file that changes on disk', async () => {
    await one.write('One.cs', closed('One'));
    editor.changeOnDisk([one.file('One.cs'), FileChangeType.Changed]);
    await editor.when(() => editor.shown(one.file('One.cs')).length === 0 || undefined);
  });

  it('lints files that are created, also those of a folder that is moved in', async () => {
    await one.write('New.cs', leaking('New'));
    await one.write('moved/deep/In.cs', leaking('In'));
    editor.changeOnDisk([one.file('New.cs'), FileChangeType.Created], [one.file('moved'), FileChangeType.Created]);
    await editor.when(() => editor.shownUris.length === 5 || undefined);
    assert.equal(editor.shown(one.file('moved/deep/In.cs')).length, 1);
  });

  it('leaves out created files that discovery would leave out', async () => {
    await one.write('node_modules/kept/Hidden.cs', leaking('Hidden'));
    await one.write('notes.txt', 'MemoryMappedFile.CreateNew(null, 1);');
    await one.write('Shown.cs', leaking('Shown'));
    editor.changeOnDisk(
      [one.file('node_modules/kept/Hidden.cs'), FileChangeType.Created],
      [one.file('notes.txt'), FileChangeType.Created],
      [one.file('Shown.cs'), FileChangeType.Created],
    );
    await editor.when(() => editor.shown(one.file('Shown.cs')).length === 1 || undefined);
    assert.equal(editor.shownUris.length, 4);
  });

  it('lets the text of the editor win over the disk, until the document is closed', async () => {
    const file = one.file('One.cs');
    editor.open(file, closed('One'));
    assert.deepEqual(await editor.diagnosticsOfVersion(file), []);

    await one.write('One.cs', `\n${leaking('One')}`);
    editor.changeOnDisk([file, FileChangeType.Changed]);
    editor.change(file, `\n${closed('One')}`);
    assert.deepEqual(await editor.diagnosticsOfVersion(file), []);

    editor.close(file);
    await editor.when(() => editor.shown(file).length === 1 || undefined);
  });

  it('takes out what a new .gitignore names, and brings it back with an old one', async () => {
    await one.write('.gitignore', 'below/\n');
    editor.changeOnDisk([one.file('.gitignore'), FileChangeType.Created]);
    await editor.when(() => editor.shown(one.file('below/Two.cs')).length === 0 || undefined);

    await one.remove('.gitignore');
    editor.changeOnDisk([one.file('.gitignore'), FileChangeType.Deleted]);
    await editor.when(() => editor.shown(one.file('below/Two.cs')).length === 1 || undefined);
  });

  it('names what it had to leave out once in the log, and lints the rest', async () => {
    await one.write('Binary.cs', new Uint8Array([1, 0, 2]));
    const before = editor.statuses.length;
    editor.changeFolders([], [other.path]);
    await editor.whenReady(before);
    await editor.request('sectionLeaks/lintWorkspace');
    assert.equal(editor.log.filter((line) => line.includes('Binary.cs is binary')).length, 1);
    assert.equal(editor.shown(one.file('One.cs')).length, 1);
  });
});
