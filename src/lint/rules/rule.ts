/** The interface of a rule: everything that its faces (diagnostic, CodeLens, SARIF, terminal, documentation) say of it. */
import type { Finding, RuleId } from '../../analyzers/finding.ts';

/** The severities of LSP, by name; also the order of gravity. */
export const SEVERITIES = ['error', 'warning', 'information', 'hint'] as const;
export type ReportedSeverity = (typeof SEVERITIES)[number];

export interface Rule {
  readonly id: RuleId;
  readonly severity: ReportedSeverity;
  /** A few words for lists and headings, without a full stop. */
  readonly title: string;
  /** One sentence: when the rule reports. */
  readonly description: string;
  /** A paragraph of Markdown: what it costs and how it is mended. */
  readonly explanation: string;
  /** What leaks, where it is lost, what that costs. Doubts are not named here. */
  message(finding: Finding): string;
  /** A few words for a CodeLens: no full stop, starts in lower case. */
  summary(finding: Finding): string;
}

const DOCUMENTATION = 'https://github.com/section-leaks/section-leaks/blob/main/docs/rules';

/** The page that explains the rule to a user. */
export function documentationUrl(rule: RuleId): string {
  return `${DOCUMENTATION}/${rule}.md`;
}
