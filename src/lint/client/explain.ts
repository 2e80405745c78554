/**
 * The command "Explain Finding": the sentence that says what leaks, and the path that leaks as a list whose steps are
 * shown in the editor while one goes through them.
 */
import * as vscode from 'vscode';
import { EXPLAIN_COMMAND, type ExplainArguments } from '../protocol.ts';
import { allFindings, type FindingInEditor, findingAtCursor, wantedFinding } from './shown-findings.ts';

export function activateExplain(context: vscode.ExtensionContext): void {
  context.subscriptions.push(
    vscode.commands.registerCommand(EXPLAIN_COMMAND, async (wanted?: ExplainArguments) => {
      const finding = wanted === undefined ? (findingAtCursor() ?? (await pickFinding())) : wantedFinding(wanted);
      if (finding === undefined) {
        void vscode.window.showInformationMessage(
          'Section Leaks: there is no finding to explain here. It may have gone with the last change of the code.',
        );
      } else {
        await showPath(finding);
      }
    }),
  );
}

async function pickFinding(): Promise<FindingInEditor | undefined> {
  const items = allFindings().map((finding) => ({
    label: `${vscode.workspace.asRelativePath(finding.uri)}:${finding.diagnostic.range.start.line + 1}`,
    description: finding.rule,
    detail: finding.diagnostic.message,
    finding,
  }));
  if (items.length === 0) {
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(items, { title: 'Explain which finding?', matchOnDetail: true });
  return picked?.finding;
}

interface PathItem extends vscode.QuickPickItem {
  /** What the editor shows while the item is the active one. */
  readonly location?: vscode.Location;
  readonly page?: vscode.Uri;
}

async function showPath(finding: FindingInEditor): Promise<void> {
  const steps = await stepItems(finding);
  const pick = vscode.window.createQuickPick<PathItem>();
  const origin = vscode.window.activeTextEditor;
  const selection = origin?.selection;
  let isAccepted = false;
  pick.title = `Section Leaks: ${finding.rule}`;
  pick.placeholder = 'Go through the steps to see each in the editor';
  pick.matchOnDescription = true;
  pick.items = [...sentenceItems(finding), ...steps, ...pageItems(finding)];
  pick.activeItems = steps.filter(({ location }) => location !== undefined).slice(0, 1);
  pick.onDidChangeActive(([active]) => {
    if (active?.location !== undefined) {
      void reveal(active.location, true);
    }
  });
  pick.onDidAccept(() => {
    const [chosen] = pick.selectedItems;
    isAccepted = true;
    pick.hide();
    if (chosen?.page !== undefined) {
      void vscode.env.openExternal(chosen.page);
    } else if (chosen?.location !== undefined) {
      void reveal(chosen.location, false);
    }
  });
  pick.onDidHide(() => {
    pick.dispose();
    if (!isAccepted && origin !== undefined && selection !== undefined) {
      void vscode.window.showTextDocument(origin.document, { selection });
    }
  });
  pick.show();
}

/** A list's row is one line that shows no more than some ninety characters: each clause has its own. */
function sentenceItems({ uri, diagnostic }: FindingInEditor): PathItem[] {
  const location = new vscode.Location(uri, diagnostic.range);
  return diagnostic.message
    .split(/(?<=[.:]) /u)
    .map((sentence, index) => ({ label: `${index === 0 ? '$(warning) ' : ''}${sentence}`, location }));
}

async function stepItems({ diagnostic }: FindingInEditor): Promise<PathItem[]> {
  const steps = diagnostic.relatedInformation ?? [];
  const items = await Promise.all(
    steps.map(async ({ location, message }, index) => ({
      label: `${index + 1}. line ${location.range.start.line + 1}: ${message}`,
      description: await sourceLine(location),
      location,
    })),
  );
  return [{ label: 'The path that leaks', kind: vscode.QuickPickItemKind.Separator }, ...items];
}

function pageItems({ page }: FindingInEditor): PathItem[] {
  return page === undefined
    ? []
    : [
        { label: 'Help', kind: vscode.QuickPickItemKind.Separator },
        { label: '$(book) What this costs and how it is mended', description: 'opens the page of the rule', page },
      ];
}

async function sourceLine({ uri, range }: vscode.Location): Promise<string> {
  try {
    return (await vscode.workspace.openTextDocument(uri)).lineAt(range.start.line).text.trim();
  } catch {
    // The file is gone, or shorter than it was: the step itself still says where it was.
    return '';
  }
}

async function reveal({ uri, range }: vscode.Location, preserveFocus: boolean): Promise<void> {
  await vscode.window.showTextDocument(uri, { selection: range, preserveFocus, preview: true });
}
