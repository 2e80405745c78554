/** The analysis of a file after its comments have been heard: what the user is told of it. */
import type { FileAnalysis, Workspace } from '../../analyzers/workspace.ts';
import { type IdleComment, siftFindings, type SuppressedFinding } from './comments.ts';

export interface LintedFile extends FileAnalysis {
  readonly suppressed: readonly SuppressedFinding[];
  readonly idleComments: readonly IdleComment[];
}

export function lintFile(workspace: Pick<Workspace, 'analyze' | 'text'>, file: string): LintedFile {
  const analysis = workspace.analyze(file);
  const { findings, suppressed, idle } = siftFindings(analysis.findings, workspace.text(file));
  return { ...analysis, findings, suppressed, idleComments: idle };
}
