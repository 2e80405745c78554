/**
 * A baseline: the findings of one day by their fingerprints, so that a project with many can ask of every change that it
 * brings none more. Lines may move; a finding is known by its rule, file, function, call and variable.
 */
import { shownPath } from './report.ts';
import type { BaselineOutcome, ReportedFinding } from './report.ts';
import { fingerprints } from './fingerprints.ts';

interface BaselineEntry {
  readonly fingerprint: string;
  /** For people who read the file. */
  readonly rule: string;
  readonly file: string;
  readonly function: string;
}

/** The text of the baseline's file. */
export function baselineText(root: string, findings: readonly ReportedFinding[]): string {
  const fingerprint = fingerprints(root);
  const entries = findings.map(({ finding }): BaselineEntry => ({
    fingerprint: fingerprint(finding),
    rule: finding.rule,
    file: shownPath({ root }, finding.file),
    function: finding.function,
  }));
  return `${JSON.stringify({ schema: 1, findings: entries }, undefined, 2)}\n`;
}

/** @returns the fingerprints in it, or why it cannot be used, to be read after its path */
export function readBaseline(text: string): ReadonlySet<string> | { readonly reason: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    return { reason: `is no JSON (${error instanceof Error ? error.message : String(error)})` };
  }
  const { schema, findings } = (parsed ?? {}) as { readonly schema?: unknown; readonly findings?: unknown };
  if (schema !== 1 || !Array.isArray(findings)) {
    return { reason: 'is no baseline of schema 1' };
  }
  return new Set(findings.map((entry: unknown) => String((entry as Partial<BaselineEntry> | null)?.fingerprint)));
}

export interface Compared {
  /** What the baseline does not know. */
  readonly findings: readonly ReportedFinding[];
  readonly outcome: BaselineOutcome;
}

export function compareWithBaseline(
  root: string,
  findings: readonly ReportedFinding[],
  baseline: ReadonlySet<string>,
): Compared {
  const fingerprint = fingerprints(root);
  const marked = findings.map((reported) => ({ reported, mark: fingerprint(reported.finding) }));
  const known = marked.filter(({ mark }) => baseline.has(mark));
  return {
    findings: marked.filter(({ mark }) => !baseline.has(mark)).map(({ reported }) => reported),
    outcome: { known: known.map(({ reported }) => reported), gone: baseline.size - known.length },
  };
}
