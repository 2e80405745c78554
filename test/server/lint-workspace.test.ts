/** Linting all files at once: what comes out, what else is answered meanwhile, and how it is ended early. */
import assert from 'node:assert/strict';
import { ALLOCATION_SITES_REQUEST, LINT_WORKSPACE_REQUEST, type LintWorkspaceResult } from '../../src/lint/protocol.ts';
import { Editor, uriOf } from './editor.ts';
import { closed, Folder, leaking } from './folder.ts';

/** Enough that a message goes to and fro many times while they are read. */
const MANY = 3000;

describe('language server: lint workspace', () => {
  let folder: Folder;
  let editor: Editor;

  afterEach(async () => {
    await editor.stop();
    await folder.remove();
  });

  async function start(files: Readonly<Record<string, string>>): Promise<void> {
    folder = await Folder.with(files);
    editor = await Editor.start({ folders: [folder.path] });
    await editor.whenReady();
  }

  it('takes in what no file watcher told of, and says what came out', async () => {
    await start({ 'One.cs': leaking('One'), 'Two.cs': closed('Two') });
    await folder.write('One.cs', closed('One'));
    await folder.write('Two.cs', leaking('Two'));
    await folder.write('Three.cs', leaking('Three'));
    const result = await editor.request<LintWorkspaceResult>(LINT_WORKSPACE_REQUEST);
    assert.deepEqual(result, { files: 3, findings: 2, cancelled: false });
    assert.deepEqual(editor.shownUris.toSorted(), [uriOf(folder.file('Three.cs')), uriOf(folder.file('Two.cs'))]);
  });

  it('answers other requests and lints what is typed before it is done', async () => {
    await start(manyFiles());
    const order: string[] = [];
    const all = editor.request<LintWorkspaceResult>(LINT_WORKSPACE_REQUEST).then((result) => {
      order.push('workspace');
      return result;
    });
    const file = folder.file('File0.cs');
    await editor.request(ALLOCATION_SITES_REQUEST, { textDocument: { uri: uriOf(file) } });
    order.push('sites');
    editor.open(file, leaking('Typed'));
    assert.equal((await editor.diagnosticsOfVersion(file)).length, 1);
    order.push('typed');
    assert.deepEqual(await all, { files: MANY, findings: 1, cancelled: false });
    assert.deepEqual(order, ['sites', 'typed', 'workspace']);
  });

  it('ends when the user cancels it; open documents are linted all the same', async () => {
    await start(manyFiles());
    editor.cancelProgress();
    const result = await editor.request<LintWorkspaceResult>(LINT_WORKSPACE_REQUEST);
    assert.equal(result.cancelled, true);
    assert.match(editor.statuses.at(-1)?.reason ?? '', /cancelled.*Lint Workspace/u);

    const file = folder.file('File0.cs');
    editor.open(file, leaking('Typed'));
    assert.equal((await editor.diagnosticsOfVersion(file)).length, 1);
  });
});

function manyFiles(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Array.from({ length: MANY }, (_, index) => [`File${index}.cs`, closed(`Class${index}`)] as const),
  );
}
