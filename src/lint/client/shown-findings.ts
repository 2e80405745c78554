/** The findings as VS Code shows them: diagnostics of ours, by place. */
import * as vscode from 'vscode';
import type { ExplainArguments } from '../protocol.ts';
import { TOOL } from '../tool.ts';

export interface FindingInEditor {
  readonly uri: vscode.Uri;
  readonly diagnostic: vscode.Diagnostic;
  readonly rule: string;
  /** The page that explains the rule. */
  readonly page: vscode.Uri | undefined;
}

export function allFindings(): readonly FindingInEditor[] {
  return vscode.languages
    .getDiagnostics()
    .flatMap(([uri, diagnostics]) => diagnostics.flatMap((diagnostic) => findingOf(uri, diagnostic)));
}

/** The finding on the cursor's line, the one that holds the cursor before others. */
export function findingAtCursor(): FindingInEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    return undefined;
  }
  const { active } = editor.selection;
  const onLine = findingsIn(editor.document.uri).filter(
    ({ diagnostic: { range } }) => range.start.line === active.line,
  );
  return onLine.find(({ diagnostic }) => diagnostic.range.contains(active)) ?? onLine[0];
}

/** The nearest of its rule: lines may have moved since the arguments were made. */
export function wantedFinding({ uri, line, rule }: ExplainArguments): FindingInEditor | undefined {
  const distance = ({ diagnostic }: FindingInEditor): number => Math.abs(diagnostic.range.start.line - line);
  return findingsIn(vscode.Uri.parse(uri))
    .filter((finding) => finding.rule === rule)
    .toSorted((a, b) => distance(a) - distance(b))[0];
}

function findingsIn(uri: vscode.Uri): readonly FindingInEditor[] {
  return vscode.languages.getDiagnostics(uri).flatMap((diagnostic) => findingOf(uri, diagnostic));
}

function findingOf(uri: vscode.Uri, diagnostic: vscode.Diagnostic): FindingInEditor[] {
  const { code, source } = diagnostic;
  if (source !== TOOL.name || code === undefined) {
    return [];
  }
  return typeof code === 'object'
    ? [{ uri, diagnostic, rule: String(code.value), page: code.target }]
    : [{ uri, diagnostic, rule: String(code), page: undefined }];
}
