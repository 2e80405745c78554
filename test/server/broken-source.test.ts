/** Source that does not parse: the healthy functions are still linted, and the broken ones are passed over in silence. */
import assert from 'node:assert/strict';
import { Editor } from './editor.ts';
import { Folder, leaking, LEAKING_LINE } from './folder.ts';

const BROKEN_METHOD = `
    static void Broken() {
        var other = MemoryMappedFile.CreateNew(null, 4096;
        if (
    }
`;

describe('language server: broken source', () => {
  let folder: Folder;
  let editor: Editor;

  before(async () => {
    folder = await Folder.with({});
    editor = await Editor.start({ folders: [folder.path] });
  });
  after(async () => {
    await editor.stop();
    await folder.remove();
  });

  it('reports the leak of a healthy method before a broken one, and nothing else', async () => {
    const file = folder.file('Half.cs');
    editor.open(file, leaking('Half').replace(/\}\n$/u, `${BROKEN_METHOD}}\n`));
    const found = await editor.diagnosticsOfVersion(file);
    assert.deepEqual(
      found.map(({ range }) => range.start.line),
      [LEAKING_LINE],
    );
  });

  it('says nothing of text that is no program at all', async () => {
    const file = folder.file('Nonsense.cs');
    editor.open(file, '}}} MemoryMappedFile.CreateNew( "\u0000 \ud800');
    assert.deepEqual(await editor.diagnosticsOfVersion(file), []);
  });

  it('says nothing of an empty document', async () => {
    const file = folder.file('Empty.cs');
    editor.open(file, '');
    assert.deepEqual(await editor.diagnosticsOfVersion(file), []);
  });
});
