/** Activation of the extension: it wires the features together, nothing else. */
import * as vscode from 'vscode';
import { activateCodeLens } from './lint/client/code-lens.ts';
import { activateExplain } from './lint/client/explain.ts';
import { activateKnownSites } from './lint/client/known-sites.ts';
import { activateLanguageServer } from './lint/client/language-server.ts';
import { activateLintWorkspace } from './lint/client/lint-workspace.ts';
import { activateLiveCounts } from './lint/client/live-counts.ts';
import { activateLog, SHOW_LOG } from './lint/client/log.ts';
import { activateStatusItem } from './lint/client/status-item.ts';
import { activatePanel } from './monitor/panel/provider.ts';
import { activateAttach } from './monitor/session/attach.ts';
import { activateMonitorDebugger } from './monitor/session/factory.ts';
import { activateWatches } from './monitor/session/watches.ts';

export function activate(context: vscode.ExtensionContext): void {
  const log = activateLog(context);
  try {
    const server = activateLanguageServer(context, log);
    const knownSites = activateKnownSites(context, server);
    activateStatusItem(context, server);
    activateExplain(context);
    activateLintWorkspace(context, server);

    const watches = activateWatches(context);
    activateMonitorDebugger(context);
    activateAttach(context, watches);
    activatePanel(context, watches, knownSites);

    activateCodeLens(context, server, activateLiveCounts(context, knownSites, watches));
  } catch (error) {
    log.error(error instanceof Error ? error : String(error));
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(`Section Leaks could not start: ${reason}`, SHOW_LOG).then((choice) => {
      if (choice === SHOW_LOG) {
        log.show();
      }
    });
    throw error;
  }
}
