/** What the monitor's side of an editor asks: which lines make sections, and what the lint says of them. */
import assert from 'node:assert/strict';
import { ALLOCATION_SITES_REQUEST, type AllocationSitesResult } from '../../src/lint/protocol.ts';
import { Editor, uriOf } from './editor.ts';
import { closed, Folder, leaking, LEAKING_LINE, RELEASE, RELEASE_RANGE } from './folder.ts';

describe('language server: allocation sites', () => {
  let folder: Folder;
  let editor: Editor;

  beforeEach(async () => {
    folder = await Folder.with({ 'Leaking.cs': leaking(), 'Closed.cs': closed(), 'Other.cs': 'class Other { }\n' });
    editor = await Editor.start({ folders: [folder.path] });
    await editor.whenReady();
  });
  afterEach(async () => {
    await editor.stop();
    await folder.remove();
  });

  function sitesOf(file?: string): Promise<AllocationSitesResult> {
    return editor.request(ALLOCATION_SITES_REQUEST, file === undefined ? {} : { textDocument: { uri: uriOf(file) } });
  }

  it('gives the sections of all files, with the finding where there is one', async () => {
    const sections = (await sitesOf()).filter(({ resource }) => resource === 'section');
    assert.deepEqual(
      sections.map(({ file, range, maker, finding }) => ({ file, line: range.start.line, maker, leaks: !!finding })),
      [
        { file: uriOf(folder.file('Closed.cs')), line: LEAKING_LINE, maker: 'dotnet', leaks: false },
        { file: uriOf(folder.file('Leaking.cs')), line: LEAKING_LINE, maker: 'dotnet', leaks: true },
      ],
    );
  });

  it('gives the words of the finding: rule, message, summary', async () => {
    const [found] = editor.shown(folder.file('Leaking.cs'));
    const [site] = (await sitesOf(folder.file('Leaking.cs'))).filter(({ finding }) => finding !== undefined);
    assert.equal(site?.finding?.rule, found?.code);
    assert.equal(site?.finding?.message, found?.message);
    assert.match(site?.finding?.summary ?? '', /^never disposed: /u);
  });

  it('gives the sites of one document as it was typed last', async () => {
    const file = folder.file('Leaking.cs');
    editor.open(file, leaking());
    editor.change(file, `\n${leaking()}`);
    const lines = (await sitesOf(file)).filter(({ resource }) => resource === 'section');
    assert.deepEqual(
      lines.map(({ range }) => range.start.line),
      [LEAKING_LINE + 1],
    );
  });

  it('says that they changed when a finding goes, and when its rule is turned off', async () => {
    const file = folder.file('Leaking.cs');
    const before = editor.sitesChanged;
    assert.ok(before > 0);
    editor.open(file, leaking());
    editor.change(file, RELEASE, RELEASE_RANGE);
    await editor.when(() => editor.sitesChanged > before || undefined);
    assert.deepEqual(
      (await sitesOf(file)).filter(({ finding }) => finding !== undefined),
      [],
    );
  });

  it('gives none for a document that is not known', async () => {
    assert.deepEqual(await sitesOf(folder.file('Missing.cs')), []);
  });
});
