/** Settings, and what they change in an editor that is running. */
import assert from 'node:assert/strict';
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import { RULE_IDS } from '../../src/analyzers/finding.ts';
import type { LintSettings, Severity } from '../../src/lint/protocol.ts';
import { Editor } from './editor.ts';
import { Folder, leaking, uncertain } from './folder.ts';

describe('language server: settings', () => {
  let folder: Folder;
  let editor: Editor;
  let file: string;

  async function start(settings: Partial<LintSettings>): Promise<void> {
    editor = await Editor.start({ folders: [folder.path], settings });
    await editor.whenReady();
  }

  beforeEach(async () => {
    folder = await Folder.with({
      'Leaking.cs': leaking(),
      'Uncertain.cs': uncertain(),
      'generated/Made.cs': leaking('Made'),
    });
    file = folder.file('Leaking.cs');
  });
  afterEach(async () => {
    await editor.stop();
    await folder.remove();
  });

  it('reports what is certain, as warnings, where nothing is set', async () => {
    await start({});
    assert.deepEqual(severities(editor, file), [DiagnosticSeverity.Warning]);
    assert.deepEqual(editor.shown(folder.file('Uncertain.cs')), []);
  });

  it('follows the severity of a rule', async () => {
    await start({ severity: forAllRules('error') });
    assert.deepEqual(severities(editor, file), [DiagnosticSeverity.Error]);

    editor.changeSettings({ severity: forAllRules('information') });
    await editor.when(() => severities(editor, file)[0] === DiagnosticSeverity.Information || undefined);

    editor.changeSettings({ severity: forAllRules('off') });
    await editor.when(() => editor.shownUris.length === 0 || undefined);

    editor.changeSettings({});
    await editor.when(() => severities(editor, file)[0] === DiagnosticSeverity.Warning || undefined);
  });

  it('reports uncertain findings as hints that name their doubt when it is strict', async () => {
    await start({});
    const uncertainFile = folder.file('Uncertain.cs');
    editor.changeSettings({ strictness: 'strict' });
    await editor.when(() => editor.shown(uncertainFile).length > 0 || undefined);
    assert.deepEqual(severities(editor, uncertainFile), [DiagnosticSeverity.Hint]);
    assert.match(editor.shown(uncertainFile)[0]!.message, / Not certain: /u);
    assert.deepEqual(severities(editor, file), [DiagnosticSeverity.Warning]);

    editor.changeSettings({ strictness: 'default' });
    await editor.when(() => editor.shown(uncertainFile).length === 0 || undefined);
  });

  it('leaves out what is excluded, open or not, and takes it in again', async () => {
    await start({ exclude: ['generated/'] });
    const made = folder.file('generated/Made.cs');
    assert.deepEqual(editor.shown(made), []);
    editor.open(made, leaking('Made'));
    assert.deepEqual(await editor.diagnosticsOfVersion(made), []);

    editor.changeSettings({ exclude: [] });
    await editor.when(() => editor.shown(made).length === 1 || undefined);

    editor.changeSettings({ exclude: ['Leaking.cs'] });
    await editor.when(() => editor.shown(file).length === 0 || undefined);
    assert.equal(editor.shown(made).length, 1);
  });

  it('shows nothing when it is not enabled, and everything once it is', async () => {
    await start({ enable: false });
    editor.open(file, leaking());
    assert.deepEqual(await editor.diagnosticsOfVersion(file), []);
    assert.deepEqual(editor.shownUris, []);

    editor.changeSettings({ enable: true });
    await editor.when(() => editor.shownUris.length === 2 || undefined);

    editor.changeSettings({ enable: false });
    await editor.when(() => editor.shownUris.length === 0 || undefined);
  });

  it('names a value that it does not understand in the log, and goes on with the default', async () => {
    const severity = { 'section-outlives-view': 'loud' } as unknown as LintSettings['severity'];
    await start({ severity, exclude: 'generated' as unknown as LintSettings['exclude'] });
    assert.deepEqual(severities(editor, file), [DiagnosticSeverity.Warning]);
    assert.equal(editor.log.filter((line) => line.includes('"loud"')).length, 1);
    assert.equal(editor.log.filter((line) => line.includes('sectionLeaks.exclude is "generated"')).length, 1);
  });
});

function severities(editor: Editor, file: string): (DiagnosticSeverity | undefined)[] {
  return editor.shown(file).map(({ severity }) => severity);
}

function forAllRules(severity: Severity): LintSettings['severity'] {
  return Object.fromEntries(RULE_IDS.map((rule) => [rule, severity]));
}
