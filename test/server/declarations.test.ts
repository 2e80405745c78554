/** `.section-leaks.json` in a folder of the workspace. */
import assert from 'node:assert/strict';
import { FileChangeType } from 'vscode-languageserver/node';
import { Editor } from './editor.ts';
import { Folder } from './folder.ts';

const POOL = JSON.stringify({
  acquire: [{ function: 'pool_take', resource: 'section', releasedBy: 'pool_give' }],
  release: [{ function: 'pool_give' }],
});
const USE = 'int use(void) {\n  void *entry = pool_take(1);\n  return 0;\n}\n';

describe('language server: declarations', () => {
  let folder: Folder;
  let editor: Editor;
  let source: string;
  let declarations: string;

  beforeEach(async () => {
    folder = await Folder.with({ 'use.c': USE, '.section-leaks.json': POOL });
    source = folder.file('use.c');
    declarations = folder.file('.section-leaks.json');
    editor = await Editor.start({ folders: [folder.path] });
    await editor.whenReady();
  });
  afterEach(async () => {
    await editor.stop();
    await folder.remove();
  });

  it('are known from the start', () => {
    assert.deepEqual(
      editor.shown(source).map(({ code }) => code),
      ['section-never-closed'],
    );
  });

  it('are followed when they change, and forgotten when they go', async () => {
    await folder.write('.section-leaks.json', '{}');
    editor.changeOnDisk([declarations, FileChangeType.Changed]);
    await editor.when(() => editor.shown(source).length === 0 || undefined);
    await folder.write('.section-leaks.json', POOL);
    editor.changeOnDisk([declarations, FileChangeType.Changed]);
    await editor.when(() => editor.shown(source).length === 1 || undefined);
    await folder.remove('.section-leaks.json');
    editor.changeOnDisk([declarations, FileChangeType.Deleted]);
    await editor.when(() => editor.shown(source).length === 0 || undefined);
  });

  it('show their fault at its line, until it is mended', async () => {
    await folder.write('.section-leaks.json', POOL.replace('"function":"pool_take",', '\n"name": 1,'));
    editor.changeOnDisk([declarations, FileChangeType.Changed]);
    await editor.when(() => editor.shown(declarations).length > 0 || undefined);
    const [fault] = editor.shown(declarations);
    assert.equal(fault?.code, 'declarations');
    assert.match(fault.message, /Until then the file declares nothing\.$/u);
    await folder.write('.section-leaks.json', POOL);
    editor.changeOnDisk([declarations, FileChangeType.Changed]);
    await editor.when(() => editor.shown(declarations).length === 0 || undefined);
  });
});
