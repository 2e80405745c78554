/** The command "Lint Workspace": reads all folders again, and says what came of it. */
import * as vscode from 'vscode';
import type { LanguageServer } from './language-server.ts';
import { SHOW_LOG, SHOW_LOG_COMMAND } from './log.ts';
import { counted } from './status-words.ts';

const SHOW_PROBLEMS = 'Show Problems';

export function activateLintWorkspace(context: vscode.ExtensionContext, server: LanguageServer): void {
  context.subscriptions.push(
    vscode.commands.registerCommand('sectionLeaks.lintWorkspace', async () => {
      try {
        const { files, findings, cancelled } = await server.lintWorkspace();
        if (!cancelled) {
          await report(files, findings);
        }
      } catch (error) {
        await reportFailure(error);
      }
    }),
  );
}

async function report(files: number, findings: number): Promise<void> {
  if (findings === 0) {
    void vscode.window.showInformationMessage(`Section Leaks: no leaks found in ${counted(files, 'file')}.`);
    return;
  }
  const message = `Section Leaks: ${counted(findings, 'finding')} in ${counted(files, 'file')}.`;
  if ((await vscode.window.showInformationMessage(message, SHOW_PROBLEMS)) === SHOW_PROBLEMS) {
    await vscode.commands.executeCommand('workbench.actions.view.problems');
  }
}

async function reportFailure(error: unknown): Promise<void> {
  const reason = error instanceof Error ? error.message : String(error);
  const message = `Section Leaks: the workspace could not be linted: ${reason}`;
  if ((await vscode.window.showErrorMessage(message, SHOW_LOG)) === SHOW_LOG) {
    await vscode.commands.executeCommand(SHOW_LOG_COMMAND);
  }
}
