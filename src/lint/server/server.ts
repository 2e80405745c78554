/** The language server's face: what it can do, and which message goes to which part. */
import {
  CodeActionKind,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type InitializeResult,
  MessageType,
  ShowMessageNotification,
  TextDocuments,
  TextDocumentSyncKind,
  type WorkspaceFolder,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Grammars } from '../../analyzers/languages/grammars.ts';
import {
  ALLOCATION_SITES_REQUEST,
  type AllocationSitesParams,
  type AllocationSitesResult,
  LINT_WORKSPACE_REQUEST,
  type LintWorkspaceResult,
} from '../protocol.ts';
import { TOOL } from '../tool.ts';
import { sitesWithFindings } from './allocation-sites.ts';
import { type ClientAbilities, clientAbilities } from './client-abilities.ts';
import { ClientSettings } from './client-settings.ts';
import { codeActions } from './code-actions.ts';
import { fileNameOf } from './file-names.ts';
import { LintService } from './lint-service.ts';
import { ProblemLog } from './problem-log.ts';
import { reportedFindings } from './reported.ts';
import { SETTINGS_SECTION } from './settings.ts';
import { StatusReporter } from './status.ts';

/** @param loadGrammars where the grammars come from is the business of the process around */
export function serve(connection: Connection, loadGrammars: () => Promise<Grammars>): void {
  const documents = new TextDocuments(TextDocument);
  const initialized = new Promise<ClientAbilities>((resolve) => {
    connection.onInitialize((params): InitializeResult => {
      const abilities = clientAbilities(params);
      connection.onInitialized(() => {
        resolve(abilities);
      });
      return initializeResult();
    });
  });
  const started = initialized.then((abilities) => start({ connection, documents, abilities, loadGrammars }));
  void initialized.then(({ changingFolders }) => {
    if (changingFolders) {
      followFolders(connection, started);
    }
  });
  answerRequests(connection, documents, started);
  documents.listen(connection);
  connection.listen();
}

function initializeResult(): InitializeResult {
  return {
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
    serverInfo: { name: TOOL.displayName, version: TOOL.version },
  };
}

interface Start {
  readonly connection: Connection;
  readonly documents: TextDocuments<TextDocument>;
  readonly abilities: ClientAbilities;
  readonly loadGrammars: () => Promise<Grammars>;
}

/** The service, or the reason why there is none. */
type Started = { readonly service: LintService; readonly abilities: ClientAbilities } | { readonly reason: string };

async function start({ connection, documents, abilities, loadGrammars }: Start): Promise<Started> {
  const status = new StatusReporter(connection);
  status.tell({ state: 'starting', files: 0, findings: 0 });
  try {
    const grammars = await loadGrammars();
    const log = new ProblemLog(connection.console);
    const settings = new ClientSettings(connection, abilities.configuration, log.sentence);
    const service = new LintService({ connection, documents, settings, status, log, grammars }, abilities.folderUris);
    followDocuments(connection, documents, service);
    followSettings(connection, settings, service, abilities);
    service.start();
    return { service, abilities };
  } catch (error) {
    const reason = startFailure(error);
    status.tell({ state: 'failed', files: 0, findings: 0, reason });
    connection.console.error(reason);
    void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Error, message: reason });
    return { reason };
  }
}

function startFailure(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return (
    `Section Leaks cannot lint: its grammars could not be loaded (${reason}). ` +
    'Install the extension again; if that does not help, report it with the log.'
  );
}

function followFolders(connection: Connection, started: Promise<Started>): void {
  const uris = (folders: readonly WorkspaceFolder[]): readonly string[] => folders.map(({ uri }) => uri);
  connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
    void started.then((server) => {
      if ('service' in server) {
        server.service.foldersChanged(uris(added), uris(removed));
      }
    });
  });
}

function followDocuments(connection: Connection, documents: TextDocuments<TextDocument>, service: LintService): void {
  documents.onDidChangeContent(({ document }) => {
    service.documentChanged(document);
  });
  documents.onDidClose(({ document }) => {
    service.documentClosed(document);
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    service.filesChanged(changes);
  });
}

function followSettings(
  connection: Connection,
  settings: ClientSettings,
  service: LintService,
  { configurationRegistration, fileWatching }: ClientAbilities,
): void {
  connection.onDidChangeConfiguration((change) => {
    settings.changed(change.settings);
    service.settingsChanged();
  });
  if (configurationRegistration) {
    void connection.client.register(DidChangeConfigurationNotification.type, { section: SETTINGS_SECTION });
  }
  if (fileWatching) {
    // Every path: a folder that is moved in or out comes as one event of its own, and .gitignore files count, too.
    void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: '**/*' }] });
  }
}

function answerRequests(
  connection: Connection,
  documents: TextDocuments<TextDocument>,
  started: Promise<Started>,
): void {
  const fileOf = (uri: string): string => fileNameOf(uri, documents.get(uri)?.languageId);

  connection.onCodeAction(async (params) => {
    const server = await started;
    if ('reason' in server) {
      return [];
    }
    const { service, abilities } = server;
    const file = fileOf(params.textDocument.uri);
    const reported = reportedFindings(service.current(file).findings, service.settingsOf(file).severity);
    const findings = reported.map(({ finding }) => finding);
    const document = documents.get(params.textDocument.uri);
    const lineText = (line: number): string =>
      document?.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } }) ?? '';
    return codeActions(params, findings, { ...abilities, version: service.versionOf(file), lineText });
  });

  connection.onRequest(ALLOCATION_SITES_REQUEST, async (params: AllocationSitesParams | null | undefined) => {
    const server = await started;
    if ('reason' in server) {
      return [];
    }
    const { service } = server;
    let analyses = service.all;
    if (params?.textDocument !== undefined) {
      const file = fileOf(params.textDocument.uri);
      await service.whenTaken(file);
      analyses = [service.current(file)];
    }
    return analyses.flatMap((analysis): AllocationSitesResult =>
      sitesWithFindings(analysis, service.settingsOf(analysis.file).severity, service.uriOf),
    );
  });

  connection.onRequest(LINT_WORKSPACE_REQUEST, async (): Promise<LintWorkspaceResult> => {
    const server = await started;
    if ('reason' in server) {
      throw new Error(server.reason);
    }
    return server.service.lintWorkspace();
  });
}
