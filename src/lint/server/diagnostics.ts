/** A finding as a diagnostic: the sentence at the acquisition, each step of the path as related information. */
import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver/node';
import type { Range } from '../../analyzers/finding.ts';
import type { ReportedFinding } from '../report/report.ts';
import { messageOf, summaryOf } from '../rules/index.ts';
import { documentationUrl, type ReportedSeverity } from '../rules/rule.ts';
import { stepLabel } from '../rules/steps.ts';
import type { DeclarationProblem } from '../declarations/read.ts';
import type { IdleComment } from '../suppressions/comments.ts';
import { TOOL } from '../tool.ts';

/** What a client finds in a diagnostic's `data`. */
export interface DiagnosticData {
  readonly summary: string;
  readonly hasFix: boolean;
}

const LSP_SEVERITIES: Readonly<Record<ReportedSeverity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export function diagnosticOf({ finding, severity }: ReportedFinding, uriOf: (file: string) => string): Diagnostic {
  const data: DiagnosticData = { summary: summaryOf(finding), hasFix: finding.fix !== undefined };
  return {
    range: lspRange(finding.range),
    severity: LSP_SEVERITIES[severity],
    source: TOOL.name,
    code: finding.rule,
    codeDescription: { href: documentationUrl(finding.rule) },
    message: messageOf(finding),
    relatedInformation: finding.path.map((step) => ({
      location: { uri: uriOf(step.file), range: lspRange(step.range) },
      message: stepLabel(step, finding),
    })),
    data,
  };
}

/** A comment that suppresses nothing is shown faded, as unused code is. */
export function idleCommentDiagnostic({ range, message }: IdleComment): Diagnostic {
  return {
    range: lspRange(range),
    severity: DiagnosticSeverity.Information,
    source: TOOL.name,
    code: 'idle-comment',
    message,
    tags: [DiagnosticTag.Unnecessary],
  };
}

/** A fault in `.section-leaks.json`, on its whole line. */
export function declarationDiagnostic({ line, message }: DeclarationProblem): Diagnostic {
  return {
    range: { start: { line, character: 0 }, end: { line: line + 1, character: 0 } },
    severity: DiagnosticSeverity.Error,
    source: TOOL.name,
    code: 'declarations',
    message: `${message} Until then the file declares nothing.`,
  };
}

/** The same range in the protocol's own type, whose members can be written. */
export function lspRange({ start, end }: Range): Diagnostic['range'] {
  return { start: { ...start }, end: { ...end } };
}
