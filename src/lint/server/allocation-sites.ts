/** The allocation sites of a file for the join with a running process, each with what the lint says of it. */
import type { AllocationSite, Finding } from '../../analyzers/finding.ts';
import type { FileAnalysis } from '../../analyzers/workspace.ts';
import type { LintSettings, SiteWithFinding } from '../protocol.ts';
import { messageOf, summaryOf } from '../rules/index.ts';
import { reportedFindings } from './reported.ts';

export function sitesWithFindings(
  { sites, findings }: FileAnalysis,
  chosen: LintSettings['severity'],
  uriOf: (file: string) => string,
): readonly SiteWithFinding[] {
  const reported = reportedFindings(findings, chosen).map(({ finding }) => finding);
  return sites.map((site) => {
    const found = reported.find((finding) => isAt(finding, site));
    return {
      ...site,
      file: uriOf(site.file),
      ...(found === undefined
        ? {}
        : { finding: { rule: found.rule, message: messageOf(found), summary: summaryOf(found) } }),
    };
  });
}

function isAt(finding: Finding, site: AllocationSite): boolean {
  return (
    finding.resource === site.resource &&
    finding.range.start.line === site.range.start.line &&
    finding.range.start.character === site.range.start.character
  );
}
