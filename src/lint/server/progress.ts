/** Progress that the client shows while the workspace is read and linted, with a button that ends it. */
import type { Connection, WorkDoneProgressServerReporter } from 'vscode-languageserver/node';

export class WorkspaceProgress {
  readonly #connection: Connection;
  readonly #start: NodeJS.Timeout;
  #shown: WorkDoneProgressServerReporter | undefined;
  #percentage = 0;
  #isDone = false;

  /** @param delayMs most workspaces are done before a user would want to know, and a flash only disturbs */
  constructor(connection: Connection, title: string, delayMs: number, onCancel: () => void) {
    this.#connection = connection;
    this.#start = setTimeout(() => void this.#show(title, onCancel), delayMs);
  }

  reading(files: number): void {
    this.#shown?.report(`${files} files read`);
  }

  linting(done: number, total: number): void {
    const percentage = Math.floor((100 * done) / total);
    if (percentage !== this.#percentage) {
      this.#percentage = percentage;
      this.#shown?.report(percentage, `${done} of ${total} files linted`);
    }
  }

  done(): void {
    this.#isDone = true;
    clearTimeout(this.#start);
    this.#shown?.done();
    this.#shown = undefined;
  }

  async #show(title: string, onCancel: () => void): Promise<void> {
    let reporter: WorkDoneProgressServerReporter;
    try {
      reporter = await this.#connection.window.createWorkDoneProgress();
    } catch (error) {
      this.#connection.console.warn(`The client refused to show progress (${String(error)}); the work goes on.`);
      return;
    }
    reporter.begin(title, 0, '', true);
    if (this.#isDone) {
      reporter.done();
    } else {
      reporter.token.onCancellationRequested(onCancel);
      this.#shown = reporter;
    }
  }
}
