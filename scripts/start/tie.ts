/** What ties both halves: the sections that a process holds, and the line of which the lint says that it leaks them. */
import type { AllocationSite, Maker } from '../../src/analyzers/finding.ts';
import type { FullSample } from '../../src/monitor/section.ts';
import { formatBoundsExactly } from '../../src/sites/format-bytes.ts';
import { certaintyInWords, joinSites, type SiteGroup } from '../../src/sites/join.ts';

/** Of `section-leaks lint --format json`: what is used here. */
export interface LintOutput {
  readonly findings: readonly LintedFinding[];
}

interface LintedFinding {
  readonly rule: string;
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly resource: AllocationSite['resource'];
  readonly call: string;
  readonly function: string;
  readonly maker: Maker | null;
  readonly sectionName: string | null;
}

interface LintedSite extends AllocationSite {
  readonly finding: LintedFinding;
}

/** The lines to print; empty where no line of the lint explains a section. */
export function tieLines(lint: LintOutput, sample: FullSample): readonly string[] {
  const { groups } = joinSites(sample.sections, lint.findings.map(siteOf));
  return groups.flatMap((group) => groupLines(group));
}

function groupLines({ sites, certainty, sections, unownedBytes }: SiteGroup<LintedSite>): readonly string[] {
  return sites.flatMap(({ finding }) => [
    `${finding.file}:${finding.line}  ${finding.rule}`,
    `  lint     ${finding.message}`,
    `  process  ${sections.length} sections, ${formatBoundsExactly(unownedBytes)} in no view of any process ` +
      `(${certaintyInWords(certainty, sites.length)} that the lint reports)`,
  ]);
}

function siteOf(finding: LintedFinding): LintedSite {
  const { line, column, endLine, endColumn, maker, sectionName } = finding;
  return {
    finding,
    file: finding.file,
    range: {
      start: { line: line - 1, character: column - 1 },
      end: { line: endLine - 1, character: endColumn - 1 },
    },
    resource: finding.resource,
    call: finding.call,
    function: finding.function,
    ...(maker === null ? {} : { maker }),
    ...(sectionName === null ? {} : { sectionName }),
  };
}
