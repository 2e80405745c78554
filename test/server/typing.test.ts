/** What an open document shows while one types. */
import assert from 'node:assert/strict';
import { Editor } from './editor.ts';
import { closed, Folder, leaking, LEAKING_LINE, RELEASE, RELEASE_RANGE } from './folder.ts';

describe('language server: typing', () => {
  let folder: Folder;
  let editor: Editor;
  let file: string;

  beforeEach(async () => {
    folder = await Folder.with({});
    editor = await Editor.start({ folders: [folder.path] });
    file = folder.file('Leaking.cs');
  });
  afterEach(async () => {
    assert.equal(await editor.stop(), 0);
    await folder.remove();
  });

  it('shows a finding in a document that was never saved', async () => {
    editor.open(file, leaking());
    assert.deepEqual(await lines(editor, file), [LEAKING_LINE]);
  });

  it('takes the finding back once the missing release is typed, and shows it again once that is deleted', async () => {
    editor.open(file, leaking());
    await editor.diagnosticsOfVersion(file);

    editor.change(file, RELEASE, RELEASE_RANGE);
    assert.deepEqual(await lines(editor, file), []);

    const { start } = RELEASE_RANGE;
    editor.change(file, '', { start, end: { line: start.line + 1, character: 0 } });
    assert.deepEqual(await lines(editor, file), [LEAKING_LINE]);
  });

  it('moves the finding along with its text', async () => {
    editor.open(file, leaking());
    await editor.diagnosticsOfVersion(file);
    editor.change(file, `\n\n${leaking()}`);
    assert.deepEqual(await lines(editor, file), [LEAKING_LINE + 2]);
  });

  it('lints what stands after the last keystroke of several, not every state between', async () => {
    editor.open(file, leaking());
    await editor.diagnosticsOfVersion(file);
    const text = leaking();
    for (let length = 0; length < 10; length += 1) {
      editor.change(file, text.slice(0, length));
    }
    editor.change(file, closed());
    assert.deepEqual(await lines(editor, file), []);
    assert.deepEqual(editor.versionsShown(file), [1, 12]);
  });

  it('answers about code actions for what was typed just now, without waiting for a pause', async () => {
    editor.open(file, leaking());
    await editor.diagnosticsOfVersion(file);
    const line = { start: { line: LEAKING_LINE, character: 20 }, end: { line: LEAKING_LINE, character: 20 } };
    assert.notDeepEqual(await editor.codeActions(file, line), []);

    editor.change(file, RELEASE, RELEASE_RANGE);
    assert.deepEqual(await editor.codeActions(file, line), []);
  });

  it('lints a document without a name in the language that the editor says it has', async () => {
    const uri = 'untitled:Untitled-1';
    editor.openAs(uri, 'csharp', leaking());
    const shown = await editor.when(() => editor.shownAt(uri));
    assert.deepEqual(
      shown.map(({ range }) => range.start.line),
      [LEAKING_LINE],
    );
  });

  it('shows findings under the URI by which the editor knows the document', async () => {
    const uri = `file://${folder.path}/with%20(brackets).cs`;
    editor.openAs(uri, 'csharp', leaking());
    const shown = await editor.when(() => editor.shownAt(uri));
    assert.equal(shown.length, 1);
  });

  it('shows nothing any more of a closed document that is not on disk', async () => {
    editor.open(file, leaking());
    await editor.diagnosticsOfVersion(file);
    editor.close(file);
    await editor.when(() => editor.shown(file).length === 0 || undefined);
  });
});

async function lines(editor: Editor, file: string): Promise<number[]> {
  return (await editor.diagnosticsOfVersion(file)).map(({ range }) => range.start.line);
}
