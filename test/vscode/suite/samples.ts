/** The samples in the opened folder, and what the lint says about them there. */
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { eventually } from '../eventually.ts';

export interface ExpectedFinding {
  readonly rule: string;
  /** Counts from 1. */
  readonly line: number;
}

export const C_SAMPLE = 'c/page_file_allocator.c';
export const CSHARP_SAMPLE = 'csharp/PageFileAllocator/PageFileAllocator.cs';

/** The findings of every sample, by its path below the folder. */
export function expectedFindings(): Readonly<Record<string, readonly ExpectedFinding[]>> {
  const text = readFileSync(join(folder(), 'expected.json'), 'utf8');
  return JSON.parse(text) as Record<string, readonly ExpectedFinding[]>;
}

function folder(): string {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  if (first === undefined) {
    throw new Error('No folder is open.');
  }
  return first.uri.fsPath;
}

export function uriOf(sample: string): vscode.Uri {
  return vscode.Uri.file(join(folder(), sample));
}

/** Shows a sample in an editor. */
export async function open(sample: string): Promise<vscode.TextEditor> {
  return await vscode.window.showTextDocument(uriOf(sample));
}

export function diagnosticsOf(sample: string): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uriOf(sample)).filter(({ source }) => source === 'section-leaks');
}

function findingsOf(sample: string): ExpectedFinding[] {
  return diagnosticsOf(sample)
    .map((diagnostic) => ({ rule: ruleOf(diagnostic), line: diagnostic.range.start.line + 1 }))
    .toSorted((first, second) => first.line - second.line);
}

export async function untilFindings(sample: string, expected: readonly ExpectedFinding[]): Promise<void> {
  await eventually(
    `the findings of ${sample}`,
    () => findingsOf(sample),
    (found) => isDeepStrictEqual(found, expected),
  );
}

export function ruleOf(diagnostic: vscode.Diagnostic): string {
  const { code } = diagnostic;
  return String(typeof code === 'object' ? code.value : code);
}

/** Takes back all unsaved changes of the active editor. */
export async function revert(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.files.revert');
}
