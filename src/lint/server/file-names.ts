/** Names under which the analysis knows files, and the URIs under which the client knows them. */
import { isAbsolute } from 'node:path';
import { URI } from 'vscode-uri';
import { isLintable } from '../../analyzers/workspace.ts';

/** The analysis tells the language by the ending of the name; a document that was never saved has none. */
const ENDING_OF_LANGUAGE: ReadonlyMap<string, string> = new Map([
  ['c', '.c'],
  ['cpp', '.cpp'],
  ['csharp', '.cs'],
  ['typescript', '.ts'],
  ['typescriptreact', '.tsx'],
  ['python', '.py'],
  ['go', '.go'],
  ['rust', '.rs'],
  ['powershell', '.ps1'],
]);

/** The path of a file on disk; of any other document its URI, with the ending of its language where it has none. */
export function fileNameOf(uri: string, languageId = ''): string {
  const parsed = URI.parse(uri);
  if (parsed.scheme === 'file') {
    return parsed.fsPath;
  }
  return isLintable(uri) ? uri : uri + (ENDING_OF_LANGUAGE.get(languageId) ?? '');
}

/** The URI of a file that is not open; an open one is known under the URI that the client gave it. */
export function uriOfFile(file: string): string {
  return isAbsolute(file) ? URI.file(file).toString() : file;
}
