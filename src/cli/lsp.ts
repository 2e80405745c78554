/** `section-leaks lsp`: the language server for editors other than VS Code, on standard input and output. */
import { createConnection } from 'vscode-languageserver/node';
import { loadInstalledGrammars } from '../lint/grammars.ts';
import { serve } from '../lint/server/server.ts';

export function runLanguageServer(): void {
  serve(createConnection(process.stdin, process.stdout), loadInstalledGrammars);
}
