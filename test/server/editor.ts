/**
 * An editor for the tests: starts the real language server as a process of its own and speaks the protocol with it over
 * standard input and output, as any editor does.
 */
import assert from 'node:assert/strict';
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  type CodeAction,
  CodeActionRequest,
  ConfigurationRequest,
  createProtocolConnection,
  type Diagnostic,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  type FileChangeType,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  LogMessageNotification,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type Range,
  RegistrationRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  WorkDoneProgress,
  type WorkDoneProgressBegin,
  WorkDoneProgressCancelNotification,
  WorkDoneProgressCreateRequest,
} from 'vscode-languageserver/node';
import {
  type LintSettings,
  SITES_CHANGED_NOTIFICATION,
  STATUS_NOTIFICATION,
  type StatusParams,
} from '../../src/lint/protocol.ts';

const SERVER = fileURLToPath(new URL('../../src/lint/server/main.ts', import.meta.url));

const LANGUAGES: readonly (readonly [ending: string, language: string])[] = [
  ['.cs', 'csharp'],
  ['.c', 'c'],
  ['.cpp', 'cpp'],
  ['.ts', 'typescript'],
];

/** The server's messages are plain text, never Markdown. */
type ShownDiagnostic = Diagnostic & { readonly message: string };

interface Published {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: readonly ShownDiagnostic[];
}

export interface EditorOptions {
  readonly folders: readonly string[];
  readonly settings?: Partial<LintSettings>;
}

export class Editor {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #connection: ProtocolConnection;
  readonly #published = new Map<string, Published>();
  readonly #statuses: StatusParams[] = [];
  readonly #versions = new Map<string, number>();
  readonly #versionsShown = new Map<string, readonly number[]>();
  readonly #log: string[] = [];
  readonly #registrations: string[] = [];
  #settings: Partial<LintSettings>;
  #onNews: (() => void)[] = [];
  #sitesChanged = 0;
  #cancelsProgress = false;
  #initialized: InitializeResult | undefined;

  private constructor(settings: Partial<LintSettings>) {
    this.#settings = settings;
    this.#process = spawn(process.execPath, [SERVER, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#connection = createProtocolConnection(
      new StreamMessageReader(this.#process.stdout),
      new StreamMessageWriter(this.#process.stdin),
    );
  }

  static async start({ folders, settings = {} }: EditorOptions): Promise<Editor> {
    const editor = new Editor(settings);
    await editor.#initialize(folders);
    return editor;
  }

  get capabilities(): InitializeResult['capabilities'] {
    assert(this.#initialized);
    return this.#initialized.capabilities;
  }

  /** What the server wrote to the log. */
  get log(): readonly string[] {
    return this.#log;
  }

  /** Methods for which the server asked to be told. */
  get registrations(): readonly string[] {
    return this.#registrations;
  }

  get statuses(): readonly StatusParams[] {
    return this.#statuses;
  }

  open(file: string, text: string): void {
    const language = LANGUAGES.find(([ending]) => file.endsWith(ending));
    this.openAs(uriOf(file), language?.[1] ?? 'plaintext', text);
  }

  openAs(uri: string, languageId: string, text: string): void {
    this.#versions.set(uri, 1);
    this.#send(DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId, version: 1, text } });
  }

  /** Replaces a text in the document as the user would: the whole document when no range is given. */
  change(file: string, text: string, range?: Range): void {
    const uri = uriOf(file);
    const version = (this.#versions.get(uri) ?? 0) + 1;
    this.#versions.set(uri, version);
    this.#send(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version },
      contentChanges: [range === undefined ? { text } : { text, range }],
    });
  }

  close(file: string): void {
    this.#versions.delete(uriOf(file));
    this.#send(DidCloseTextDocumentNotification.type, { textDocument: { uri: uriOf(file) } });
  }

  changeOnDisk(...changes: readonly (readonly [file: string, type: FileChangeType])[]): void {
    this.#send(DidChangeWatchedFilesNotification.type, {
      changes: changes.map(([file, type]) => ({ uri: uriOf(file), type })),
    });
  }

  changeFolders(added: readonly string[], removed: readonly string[]): void {
    const folder = (path: string): { uri: string; name: string } => ({ uri: uriOf(path), name: path });
    this.#send(DidChangeWorkspaceFoldersNotification.type, {
      event: { added: added.map(folder), removed: removed.map(folder) },
    });
  }

  changeSettings(settings: Partial<LintSettings>): void {
    this.#settings = settings;
    this.#send(DidChangeConfigurationNotification.type, { settings: null });
  }

  /** From now on the user presses "Cancel" as soon as progress is shown. */
  cancelProgress(): void {
    this.#cancelsProgress = true;
  }

  /** What is shown for the file at present. */
  shown(file: string): readonly ShownDiagnostic[] {
    return this.shownAt(uriOf(file)) ?? [];
  }

  /** Undefined where nothing was published for the document yet. */
  shownAt(uri: string): readonly ShownDiagnostic[] | undefined {
    return this.#published.get(uri)?.diagnostics;
  }

  /** The versions of the document for which diagnostics came, in their order. */
  versionsShown(file: string): readonly number[] {
    return this.#versionsShown.get(uriOf(file)) ?? [];
  }

  /** How often the server said that allocation sites changed. */
  get sitesChanged(): number {
    return this.#sitesChanged;
  }

  /** URIs of all documents with diagnostics. */
  get shownUris(): readonly string[] {
    return [...this.#published.values()].filter(({ diagnostics }) => diagnostics.length > 0).map(({ uri }) => uri);
  }

  /** The diagnostics of the text as it was opened or changed last. */
  async diagnosticsOfVersion(file: string): Promise<readonly ShownDiagnostic[]> {
    const uri = uriOf(file);
    const { diagnostics } = await this.when(() => {
      const published = this.#published.get(uri);
      return published?.version === this.#versions.get(uri) ? published : undefined;
    });
    return diagnostics;
  }

  /** Resolves once everything is read and linted, `from` statuses having gone by before. */
  whenReady(from = 0): Promise<StatusParams> {
    return this.when(() => this.#statuses.slice(from).find(({ state }) => state === 'ready'));
  }

  /** Resolves with the first defined answer; asked again at each message of the server. */
  async when<T>(answer: () => T | undefined): Promise<T> {
    for (;;) {
      const found = answer();
      if (found !== undefined) {
        return found;
      }
      await new Promise<void>((resolve) => this.#onNews.push(resolve));
    }
  }

  async codeActions(file: string, range: Range, only?: string[]): Promise<readonly CodeAction[]> {
    const answer = await this.#connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri: uriOf(file) },
      range,
      context: { diagnostics: [...this.shown(file)], ...(only === undefined ? {} : { only }) },
    });
    return (answer ?? []) as CodeAction[];
  }

  request<T>(method: string, params?: object): Promise<T> {
    return this.#connection.sendRequest<T>(method, params);
  }

  /** @returns the exit code of the server's process */
  async stop(): Promise<number | null> {
    const exited = once(this.#process, 'exit') as Promise<[number | null]>;
    await this.#connection.sendRequest(ShutdownRequest.type);
    await this.#connection.sendNotification(ExitNotification.type);
    const [code] = await exited;
    this.#connection.dispose();
    return code;
  }

  async #initialize(folders: readonly string[]): Promise<void> {
    const connection = this.#connection;
    connection.onNotification(PublishDiagnosticsNotification.method, (params: Published) => {
      this.#published.set(params.uri, params);
      if (params.version !== undefined) {
        this.#versionsShown.set(params.uri, [...(this.#versionsShown.get(params.uri) ?? []), params.version]);
      }
      this.#news();
    });
    connection.onNotification(STATUS_NOTIFICATION, (status: StatusParams) => {
      this.#statuses.push(status);
      this.#news();
    });
    connection.onNotification(SITES_CHANGED_NOTIFICATION, () => {
      this.#sitesChanged += 1;
      this.#news();
    });
    connection.onNotification(LogMessageNotification.type, ({ message }) => {
      this.#log.push(message);
      this.#news();
    });
    connection.onRequest(ConfigurationRequest.type, ({ items }) => items.map(() => this.#settings));
    connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
      this.#registrations.push(...registrations.map(({ method }) => method));
    });
    connection.onRequest(WorkDoneProgressCreateRequest.type, ({ token }) => {
      const disposable = connection.onProgress(WorkDoneProgress.type, token, (value) => {
        if (value.kind === 'begin' && this.#cancelsProgress && isCancellable(value)) {
          this.#send(WorkDoneProgressCancelNotification.type, { token });
        }
        if (value.kind === 'end') {
          disposable.dispose();
        }
      });
    });
    connection.listen();
    this.#initialized = await connection.sendRequest<InitializeResult>(InitializeRequest.method, {
      processId: process.pid,
      workspaceFolders: folders.map((folder) => ({ uri: uriOf(folder), name: folder })),
      initializationOptions: { explainCommand: true },
      capabilities: {
        window: { workDoneProgress: true },
        workspace: {
          configuration: true,
          workspaceFolders: true,
          workspaceEdit: { documentChanges: true },
          didChangeConfiguration: { dynamicRegistration: true },
          didChangeWatchedFiles: { dynamicRegistration: true },
        },
        textDocument: { publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true } },
      },
    });
    await connection.sendNotification(InitializedNotification.type, {});
  }

  #send(type: { readonly method: string }, params: object): void {
    void this.#connection.sendNotification(type.method, params);
  }

  #news(): void {
    const waiting = this.#onNews;
    this.#onNews = [];
    waiting.forEach((resolve) => {
      resolve();
    });
  }
}

export function uriOf(file: string): string {
  return pathToFileURL(file).href;
}

function isCancellable(value: WorkDoneProgressBegin): boolean {
  return value.cancellable === true;
}
