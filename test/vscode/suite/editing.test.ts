/** What the editor offers on a finding: the fix, the CodeLens, and the settings that change what is said. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../eventually.ts';
import {
  C_SAMPLE,
  CSHARP_SAMPLE,
  diagnosticsOf,
  expectedFindings,
  open,
  revert,
  ruleOf,
  untilFindings,
  uriOf,
} from './samples.ts';

describe('quick fix', () => {
  it('closes the section before the return that leaks it, and the finding goes', async () => {
    const expected = expectedFindings()[C_SAMPLE]!;
    const editor = await open(C_SAMPLE);
    await untilFindings(C_SAMPLE, expected);
    const finding = diagnosticsOf(C_SAMPLE).find((one) => ruleOf(one) === 'section-leaks-on-path')!;

    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uriOf(C_SAMPLE),
      finding.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const fix = actions.find(({ edit }) => edit !== undefined);
    assert.ok(fix?.edit, `a complete edit among ${actions.map(({ title }) => title).join(', ')}`);
    assert.ok(await vscode.workspace.applyEdit(fix.edit));

    assert.match(editor.document.getText(), /!= 0\) \{\s+close\(board\);\s+return -1;/u);
    await untilFindings(
      C_SAMPLE,
      expected.filter(({ rule }) => rule !== 'section-leaks-on-path'),
    );
    await revert();
    await untilFindings(C_SAMPLE, expected);
  });
});

describe('CodeLens', () => {
  it('says in a few words what is wrong, at the line of the allocation', async () => {
    await open(CSHARP_SAMPLE);
    const [first] = expectedFindings()[CSHARP_SAMPLE]!;
    const lenses = await eventually(
      'CodeLenses',
      () => codeLenses(CSHARP_SAMPLE),
      (found) => found.length > 0,
    );
    const lens = lenses.find(({ range }) => range.start.line + 1 === first!.line);
    assert.match(lens?.command?.title ?? '', /never disposed.*`allocated`/u);
  });

  it('is silent on a correct program', async () => {
    const twin = 'csharp/PageFileAllocatorFixed/PageFileAllocatorFixed.cs';
    await open(twin);
    assert.deepEqual(await codeLenses(twin), []);
  });

  it('can be switched off', async () => {
    await open(CSHARP_SAMPLE);
    await withSetting('codeLens', false, async () => {
      await eventually(
        'no CodeLens',
        () => codeLenses(CSHARP_SAMPLE),
        (found) => found.length === 0,
      );
    });
    await eventually(
      'CodeLenses again',
      () => codeLenses(CSHARP_SAMPLE),
      (found) => found.length > 0,
    );
  });
});

describe('settings', () => {
  const expected = expectedFindings()[CSHARP_SAMPLE]!;

  beforeEach(async () => {
    await open(CSHARP_SAMPLE);
    await untilFindings(CSHARP_SAMPLE, expected);
  });

  afterEach(async () => {
    await untilFindings(CSHARP_SAMPLE, expected);
  });

  it('give a rule another severity', async () => {
    await withSetting('severity', { 'section-outlives-view': 'error' }, async () => {
      await eventually(
        'an error',
        () => severityOf('section-outlives-view'),
        (severity) => severity === vscode.DiagnosticSeverity.Error,
      );
    });
  });

  it('turn one rule off', async () => {
    await withSetting('severity', { 'section-outlives-view': 'off' }, async () => {
      await untilFindings(
        CSHARP_SAMPLE,
        expected.filter(({ rule }) => rule !== 'section-outlives-view'),
      );
    });
  });

  it('exclude files', async () => {
    await withSetting('exclude', ['csharp/PageFileAllocator/**'], async () => {
      await untilFindings(CSHARP_SAMPLE, []);
    });
  });

  it('turn the lint off', async () => {
    await withSetting('enable', false, async () => {
      await untilFindings(CSHARP_SAMPLE, []);
    });
  });
});

function severityOf(rule: string): vscode.DiagnosticSeverity | undefined {
  return diagnosticsOf(CSHARP_SAMPLE).find((one) => ruleOf(one) === rule)?.severity;
}

async function codeLenses(sample: string): Promise<vscode.CodeLens[]> {
  const everyLensResolved = 100;
  return await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    uriOf(sample),
    everyLensResolved,
  );
}

async function withSetting(name: string, value: unknown, act: () => Promise<void>): Promise<void> {
  const settings = vscode.workspace.getConfiguration('sectionLeaks');
  await settings.update(name, value, vscode.ConfigurationTarget.Workspace);
  try {
    await act();
  } finally {
    await settings.update(name, undefined, vscode.ConfigurationTarget.Workspace);
  }
}
