/** A list of processes to pick one from: filtered by name, id and command line while typing. */
import * as vscode from 'vscode';
import type { ListedProcess } from '../protocol.ts';

interface ProcessItem extends vscode.QuickPickItem {
  readonly process: ListedProcess;
}

/** Undefined where the user picks none. The list may still be on its way. */
export async function pickProcess(
  title: string,
  processes: Promise<readonly ListedProcess[]>,
): Promise<ListedProcess | undefined> {
  const picked = await vscode.window.showQuickPick<ProcessItem>(
    processes.then((listed) => listed.toSorted(byReach).map(itemOf)),
    { title, placeHolder: 'Name, id or command line', matchOnDescription: true, matchOnDetail: true },
  );
  return picked?.process;
}

/** What can be watched first, of those the newest first: it is most likely what was just started. */
function byReach(a: ListedProcess, b: ListedProcess): number {
  return Number(a.refusal !== null) - Number(b.refusal !== null) || b.pid - a.pid;
}

function itemOf(process: ListedProcess): ProcessItem {
  const { pid, name, commandLine, refusal } = process;
  return {
    label: refusal === null ? name : `$(lock) ${name}`,
    description: String(pid),
    detail: refusal ?? commandLine,
    process,
  };
}
