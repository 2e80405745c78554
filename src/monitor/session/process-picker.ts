/** A list of processes to pick one from: filtered by name, id and command line while typing. */
import * as vscode from 'vscode';
import { formatBounds, formatBytes } from '../../sites/format-bytes.ts';
import { durationInWords } from '../../sites/format-duration.ts';
import type { ListedProcess } from '../protocol.ts';
import type { LeftOver, ProcessRow, RefusedProcess, ScanReport } from '../scan/report.ts';

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

interface ScanItem extends vscode.QuickPickItem {
  /** What picking it does; nothing for headings. */
  readonly chosen?: { readonly pid: number } | { readonly removal: string };
}

/**
 * What a scan found: the processes, the most unowned bytes first, what no process holds, and what could not be read.
 * @returns the process to watch; undefined where the user picks none
 */
export async function pickScannedProcess(report: ScanReport): Promise<number | undefined> {
  const { processes, leftOver, refused } = report;
  const leaking = processes.filter(({ totals }) => totals.unownedBytes.max > 0);
  const others = processes.filter(({ totals }) => totals.unownedBytes.max === 0);
  const items = [
    ...headed('Sections held by no view', leaking.map(rowItem)),
    ...headed('Held by no process: copy the command that would remove it', leftOver.map(leftOverItem)),
    ...headed('Everything in views', others.map(rowItem)),
    ...headed('May not be read', refused.map(refusedItem)),
  ];
  const picked = await vscode.window.showQuickPick<ScanItem>(items, {
    title:
      leaking.length === 0
        ? 'No process that may be read holds sections in no view'
        : `${formatBounds(report.totals.unownedBytes)} held by no view: attach to a process`,
    placeHolder: 'Name, id or command line',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  const chosen = picked?.chosen;
  if (chosen === undefined || 'pid' in chosen) {
    return chosen?.pid;
  }
  await vscode.env.clipboard.writeText(chosen.removal);
  void vscode.window.showInformationMessage(`Copied, not run: ${chosen.removal}`);
  return undefined;
}

function headed(label: string, items: readonly ScanItem[]): readonly ScanItem[] {
  return items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
}

function rowItem({ pid, name, commandLine, totals, growth }: ProcessRow): ScanItem {
  const change =
    growth.unownedBytes === 0
      ? ''
      : `, ${growth.unownedBytes > 0 ? '+' : ''}${formatBytes(growth.unownedBytes)} in ${durationInWords(growth.seconds)}`;
  const sections = `${totals.sections} ${totals.sections === 1 ? 'section' : 'sections'}`;
  return {
    label: `${totals.unownedBytes.max > 0 ? '$(warning)' : '$(pass)'} ${name}`,
    description: `${pid}  ${formatBounds(totals.unownedBytes)} held by no view, ${sections}${change}`,
    detail: commandLine,
    chosen: { pid },
  };
}

function leftOverItem({ name, allocatedBytes, changed, removal }: LeftOver): ScanItem {
  return {
    label: `$(trash) ${name}`,
    description: `${formatBytes(allocatedBytes)}, last changed ${changed.slice(0, 10)}`,
    detail: removal,
    chosen: { removal },
  };
}

function refusedItem({ pid, name, refusal }: RefusedProcess): ScanItem {
  return { label: `$(lock) ${name}`, description: String(pid), detail: refusal, chosen: { pid } };
}
