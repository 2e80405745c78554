/**
 * The documents that the client has open, under the names that the analysis knows them by, and which version of each
 * was given to the analysis last.
 */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { LARGEST_SOURCE_BYTES } from '../files/read-source.ts';
import { fileNameOf, uriOfFile } from './file-names.ts';
import type { Folders } from './folders.ts';
import type { PublishedDocument } from './publisher.ts';
import type { Texts } from './texts.ts';

export class OpenDocuments {
  readonly #typed = new Map<string, TextDocument>();
  readonly #taken = new Map<string, Required<PublishedDocument>>();
  readonly #waiters: (() => void)[] = [];

  /** @returns whether the document was opened just now */
  changed(document: TextDocument): boolean {
    const file = fileNameOf(document.uri, document.languageId);
    const isNew = !this.#taken.has(file) && !this.#typed.has(file);
    this.#typed.set(file, document);
    return isNew;
  }

  /** @returns the file's name, and the document as it was published last */
  closed(document: TextDocument): { readonly file: string; readonly published: PublishedDocument | undefined } {
    const file = fileNameOf(document.uri, document.languageId);
    const published = this.#taken.get(file);
    this.#typed.delete(file);
    this.#taken.delete(file);
    return { file, published };
  }

  /** Gives what was typed to the analysis. @returns the files whose texts may be other ones now */
  takeTyped(texts: Texts, folders: Folders): readonly string[] {
    const files = [...this.#typed.keys()];
    for (const [file, document] of this.#typed) {
      const text = document.getText();
      this.#taken.set(file, { uri: document.uri, version: document.version });
      if (folders.wants(file) && text.length <= LARGEST_SOURCE_BYTES) {
        texts.setOpen(file, text);
      } else {
        texts.close(file);
      }
    }
    this.#typed.clear();
    this.#waiters.splice(0).forEach((resolve) => {
      resolve();
    });
    return files;
  }

  async whenTaken(file: string): Promise<void> {
    if (this.hasTyped(file)) {
      await new Promise<void>((resolve) => this.#waiters.push(resolve));
    }
  }

  hasTyped(file: string): boolean {
    return this.#typed.has(file);
  }

  /** Where the diagnostics of a file go: a client may write the URI of an open document in its own way. */
  published(file: string): PublishedDocument {
    return this.#taken.get(file) ?? { uri: uriOfFile(file) };
  }

  version(file: string): number {
    return this.#taken.get(file)?.version ?? 0;
  }
}
