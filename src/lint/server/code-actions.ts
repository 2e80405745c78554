/** Quick fixes where an edit is complete and safe, and the way to the path that leaks everywhere. */
import { type CodeAction, CodeActionKind, type CodeActionParams, type WorkspaceEdit } from 'vscode-languageserver/node';
import type { Finding, Position, Range, TextEdit } from '../../analyzers/finding.ts';
import { EXPLAIN_COMMAND, type ExplainArguments } from '../protocol.ts';
import { fixTitle } from '../rules/fixes.ts';
import { commentText } from '../suppressions/comments.ts';
import { TOOL } from '../tool.ts';
import { lspRange } from './diagnostics.ts';

export interface ActionContext {
  /** Version of the document for which the findings hold. */
  readonly version: number;
  /** The client takes edits that name the version, and refuses them where it has another one. */
  readonly versionedEdits: boolean;
  readonly explainCommand: boolean;
  /** A line of the document, counted from 0. */
  readonly lineText: (line: number) => string;
}

export function codeActions(
  { textDocument: { uri }, range, context }: CodeActionParams,
  findings: readonly Finding[],
  { version, versionedEdits, explainCommand, lineText }: ActionContext,
): CodeAction[] {
  const isWanted = context.only?.some((kind) => `${CodeActionKind.QuickFix}.`.startsWith(`${kind}.`)) ?? true;
  if (!isWanted) {
    return [];
  }
  return findings
    .filter((finding) => touches(finding.range, range))
    .flatMap((finding) => {
      const diagnostics = context.diagnostics.filter(
        (shown) => shown.source === TOOL.name && shown.code === finding.rule && touches(shown.range, finding.range),
      );
      const common = { kind: CodeActionKind.QuickFix, diagnostics };
      const actions: CodeAction[] = [];
      if (finding.fix !== undefined) {
        const edit = workspaceEdit(uri, finding.fix.edits, versionedEdits ? version : undefined);
        actions.push({ ...common, title: fixTitle(finding.fix), isPreferred: true, edit });
      }
      actions.push({
        ...common,
        title: 'Allow it here: a comment, for which you write the reason',
        edit: workspaceEdit(uri, [allowingComment(uri, finding, lineText)], versionedEdits ? version : undefined),
      });
      if (explainCommand) {
        const title = 'Why? Show the path that leaks';
        actions.push({
          ...common,
          title,
          command: { title, command: EXPLAIN_COMMAND, arguments: [explainArguments(uri, finding)] },
        });
      }
      return actions;
    });
}

/** On a line of its own above the call. It counts once it has a reason. */
function allowingComment(uri: string, { rule, range }: Finding, lineText: ActionContext['lineText']): TextEdit {
  const { line } = range.start;
  const indent = /^\s*/u.exec(lineText(line))?.[0] ?? '';
  const mark = /\.(?:py|ps1|psm1)$/iu.test(uri) ? '#' : '//';
  const start = { line, character: 0 };
  return { range: { start, end: start }, newText: `${indent}${mark} ${commentText(rule)}\n` };
}

function workspaceEdit(uri: string, changes: readonly TextEdit[], version: number | undefined): WorkspaceEdit {
  const edits = changes.map(({ range, newText }) => ({ range: lspRange(range), newText }));
  return version === undefined
    ? { changes: { [uri]: edits } }
    : { documentChanges: [{ textDocument: { uri, version }, edits }] };
}

function explainArguments(uri: string, { rule, range }: Finding): ExplainArguments {
  return { uri, line: range.start.line, character: range.start.character, rule };
}

/** Ranges that share a position, their ends included: the cursor may stand behind the last character. */
function touches(a: Range, b: Range): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
