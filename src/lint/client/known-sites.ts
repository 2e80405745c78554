/** Every allocation site that the language server knows, kept at hand for those who join it with running sections. */
import * as vscode from 'vscode';
import type { AllocationSitesResult } from '../protocol.ts';
import type { LanguageServer } from './language-server.ts';

export interface KnownSites {
  readonly sites: AllocationSitesResult;
  readonly onDidChange: vscode.Event<void>;
}

export function activateKnownSites(
  context: vscode.ExtensionContext,
  server: LanguageServer,
  log: vscode.LogOutputChannel,
): KnownSites {
  const known = new AskedSites(server, log);
  context.subscriptions.push(
    server.onDidChangeSites(() => void known.ask()),
    // A server that is started again or has failed knows none.
    server.onDidChangeStatus(({ state }) => {
      if (state === 'starting' || state === 'failed') {
        known.forget();
      }
    }),
  );
  return known;
}

class AskedSites implements KnownSites {
  readonly #server: LanguageServer;
  readonly #log: vscode.LogOutputChannel;
  readonly #change = new vscode.EventEmitter<void>();
  #sites: AllocationSitesResult = [];
  #isAsking = false;
  #askAgain = false;

  readonly onDidChange = this.#change.event;

  constructor(server: LanguageServer, log: vscode.LogOutputChannel) {
    this.#server = server;
    this.#log = log;
  }

  get sites(): AllocationSitesResult {
    return this.#sites;
  }

  /** One question at a time; changes meanwhile are asked for together. */
  async ask(): Promise<void> {
    this.#askAgain = true;
    if (this.#isAsking) {
      return;
    }
    this.#isAsking = true;
    try {
      while (this.#askAgain) {
        this.#askAgain = false;
        this.#sites = await this.#server.sites();
        this.#change.fire();
      }
    } catch (error) {
      this.#log.warn(`Allocation sites are not known: ${String(error)}`);
    } finally {
      this.#isAsking = false;
    }
  }

  forget(): void {
    if (this.#sites.length > 0) {
      this.#sites = [];
      this.#change.fire();
    }
  }
}
