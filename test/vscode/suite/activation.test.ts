/** The extension starts where there is something to lint, with everything its manifest promises. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../eventually.ts';
import { C_SAMPLE, open } from './samples.ts';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

function sectionLeaks(): vscode.Extension<unknown> {
  const extension = vscode.extensions.getExtension('section-leaks.section-leaks');
  assert.ok(extension, 'the extension is installed');
  return extension;
}

describe('activation', () => {
  it('happens by itself when a C file is opened', async () => {
    await open(C_SAMPLE);
    await eventually(
      'activation',
      () => sectionLeaks().isActive,
      (isActive) => isActive,
    );
  });

  it('registers every command of the manifest', async () => {
    const promised = (sectionLeaks().packageJSON as Manifest).contributes.commands.map(({ command }) => command);
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.ok(promised.includes('sectionLeaks.attachMonitor'));
    assert.deepEqual(
      promised.filter((command) => !registered.has(command)),
      [],
    );
  });

  it('runs where the process runs: in the workspace, not in the window', () => {
    assert.equal(sectionLeaks().extensionKind, vscode.ExtensionKind.Workspace);
  });
});
