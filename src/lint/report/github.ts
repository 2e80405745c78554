/**
 * For a step of GitHub Actions: each finding as an annotation of its line (workflow commands `warning`, `error`, `notice`),
 * so that it stands in the diff of a pull request without a service in between.
 */
import { messageOf } from '../rules/index.ts';
import { type ReportedSeverity } from '../rules/rule.ts';
import { type LintReport, type ReportedFinding, type ReportFormat, shownPath } from './report.ts';

const COMMANDS: Readonly<Record<ReportedSeverity, 'error' | 'warning' | 'notice'>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

export const githubFormat: ReportFormat = {
  render: (report) =>
    [
      ...report.findings.map((reported) => annotation(report, reported)),
      ...report.idleComments.map(({ file, range, message }) =>
        command(
          'notice',
          { file: shownPath(report, file), line: range.start.line + 1, title: 'idle comment' },
          message,
        ),
      ),
      `${report.findings.length} findings in ${report.files} files`,
    ]
      .map((line) => `${line}\n`)
      .join(''),
};

function annotation(report: LintReport, { finding, severity }: ReportedFinding): string {
  const { start, end } = finding.range;
  const place = {
    file: shownPath(report, finding.file),
    line: start.line + 1,
    endLine: end.line + 1,
    // Columns are taken on one line only.
    ...(start.line === end.line ? { col: start.character + 1, endColumn: end.character + 1 } : {}),
    title: finding.rule,
  };
  return command(COMMANDS[severity], place, messageOf(finding));
}

function command(name: string, properties: Readonly<Record<string, string | number>>, message: string): string {
  const listed = Object.entries(properties).map(([key, value]) => `${key}=${escapedProperty(String(value))}`);
  return `::${name} ${listed.join(',')}::${escaped(message)}`;
}

/** A message is one line of a workflow's output. */
function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
