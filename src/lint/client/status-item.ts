/** The state of the lint in the language status of C, C++, C# and TypeScript documents. */
import * as vscode from 'vscode';
import type { StatusParams } from '../protocol.ts';
import { LINTED_DOCUMENTS } from './languages.ts';
import type { LanguageServer } from './language-server.ts';
import { SHOW_LOG, SHOW_LOG_COMMAND } from './log.ts';
import { statusWords } from './status-words.ts';

export function activateStatusItem(context: vscode.ExtensionContext, server: LanguageServer): void {
  const item = vscode.languages.createLanguageStatusItem('sectionLeaks.status', LINTED_DOCUMENTS);
  item.name = 'Section Leaks';
  show(item, server.status);
  context.subscriptions.push(
    item,
    server.onDidChangeStatus((status) => {
      show(item, status);
    }),
  );
}

function show(item: vscode.LanguageStatusItem, status: StatusParams): void {
  const { text, detail } = statusWords(status);
  item.text = text;
  item.detail = detail;
  item.busy = status.state === 'starting' || status.state === 'indexing';
  item.severity =
    status.state === 'failed'
      ? vscode.LanguageStatusSeverity.Error
      : status.reason === undefined
        ? vscode.LanguageStatusSeverity.Information
        : vscode.LanguageStatusSeverity.Warning;
  item.command =
    status.state === 'ready'
      ? { title: 'Show Problems', command: 'workbench.actions.view.problems' }
      : { title: SHOW_LOG, command: SHOW_LOG_COMMAND };
}
