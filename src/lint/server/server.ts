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
  const status = new StatusReporter(connection);
  const ready = Promise.withResolvers<{ readonly service: LintService; readonly abilities: ClientAbilities }>();
  /** Undefined where it could not start. */
  const whenReady = ready.promise.catch(() => undefined);

  connection.onInitialize((params): InitializeResult => {
    const abilities = clientAbilities(params);
    connection.onInitialized(() => {
      status.tell({ state: 'starting', files: 0, findings: 0 });
      if (abilities.changingFolders) {
        connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
          void whenReady.then((started) => started?.service.foldersChanged(uris(added), uris(removed)));
        });
      }
      loadGrammars()
        .then((grammars) => {
          const service = startService({ connection, documents, status, grammars, abilities });
          ready.resolve({ service, abilities });
        })
        .catch((error: unknown) => {
          const reason = startFailure(error);
          status.tell({ state: 'failed', files: 0, findings: 0, reason });
          connection.console.error(reason);
          void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Error, message: reason });
          ready.reject(new Error(reason));
        });
    });
    return initializeResult();
  });

  connection.onCodeAction(async (params) => {
    const started = await whenReady;
    if (started === undefined) {
      return [];
    }
    const { service, abilities } = started;
    const { uri } = params.textDocument;
    const file = fileNameOf(uri, documents.get(uri)?.languageId);
    const reported = reportedFindings(service.current(file).findings, service.settingsOf(file).severity);
    const findings = reported.map(({ finding }) => finding);
    return codeActions(params, findings, { ...abilities, version: service.versionOf(file) });
  });
  connection.onRequest(ALLOCATION_SITES_REQUEST, async (params: AllocationSitesParams | null | undefined) => {
    const service = (await whenReady)?.service;
    if (service === undefined) {
      return [];
    }
    let analyses = service.all;
    if (params?.textDocument !== undefined) {
      const { uri } = params.textDocument;
      const file = fileNameOf(uri, documents.get(uri)?.languageId);
      await service.whenTaken(file);
      analyses = [service.current(file)];
    }
    return analyses.flatMap((analysis): AllocationSitesResult =>
      sitesWithFindings(analysis, service.settingsOf(analysis.file).severity, service.uriOf),
    );
  });
  connection.onRequest(LINT_WORKSPACE_REQUEST, async (): Promise<LintWorkspaceResult> => {
    const { service } = await ready.promise;
    return service.lintWorkspace();
  });

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
  readonly status: StatusReporter;
  readonly grammars: Grammars;
  readonly abilities: ClientAbilities;
}

function startService({ connection, documents, status, grammars, abilities }: Start): LintService {
  const log = new ProblemLog(connection.console);
  const settings = new ClientSettings(connection, abilities.configuration, log.sentence);
  const service = new LintService({ connection, documents, settings, status, log, grammars }, abilities.folderUris);

  documents.onDidChangeContent(({ document }) => {
    service.documentChanged(document);
  });
  documents.onDidClose(({ document }) => {
    service.documentClosed(document);
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    service.filesChanged(changes);
  });
  connection.onDidChangeConfiguration((change) => {
    settings.changed(change.settings);
    void service.settingsChanged();
  });
  if (abilities.configurationRegistration) {
    void connection.client.register(DidChangeConfigurationNotification.type, { section: SETTINGS_SECTION });
  }
  if (abilities.fileWatching) {
    // Every path: a folder that is moved in or out comes as one event of its own, and .gitignore files count, too.
    void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: '**/*' }] });
  }
  service.start();
  return service;
}

function uris(folders: readonly WorkspaceFolder[]): readonly string[] {
  return folders.map(({ uri }) => uri);
}

function startFailure(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return (
    `Section Leaks cannot lint: its grammars could not be loaded (${reason}). ` +
    'Install the extension again; if that does not help, report it with the log.'
  );
}
