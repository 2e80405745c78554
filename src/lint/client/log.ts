/** The output channel "Section Leaks", where everything that went wrong is told in full, and the command that shows it. */
import * as vscode from 'vscode';

export const SHOW_LOG_COMMAND = 'sectionLeaks.showLog';
export const SHOW_LOG = 'Show Log';

export function activateLog(context: vscode.ExtensionContext): vscode.LogOutputChannel {
  const log = vscode.window.createOutputChannel('Section Leaks', { log: true });
  context.subscriptions.push(
    log,
    vscode.commands.registerCommand(SHOW_LOG_COMMAND, () => {
      log.show();
    }),
  );
  return log;
}
