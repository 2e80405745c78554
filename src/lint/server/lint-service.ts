/**
 * The language server's work: it keeps the texts, decides when what is analysed, and publishes the outcome. Whoever
 * types is answered first; the rest of the workspace follows in the background.
 */
import { basename } from 'node:path';
import { type Connection, FileChangeType, type FileEvent, type TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import type { Grammars } from '../../analyzers/languages/grammars.ts';
import type { FileAnalysis } from '../../analyzers/workspace.ts';
import { DECLARATIONS_FILE, NO_DECLARATIONS } from '../declarations/read.ts';
import { type LintSettings, type LintWorkspaceResult, SITES_CHANGED_NOTIFICATION } from '../protocol.ts';
import type { LintedFile } from '../suppressions/linted-file.ts';
import type { ClientSettings } from './client-settings.ts';
import { declarationDiagnostic, diagnosticOf, idleCommentDiagnostic } from './diagnostics.ts';
import { declaredIn } from './declared.ts';
import { createEngine, type Engine, type EngineRules } from './engine.ts';
import { Folders } from './folders.ts';
import { Indexing } from './indexing.ts';
import { LintQueue } from './lint-queue.ts';
import { OpenDocuments } from './open-documents.ts';
import type { ProblemLog } from './problem-log.ts';
import { Publisher } from './publisher.ts';
import { reportedFindings } from './reported.ts';
import { SerialWork } from './serial-work.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import type { IndexRun } from './source-index.ts';
import type { StatusReporter } from './status.ts';

/** Milliseconds without a keystroke after which a document is linted. */
const TYPING_PAUSE = 300;

/** What is known already is not read again, and progress is shown only if it takes longer than these milliseconds. */
const QUIETLY = { readAgain: false, quietFor: 1500 } as const;

/** Files after which the open documents are linted although not everything is read yet. */
const OPEN_DOCUMENTS_EVERY = 2048;

/** Files that change what all others mean. */
const READ_WITH_SETTINGS: readonly string[] = ['.gitignore', DECLARATIONS_FILE];

const CANCELLED =
  'Indexing was cancelled: only open documents are linted. Run "Section Leaks: Lint Workspace" to lint all files.';

export interface LintServiceParts {
  readonly connection: Connection;
  readonly documents: TextDocuments<TextDocument>;
  readonly settings: ClientSettings;
  readonly status: StatusReporter;
  readonly log: ProblemLog;
  readonly grammars: Grammars;
}

export class LintService {
  readonly #parts: LintServiceParts;
  readonly #open = new OpenDocuments();
  readonly #publisher: Publisher;
  readonly #queue: LintQueue;
  readonly #indexing: Indexing;
  readonly #work: SerialWork;
  #engine: Engine;
  #folders = new Folders([], DEFAULT_SETTINGS);
  #folderUris: readonly string[];
  #typing: NodeJS.Timeout | undefined;
  /** Files of an analysis that was given up: the new one may never hear of them. */
  readonly #replaced: string[] = [];
  /** The folders are read for the first time: what is missing yet would show as findings. */
  #isIncomplete = true;

  constructor(parts: LintServiceParts, folderUris: readonly string[]) {
    this.#parts = parts;
    this.#folderUris = folderUris;
    const rules = { strictness: DEFAULT_SETTINGS.strictness, declarations: NO_DECLARATIONS };
    this.#engine = createEngine(parts.grammars, rules, parts.log.file);
    this.#work = new SerialWork((reason) => {
      parts.log.sentence(`Files could not be taken in (${reason}). Run "Section Leaks: Lint Workspace" to try again.`);
    });
    this.#publisher = new Publisher((params) => void parts.connection.sendDiagnostics(params));
    this.#queue = new LintQueue({
      lint: (file) => {
        this.#publish(this.#engine.analyses.analyze(file));
      },
      onProgress: (done, total) => {
        this.#indexing.linted(done, total);
      },
      onSettled: () => {
        this.#tell();
      },
    });
    this.#indexing = new Indexing(parts.connection, {
      read: (run) => this.#read(run),
      lint: () => this.#lintAll(),
      cancelLint: () => {
        this.#queue.cancel();
      },
      onStateChange: () => {
        this.#tell();
      },
    });
  }

  start(): void {
    void this.#indexing.run(QUIETLY);
  }

  documentChanged(document: TextDocument): void {
    const isNew = this.#open.changed(document);
    this.#queue.pause();
    clearTimeout(this.#typing);
    this.#typing = setTimeout(
      () => {
        this.#relint(this.#takeTyped());
      },
      isNew ? 0 : TYPING_PAUSE,
    );
  }

  documentClosed(document: TextDocument): void {
    const { file, published } = this.#open.closed(document);
    this.#engine.texts.close(file);
    if (published !== undefined && published.uri !== this.uriOf(file)) {
      this.#publisher.clear(published.uri);
    }
    if (this.#engine.texts.isOnDisk(file)) {
      void this.#work.add(async () => {
        this.#relint(await this.#engine.index.changed(file, this.#folders));
      });
    } else {
      this.#relint([file]);
    }
  }

  filesChanged(changes: readonly FileEvent[]): void {
    void this.#work.add(async () => {
      const { index } = this.#engine;
      const touched: string[] = [];
      for (const { uri, type } of changes) {
        const path = URI.parse(uri).fsPath;
        touched.push(
          ...(type === FileChangeType.Deleted ? index.removed(path) : await index.changed(path, this.#folders)),
        );
      }
      if (touched.length > 0) {
        this.#relint(touched);
      }
    });
    if (changes.some(({ uri }) => READ_WITH_SETTINGS.includes(basename(URI.parse(uri).fsPath)))) {
      void this.#indexing.run(QUIETLY);
    }
  }

  foldersChanged(added: readonly string[], removed: readonly string[]): void {
    this.#isIncomplete ||= added.length > 0;
    this.#folderUris = [...this.#folderUris.filter((uri) => !removed.includes(uri)), ...added];
    void this.#indexing.run(QUIETLY);
  }

  settingsChanged(): void {
    void this.#work.add(async () => {
      const folders = await this.#parts.settings.load(this.#folderUris);
      if (folders.indexesDifferently(this.#folders)) {
        void this.#indexing.run(QUIETLY);
        return;
      }
      this.#folders = folders;
      this.#engine.analyses.all.forEach((analysis) => {
        this.#publish(analysis);
      });
      this.#tell(true);
    });
  }

  async lintWorkspace(): Promise<LintWorkspaceResult> {
    const isWhole = await this.#indexing.run({ readAgain: true, quietFor: 0 });
    return { files: this.#engine.texts.all.length, findings: this.#publisher.count, cancelled: !isWhole };
  }

  /** Resolves when the user has paused: whoever only shows marks need not hurry the analysis. */
  whenTaken(file: string): Promise<void> {
    return this.#open.whenTaken(file);
  }

  /** The analysis of a file with everything that was typed so far. */
  current(file: string): FileAnalysis {
    const { analyses } = this.#engine;
    if (this.#open.hasTyped(file)) {
      this.#relint(this.#takeTyped());
      return analyses.analyze(file);
    }
    return analyses.latest(file) ?? analyses.analyze(file);
  }

  get all(): readonly FileAnalysis[] {
    return this.#engine.analyses.all;
  }

  settingsOf(file: string): LintSettings {
    return this.#folders.settingsOf(file);
  }

  readonly uriOf = (file: string): string => this.#open.published(file).uri;

  versionOf(file: string): number {
    return this.#open.version(file);
  }

  #read(run: IndexRun): Promise<void> {
    let nextEarly = OPEN_DOCUMENTS_EVERY;
    const onFile = (count: number): void => {
      run.onFile(count);
      if (this.#isIncomplete && count >= nextEarly) {
        nextEarly = count + OPEN_DOCUMENTS_EVERY;
        this.#takeTyped();
        this.#queue.restart(this.#engine.texts.open, []);
      }
    };
    return this.#work.add(async () => {
      if (!run.signal.aborted) {
        await this.#takeSettings();
        await this.#engine.index.update(this.#folders, { ...run, onFile });
      }
    });
  }

  async #lintAll(): Promise<void> {
    this.#isIncomplete = false;
    this.#relint(this.#takeTyped());
    await this.#queue.whenIdle();
  }

  async #takeSettings(): Promise<void> {
    this.#folders = await this.#parts.settings.load(this.#folderUris);
    // Under other settings a document may be wanted that was not, or the other way round.
    this.#parts.documents.all().forEach((document) => this.#open.changed(document));
    const { declarations, files } = await declaredIn(this.#folders.all.map(({ path }) => path));
    for (const { path, problems } of files) {
      this.#publisher.publish({ uri: URI.file(path).toString() }, problems.map(declarationDiagnostic));
    }
    const rules: EngineRules = { strictness: this.#folders.common.strictness, declarations };
    if (JSON.stringify(rules) !== JSON.stringify(this.#engine.rules)) {
      this.#replaced.push(...this.#engine.texts.all);
      this.#engine = createEngine(this.#parts.grammars, rules, this.#parts.log.file);
      this.#isIncomplete = true;
    }
  }

  #takeTyped(): readonly string[] {
    return this.#open.takeTyped(this.#engine.texts, this.#folders);
  }

  #relint(changed: readonly string[]): void {
    if (!this.#isIncomplete) {
      const { texts, analyses } = this.#engine;
      const first = [...changed, ...this.#replaced.splice(0), ...analyses.gone, ...texts.open];
      this.#queue.restart(first, this.#indexing.isCancelled ? [] : texts.all);
    }
  }

  #publish({ file, findings, idleComments }: LintedFile): void {
    const reported = reportedFindings(findings, this.settingsOf(file).severity);
    this.#publisher.publish(this.#open.published(file), [
      ...reported.map((finding) => diagnosticOf(finding, this.uriOf)),
      ...idleComments.map(idleCommentDiagnostic),
    ]);
  }

  #tell(sitesToo = false): void {
    const { connection, status } = this.#parts;
    if (this.#engine.analyses.takeChange() || sitesToo) {
      void connection.sendNotification(SITES_CHANGED_NOTIFICATION);
    }
    status.tell({
      state: this.#indexing.isRunning ? 'indexing' : 'ready',
      files: this.#engine.texts.all.length,
      findings: this.#publisher.count,
      ...(this.#indexing.isCancelled ? { reason: CANCELLED } : {}),
    });
  }
}
