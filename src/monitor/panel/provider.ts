/**
 * The "Sections" view in VS Code's panel area: hosts the page and feeds it while it can be seen. A page that is shown
 * again starts anew and gets everything at once; how it is arranged is remembered for the workspace.
 */
import * as vscode from 'vscode';
import type { SiteWithFinding } from '../../lint/protocol.ts';
import type { Watches } from '../session/watches.ts';
import { type PanelLayout, readLayout } from './layout.ts';
import { panelPage } from './page.ts';
import type { FromView, ToView } from './protocol.ts';
import { siteTitle } from './site-words.ts';

/** What the lint knows of the workspace's allocation sites. */
interface KnownSites {
  readonly sites: readonly SiteWithFinding[];
  readonly onDidChange: vscode.Event<void>;
}

const VIEW_ID = 'sectionLeaks.sections';
const LAYOUT_KEY = 'sectionLeaks.panelLayout';

export function activatePanel(context: vscode.ExtensionContext, watches: Watches, known: KnownSites): void {
  const panel = new SectionsPanel(context, watches, known);
  context.subscriptions.push(
    vscode.window.registerWebviewViewProvider(VIEW_ID, panel),
    vscode.commands.registerCommand('sectionLeaks.openPanel', () => vscode.commands.executeCommand(`${VIEW_ID}.focus`)),
    watches.onDidChangeWatches((change) => {
      switch (change.type) {
        case 'sample':
          panel.post({ type: 'sample', sample: change.sample });
          break;
        case 'watches':
          panel.post({ type: 'watches', watches: watches.all.map(({ label }) => label) });
          break;
        case 'shown':
          panel.postEverything();
          break;
      }
    }),
    known.onDidChange(() => {
      panel.post({ type: 'sites', sites: known.sites });
    }),
  );
}

class SectionsPanel implements vscode.WebviewViewProvider {
  readonly #context: vscode.ExtensionContext;
  readonly #watches: Watches;
  readonly #known: KnownSites;
  #view: vscode.WebviewView | null = null;

  constructor(context: vscode.ExtensionContext, watches: Watches, known: KnownSites) {
    this.#context = context;
    this.#watches = watches;
    this.#known = known;
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.#view = view;
    const dist = vscode.Uri.joinPath(this.#context.extensionUri, 'dist');
    view.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    view.webview.html = panelPage({
      script: view.webview.asWebviewUri(vscode.Uri.joinPath(dist, 'panel.js')).toString(),
      style: view.webview.asWebviewUri(vscode.Uri.joinPath(dist, 'panel.css')).toString(),
      styleSource: view.webview.cspSource,
    });
    view.webview.onDidReceiveMessage((message: FromView) => this.#receive(message));
    view.onDidDispose(() => {
      this.#view = null;
    });
  }

  /** A view that cannot be seen has no page: it asks for everything when it is shown again. */
  post(message: ToView): void {
    if (this.#view?.visible === true) {
      void this.#view.webview.postMessage(message);
    }
  }

  postEverything(): void {
    this.post({
      type: 'show',
      layout: readLayout(this.#context.workspaceState.get(LAYOUT_KEY)),
      watches: this.#watches.all.map(({ label }) => label),
      shown: this.#watches.shown?.whole ?? null,
      sites: this.#known.sites,
    });
  }

  async #receive(message: FromView): Promise<void> {
    const { shown } = this.#watches;
    switch (message.type) {
      case 'ready':
        this.postEverything();
        break;
      case 'attach':
        await vscode.commands.executeCommand('sectionLeaks.attachMonitor');
        break;
      case 'find':
        await vscode.commands.executeCommand('sectionLeaks.findProcesses');
        break;
      case 'attach-again':
        await vscode.commands.executeCommand('sectionLeaks.attachMonitor', shown?.again);
        break;
      case 'detach':
        await this.#watches.detach(shown?.id ?? '');
        break;
      case 'pause':
        await this.#watches.pause(shown?.id ?? '', message.paused);
        break;
      case 'choose':
        this.#watches.show(message.watch);
        break;
      case 'reveal':
        await reveal(message.sites, message.keepFocus);
        break;
      case 'layout':
        await this.#remember(message.layout);
        break;
    }
  }

  async #remember(layout: PanelLayout): Promise<void> {
    await this.#context.workspaceState.update(LAYOUT_KEY, layout);
  }
}

/** Opens the site; where it is not known which of several it is, the user chooses. */
async function reveal(sites: readonly SiteWithFinding[], preserveFocus: boolean): Promise<void> {
  const [first, ...others] = sites;
  const chosen = others.length === 0 ? first : await chooseSite(sites);
  if (chosen === undefined) {
    return;
  }
  const { start, end } = chosen.range;
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  try {
    await vscode.window.showTextDocument(vscode.Uri.parse(chosen.file), { selection, preserveFocus });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await vscode.window.showErrorMessage(
      `${siteTitle(chosen)} cannot be opened: ${reason}. If the file was moved, lint the workspace again.`,
    );
  }
}

async function chooseSite(sites: readonly SiteWithFinding[]): Promise<SiteWithFinding | undefined> {
  const items = sites.map((site) => ({
    label: siteTitle(site),
    detail: site.finding?.summary ?? `${site.call}: nothing found by the lint`,
    site,
  }));
  const title = 'The section comes from one of these sites';
  return (await vscode.window.showQuickPick(items, { title, matchOnDetail: true }))?.site;
}
