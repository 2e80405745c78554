/**
 * Marks above allocation sites: what the lint found there, and how many sections from there are open in the processes
 * that are watched. Correct code has none, unless there is something live to tell.
 */
import * as vscode from 'vscode';
import { EXPLAIN_COMMAND, type ExplainArguments, type SiteWithFinding } from '../protocol.ts';
import { LINTED_DOCUMENTS } from './languages.ts';
import type { LanguageServer } from './language-server.ts';
import type { LiveCounts } from './live-counts.ts';
import { liveWords } from './live-words.ts';

const OPEN_PANEL_COMMAND = 'sectionLeaks.openPanel';

export function activateCodeLens(context: vscode.ExtensionContext, server: LanguageServer, live: LiveCounts): void {
  const lenses = new SiteLenses(server, live);
  context.subscriptions.push(
    vscode.languages.registerCodeLensProvider(LINTED_DOCUMENTS, lenses),
    server.onDidChangeSites(() => {
      lenses.changed();
    }),
    // A server that has failed knows nothing: what stands there is outdated.
    server.onDidChangeStatus(({ state }) => {
      if (state === 'failed') {
        lenses.changed();
      }
    }),
    live.onDidChange(() => {
      lenses.changed();
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('sectionLeaks.codeLens')) {
        lenses.changed();
      }
    }),
  );
}

class SiteLenses implements vscode.CodeLensProvider {
  readonly #server: LanguageServer;
  readonly #live: LiveCounts;
  readonly #change = new vscode.EventEmitter<void>();

  readonly onDidChangeCodeLenses = this.#change.event;

  constructor(server: LanguageServer, live: LiveCounts) {
    this.#server = server;
    this.#live = live;
  }

  changed(): void {
    this.#change.fire();
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const isEnabled = vscode.workspace.getConfiguration('sectionLeaks', document).get<boolean>('codeLens');
    const sites = isEnabled === true ? await this.#server.sites(document.uri) : [];
    return sites.flatMap((site) => [...this.#findingLens(site), ...this.#liveLens(site)]);
  }

  #findingLens(site: SiteWithFinding): vscode.CodeLens[] {
    if (site.finding === undefined) {
      return [];
    }
    const { rule, message, summary } = site.finding;
    const { line, character } = site.range.start;
    const explained: ExplainArguments = { uri: site.file, line, character, rule };
    return [
      new vscode.CodeLens(editorRange(site), {
        title: summary,
        tooltip: message,
        command: EXPLAIN_COMMAND,
        arguments: [explained],
      }),
    ];
  }

  #liveLens(site: SiteWithFinding): vscode.CodeLens[] {
    const count = this.#live.at(site);
    if (count === undefined) {
      return [];
    }
    return [
      new vscode.CodeLens(editorRange(site), {
        title: liveWords(count),
        tooltip: 'Sections of the watched processes that were made here. Click to see them in the panel.',
        command: OPEN_PANEL_COMMAND,
      }),
    ];
  }
}

function editorRange({ range: { start, end } }: SiteWithFinding): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
