/** The table of rules, and what is said of a finding whatever its rule is. */
import type { Finding, RuleId } from '../../analyzers/finding.ts';
import type { Severity } from '../protocol.ts';
import { doubtSentence } from './doubts.ts';
import { pointerNeverReleased } from './pointer-never-released.ts';
import type { ReportedSeverity, Rule } from './rule.ts';
import { sectionLeaksOnPath } from './section-leaks-on-path.ts';
import { sectionNeverClosed } from './section-never-closed.ts';
import { sectionOutlivesView } from './section-outlives-view.ts';
import { viewNeverUnmapped } from './view-never-unmapped.ts';

export const RULES: Readonly<Record<RuleId, Rule>> = {
  'section-outlives-view': sectionOutlivesView,
  'section-never-closed': sectionNeverClosed,
  'section-leaks-on-path': sectionLeaksOnPath,
  'view-never-unmapped': viewNeverUnmapped,
  'pointer-never-released': pointerNeverReleased,
};

/** The full message: the rule's own words, and the doubts by name where there are any. */
export function messageOf(finding: Finding): string {
  return RULES[finding.rule].message(finding) + doubtSentence(finding);
}

export function summaryOf(finding: Finding): string {
  const summary = RULES[finding.rule].summary(finding);
  return finding.doubts.length === 0 ? summary : `perhaps ${summary}`;
}

/**
 * How grave the finding is under the user's choice for its rule. A finding with doubts is never more than a hint.
 * `undefined`: not to be reported.
 */
export function severityOf(finding: Finding, chosen: Severity = 'default'): ReportedSeverity | undefined {
  if (chosen === 'off') {
    return undefined;
  }
  if (finding.doubts.length > 0) {
    return 'hint';
  }
  return chosen === 'default' ? RULES[finding.rule].severity : chosen;
}
