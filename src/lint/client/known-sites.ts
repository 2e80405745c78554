/** Every allocation site that the language server knows, kept at hand for those who join it with running sections. */
import * as vscode from 'vscode';
import type { AllocationSitesResult } from '../protocol.ts';
import type { LanguageServer } from './language-server.ts';

export interface KnownSites {
  readonly sites: AllocationSitesResult;
  readonly onDidChange: vscode.Event<void>;
}

export function activateKnownSites(context: vscode.ExtensionContext, server: LanguageServer): KnownSites {
  const known = new AskedSites(server);
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
  readonly #change = new vscode.EventEmitter<void>();
  #sites: AllocationSitesResult = [];
  #isAsking = false;
  #askAgain = false;

  readonly onDidChange = this.#change.event;

  constructor(server: LanguageServer) {
    this.#server = server;
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
    while (this.#askAgain) {
      this.#askAgain = false;
      this.#sites = await this.#server.sites();
      this.#change.fire();
    }
    this.#isAsking = false;
  }

  forget(): void {
    if (this.#sites.length > 0) {
      this.#sites = [];
      this.#change.fire();
    }
  }
}
