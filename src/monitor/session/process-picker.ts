/** A list of processes to pick one from: filtered by name, id and command line while typing. */
import * as vscode from 'vscode';
import type { ListedProcess } from '../protocol.ts';

interface ProcessItem extends vscode.QuickPickItem {
  readonly process: ListedProcess;
}

/** In the order given; undefined where the user picks none. The list may still be on its way. */
export async function pickProcess(
  title: string,
  processes: Promise<readonly ListedProcess[]>,
): Promise<ListedProcess | undefined> {
  const picked = await vscode.window.showQuickPick<ProcessItem>(
    processes.then((listed) => listed.map(itemOf)),
    { title, placeHolder: 'Name, id or command line', matchOnDescription: true, matchOnDetail: true },
  );
  return picked?.process;
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
