/**
 * The language server as the features of the extension see it: its state, the allocation sites it knows, and what can
 * be asked of it. It is started again when it crashes; where that does not help the user is told why.
 */
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  RevealOutputChannelOn,
  TransportKind,
} from 'vscode-languageclient/node';
import {
  ALLOCATION_SITES_REQUEST,
  type AllocationSitesParams,
  type AllocationSitesResult,
  type InitializationOptions,
  LINT_WORKSPACE_REQUEST,
  type LintWorkspaceResult,
  SITES_CHANGED_NOTIFICATION,
  STATUS_NOTIFICATION,
  type StatusParams,
} from '../protocol.ts';
import { LINTED_DOCUMENTS } from './languages.ts';
import { SHOW_LOG, SHOW_LOG_COMMAND } from './log.ts';
import { MOST_RESTARTS, Restarts } from './restarts.ts';

const RESTART_COMMAND = 'sectionLeaks.restartServer';
const TRY_AGAIN = 'Try Again';

const STARTING: StatusParams = { state: 'starting', files: 0, findings: 0 };

export class LanguageServer {
  readonly #module: string;
  readonly #log: vscode.LogOutputChannel;
  readonly #statusChange = new vscode.EventEmitter<StatusParams>();
  readonly #sitesChange = new vscode.EventEmitter<void>();
  #client: LanguageClient | undefined;
  #status = STARTING;

  readonly onDidChangeStatus = this.#statusChange.event;
  readonly onDidChangeSites = this.#sitesChange.event;

  /** @param module the server's bundle */
  constructor(module: string, log: vscode.LogOutputChannel) {
    this.#module = module;
    this.#log = log;
  }

  get status(): StatusParams {
    return this.#status;
  }

  async start(): Promise<void> {
    this.#setStatus(STARTING);
    if (!existsSync(this.#module)) {
      this.#fail(`could not start: ${this.#module} is missing. Install the extension again`);
      return;
    }
    const client = this.#createClient();
    this.#client = client;
    client.onNotification(STATUS_NOTIFICATION, (status: StatusParams) => {
      this.#setStatus(status);
    });
    client.onNotification(SITES_CHANGED_NOTIFICATION, () => {
      this.#sitesChange.fire();
    });
    try {
      await client.start();
    } catch (error) {
      this.#fail(`could not start: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    try {
      await client?.dispose();
    } catch (error) {
      // It was just starting, or had died already: there is nothing left to stop.
      this.#log.warn(`Stopping the language server: ${String(error)}`);
    }
  }

  /** All sites, or those of one document with what was typed last. None while the server does not run. */
  async sites(document?: vscode.Uri): Promise<AllocationSitesResult> {
    if (this.#client?.isRunning() !== true) {
      return [];
    }
    const params: AllocationSitesParams = document === undefined ? {} : { textDocument: { uri: document.toString() } };
    try {
      return await this.#client.sendRequest<AllocationSitesResult>(ALLOCATION_SITES_REQUEST, params);
    } catch (error) {
      this.#log.warn(`Allocation sites are not known: ${String(error)}`);
      return [];
    }
  }

  /** @throws where the server does not run */
  async lintWorkspace(): Promise<LintWorkspaceResult> {
    if (this.#client?.isRunning() !== true) {
      throw new Error(this.#status.reason ?? 'the language server does not run');
    }
    return this.#client.sendRequest(LINT_WORKSPACE_REQUEST);
  }

  #createClient(): LanguageClient {
    const restarts = new Restarts();
    const initializationOptions: InitializationOptions = { explainCommand: true };
    const client: LanguageClient = new QuietClient(
      'sectionLeaks',
      'Section Leaks',
      { module: this.#module, transport: TransportKind.ipc },
      {
        documentSelector: LINTED_DOCUMENTS,
        outputChannel: this.#log,
        revealOutputChannelOn: RevealOutputChannelOn.Never,
        initializationOptions,
        initializationFailedHandler: () => false,
        errorHandler: {
          error: (_error, _message, count) => ({
            action: (count ?? 0) <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown,
            handled: true,
          }),
          closed: () => {
            // One that ended before it ran would do so again; start() tells why.
            const again = client.initializeResult !== undefined && restarts.allows();
            if (again) {
              this.#setStatus(STARTING);
            } else if (client.initializeResult !== undefined) {
              this.#fail(`crashed ${MOST_RESTARTS + 1} times within three minutes and is not started again`);
            }
            return { action: again ? CloseAction.Restart : CloseAction.DoNotRestart, handled: true };
          },
        },
      },
    );
    return client;
  }

  #fail(what: string): void {
    const reason = `The language server ${what}.`;
    this.#setStatus({ ...STARTING, state: 'failed', reason });
    void vscode.window.showErrorMessage(`Section Leaks: ${reason}`, SHOW_LOG, TRY_AGAIN).then((choice) => {
      if (choice === SHOW_LOG) {
        void vscode.commands.executeCommand(SHOW_LOG_COMMAND);
      } else if (choice === TRY_AGAIN) {
        void vscode.commands.executeCommand(RESTART_COMMAND);
      }
    });
  }

  #setStatus(status: StatusParams): void {
    this.#status = status;
    this.#statusChange.fire(status);
  }
}

/** Errors go to the log alone: what the user has to know is said once, with what to do next, by the class above. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

export function activateLanguageServer(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): LanguageServer {
  const server = new LanguageServer(context.asAbsolutePath('dist/server.cjs'), log);
  context.subscriptions.push(
    new vscode.Disposable(() => void server.stop()),
    vscode.commands.registerCommand(RESTART_COMMAND, async () => {
      await server.stop();
      await server.start();
    }),
  );
  void server.start();
  return server;
}
