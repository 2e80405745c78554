/** What the client said at the start that it can do, as far as the server has a choice. */
import type { InitializeParams } from 'vscode-languageserver/node';
import type { InitializationOptions } from '../protocol.ts';

export interface ClientAbilities {
  readonly folderUris: readonly string[];
  /** Tells when folders are added or removed. */
  readonly changingFolders: boolean;
  readonly configuration: boolean;
  readonly configurationRegistration: boolean;
  readonly fileWatching: boolean;
  readonly versionedEdits: boolean;
  readonly explainCommand: boolean;
}

export function clientAbilities(params: InitializeParams): ClientAbilities {
  const { workspace } = params.capabilities;
  const options = (params.initializationOptions ?? {}) as InitializationOptions;
  return {
    folderUris: params.workspaceFolders?.map(({ uri }) => uri) ?? [],
    changingFolders: workspace?.workspaceFolders === true,
    configuration: workspace?.configuration === true,
    configurationRegistration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    fileWatching: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
    explainCommand: options.explainCommand === true,
  };
}
