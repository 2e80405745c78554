/** What every report format is given, and the interface of a format. */
import { isAbsolute, relative, sep } from 'node:path';
import type { Finding } from '../../analyzers/finding.ts';
import type { FileProblem } from '../files/problem.ts';
import type { ReportedSeverity } from '../rules/rule.ts';
import type { IdleComment } from '../suppressions/comments.ts';

export interface ReportedFinding {
  readonly finding: Finding;
  readonly severity: ReportedSeverity;
}

export interface SuppressedReport extends ReportedFinding {
  readonly reason: string;
}

export interface ReportedComment extends IdleComment {
  readonly file: string;
}

/** Findings that were there when the baseline was written are not reported. */
export interface BaselineOutcome {
  readonly known: readonly ReportedFinding[];
  /** Entries of it to which no finding fits any more. */
  readonly gone: number;
}

export interface LintReport {
  /** Absolute path of the folder to which paths are shown relative. */
  readonly root: string;
  /** In the order of file, line and column. */
  readonly findings: readonly ReportedFinding[];
  /** What comments in the sources, with their reasons, say to be none. */
  readonly suppressed: readonly SuppressedReport[];
  /** Comments that suppress nothing. */
  readonly idleComments: readonly ReportedComment[];
  /** What the baseline knew, and how much of it is gone; null where there is none. */
  readonly baseline: BaselineOutcome | null;
  /** How many files were linted. */
  readonly files: number;
  readonly problems: readonly FileProblem[];
  /** Line of a source as it was linted, counted from 0, without its end of line; empty where there is none. */
  sourceLine(file: string, line: number): string;
}

export interface ReportFormat {
  /** The whole report, ending with a line feed. `colour`: the reader is a terminal that shows colours. */
  render(report: LintReport, colour: boolean): string;
}

/** The path with `/` between its parts, relative to the root where it lies below it. */
export function shownPath(report: Pick<LintReport, 'root'>, file: string): string {
  const below = relative(report.root, file);
  return below === '' || below.startsWith('..') || isAbsolute(below) ? file : below.split(sep).join('/');
}
