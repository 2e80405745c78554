/** The findings of a file that the user is to see, under the severities that are chosen. */
import type { Finding } from '../../analyzers/finding.ts';
import type { LintSettings } from '../protocol.ts';
import type { ReportedFinding } from '../report/report.ts';
import { severityOf } from '../rules/index.ts';

export function reportedFindings(
  findings: readonly Finding[],
  chosen: LintSettings['severity'],
): readonly ReportedFinding[] {
  return findings.flatMap((finding) => {
    const severity = severityOf(finding, chosen[finding.rule]);
    return severity === undefined ? [] : [{ finding, severity }];
  });
}
