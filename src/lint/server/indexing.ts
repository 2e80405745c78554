/**
 * One pass over all folders after the other: files are read, then linted, with progress that the user can cancel. A new
 * pass ends the one before it.
 */
import type { Connection } from 'vscode-languageserver/node';
import { WorkspaceProgress } from './progress.ts';
import type { IndexRun } from './source-index.ts';

export interface IndexingSteps {
  /** Takes the texts in; returns early where the run's signal is aborted. */
  read(run: IndexRun): Promise<void>;
  /** Lints what was taken in. Called also when the user cancelled, for the open documents. */
  lint(): Promise<void>;
  cancelLint(): void;
  onStateChange(): void;
}

export interface IndexingOptions {
  /** Read files that are known already again. */
  readonly readAgain: boolean;
  /** Milliseconds before progress is shown. */
  readonly quietFor: number;
}

export class Indexing {
  readonly #connection: Connection;
  readonly #steps: IndexingSteps;
  #current: AbortController | undefined;
  #progress: WorkspaceProgress | undefined;
  #isCancelled = false;

  constructor(connection: Connection, steps: IndexingSteps) {
    this.#connection = connection;
    this.#steps = steps;
  }

  get isRunning(): boolean {
    return this.#current !== undefined;
  }

  /** Whether the user cancelled the last pass, so that not everything is known. */
  get isCancelled(): boolean {
    return this.#isCancelled;
  }

  /** @returns whether everything was read and linted: neither cancelled by the user nor overtaken by a later pass */
  async run({ readAgain, quietFor }: IndexingOptions): Promise<boolean> {
    this.#current?.abort();
    this.#progress?.done();
    const run = new AbortController();
    const progress = new WorkspaceProgress(this.#connection, 'Section Leaks', quietFor, () => {
      this.#isCancelled = true;
      run.abort();
      this.#steps.cancelLint();
    });
    this.#current = run;
    this.#progress = progress;
    this.#isCancelled = false;
    this.#steps.onStateChange();
    const isOvertaken = (): boolean => this.#current !== run;
    const onFile = (count: number): void => {
      progress.reading(count);
    };
    await this.#steps.read({ signal: run.signal, readAgain, onFile });
    if (!isOvertaken()) {
      await this.#steps.lint();
    }
    progress.done();
    if (isOvertaken()) {
      return false;
    }
    this.#current = undefined;
    this.#steps.onStateChange();
    return !this.#isCancelled;
  }

  linted(done: number, total: number): void {
    this.#progress?.linting(done, total);
  }
}
