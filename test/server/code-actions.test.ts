/** Quick fixes are complete: once applied, the finding is gone. */
import assert from 'node:assert/strict';
import { CodeActionKind, type TextDocumentEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { EXPLAIN_COMMAND } from '../../src/lint/protocol.ts';
import { Editor, uriOf } from './editor.ts';
import { Folder, leaking, LEAKING_LINE } from './folder.ts';

describe('language server: code actions', () => {
  let folder: Folder;
  let editor: Editor;
  let file: string;

  beforeEach(async () => {
    folder = await Folder.with({});
    editor = await Editor.start({ folders: [folder.path] });
    file = folder.file('Leaking.cs');
    editor.open(file, leaking());
    await editor.diagnosticsOfVersion(file);
  });
  afterEach(async () => {
    await editor.stop();
    await folder.remove();
  });

  it('offers a fix whose edit makes the finding go', async () => {
    const [found] = editor.shown(file);
    const fix = (await editor.codeActions(file, found!.range)).find(({ edit }) => edit !== undefined);
    assert.equal(fix?.kind, CodeActionKind.QuickFix);
    assert.equal(fix.isPreferred, true);
    assert.deepEqual(fix.diagnostics, [found]);

    const [change] = fix.edit?.documentChanges as TextDocumentEdit[];
    assert.deepEqual(change?.textDocument, { uri: uriOf(file), version: 1 });
    const document = TextDocument.create(uriOf(file), 'csharp', 1, leaking());
    const edits = change.edits.map((edit) => ({ range: edit.range, newText: 'newText' in edit ? edit.newText : '' }));
    editor.change(file, TextDocument.applyEdits(document, edits));
    assert.deepEqual(await editor.diagnosticsOfVersion(file), []);
  });

  it('offers a comment that allows it, which counts once it has a reason', async () => {
    const [found] = editor.shown(file);
    const action = (await editor.codeActions(file, found!.range)).find(({ title }) =>
      title.startsWith('Allow it here'),
    );
    const [change] = action?.edit?.documentChanges as TextDocumentEdit[];
    const document = TextDocument.create(uriOf(file), 'csharp', 1, leaking());
    const edits = change!.edits.map((edit) => ({ range: edit.range, newText: 'newText' in edit ? edit.newText : '' }));
    const allowing = TextDocument.applyEdits(document, edits);
    editor.change(file, allowing);
    const codes = (await editor.diagnosticsOfVersion(file)).map(({ code }) => code);
    assert.deepEqual(codes.toSorted(), [found!.code, 'idle-comment'].toSorted());
    editor.change(file, allowing.replace('-- \n', '-- held until the process ends\n'));
    assert.deepEqual(await editor.diagnosticsOfVersion(file), []);
  });

  it('leads to the path that leaks', async () => {
    const [found] = editor.shown(file);
    const actions = await editor.codeActions(file, found!.range);
    const explain = actions.find(({ command }) => command?.command === EXPLAIN_COMMAND);
    assert.deepEqual(explain?.command?.arguments, [
      { uri: uriOf(file), line: LEAKING_LINE, character: found!.range.start.character, rule: found!.code },
    ]);
  });

  it('offers nothing where there is no finding', async () => {
    const elsewhere = { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } };
    assert.deepEqual(await editor.codeActions(file, elsewhere), []);
  });

  it('offers nothing to those who ask for other kinds of actions', async () => {
    const [found] = editor.shown(file);
    assert.deepEqual(await editor.codeActions(file, found!.range, [CodeActionKind.Refactor]), []);
    assert.notDeepEqual(await editor.codeActions(file, found!.range, [CodeActionKind.QuickFix]), []);
  });
});
