/** Sends diagnostics, and only those that are other ones than the client has. */
import type { Diagnostic, PublishDiagnosticsParams } from 'vscode-languageserver/node';

export interface PublishedDocument {
  readonly uri: string;
  /** Of a document that is open; an editor moves the marks of each version itself, so that each is told anew. */
  readonly version?: number;
}

export class Publisher {
  readonly #send: (params: PublishDiagnosticsParams) => void;
  readonly #sent = new Map<string, { readonly key: string; readonly count: number }>();

  constructor(send: (params: PublishDiagnosticsParams) => void) {
    this.#send = send;
  }

  /** Diagnostics that the client shows at present, in all documents. */
  get count(): number {
    return [...this.#sent.values()].reduce((sum, { count }) => sum + count, 0);
  }

  publish({ uri, version }: PublishedDocument, diagnostics: readonly Diagnostic[]): void {
    const key = JSON.stringify([version ?? null, diagnostics]);
    const before = this.#sent.get(uri);
    if (before?.key === key) {
      return;
    }
    if (diagnostics.length > 0 || version !== undefined) {
      this.#sent.set(uri, { key, count: diagnostics.length });
    } else {
      this.#sent.delete(uri);
      if (before === undefined) {
        return;
      }
    }
    this.#send({ uri, ...(version === undefined ? {} : { version }), diagnostics: [...diagnostics] });
  }

  /** The document is not linted any more. */
  clear(uri: string): void {
    const before = this.#sent.get(uri);
    this.#sent.delete(uri);
    if (before !== undefined && before.count > 0) {
      this.#send({ uri, diagnostics: [] });
    }
  }
}
