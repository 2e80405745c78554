/** For people: the line, the sentence, the path. */
import { createColors } from 'picocolors';
import { problemSentence } from '../files/problem.ts';
import { fixTitle } from '../rules/fixes.ts';
import { messageOf } from '../rules/index.ts';
import { stepLabel } from '../rules/steps.ts';
import { lineOf } from '../rules/wording.ts';
import { type LintReport, type ReportedFinding, type ReportFormat, shownPath } from './report.ts';

type Colours = ReturnType<typeof createColors>;

export const textFormat: ReportFormat = {
  render(report, colour) {
    const colours = createColors(colour);
    const blocks = report.findings.map((reported) => findingBlock(report, reported, colours));
    return [...blocks, `${closingLine(report, colours)}\n`].join('\n');
  },
};

function findingBlock(report: LintReport, { finding, severity }: ReportedFinding, colours: Colours): string {
  const { start } = finding.range;
  const paint = severity === 'error' ? colours.red : severity === 'warning' ? colours.yellow : colours.blue;
  const place = `${shownPath(report, finding.file)}:${start.line + 1}:${start.character + 1}`;
  const lines = [
    `${colours.bold(place)}: ${paint(severity)}: ${messageOf(finding)} ${colours.dim(`[${finding.rule}]`)}`,
    ...excerpt(report, finding, paint),
    `  ${colours.dim(finding.path.map((step) => `> ${lineOf(step, finding.file)} ${stepLabel(step, finding)}`).join('   '))}`,
  ];
  if (finding.fix !== undefined) {
    lines.push(`  fix: ${fixTitle(finding.fix)}`);
  }
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

function excerpt(
  report: LintReport,
  { file, range }: ReportedFinding['finding'],
  paint: (text: string) => string,
): string[] {
  const source = report.sourceLine(file, range.start.line);
  if (source.trim() === '') {
    return [];
  }
  const gutter = `  ${range.start.line + 1} | `;
  const end = range.end.line === range.start.line ? range.end.character : source.length;
  // Tabs stay tabs before the marks, so that these stand below their text whatever a tab's width is.
  const indent = source.slice(0, range.start.character).replace(/[^\t]/gu, ' ');
  const marks = '~'.repeat(Math.max(1, end - range.start.character));
  return [`${gutter}${source}`, `${' '.repeat(gutter.length)}${indent}${paint(marks)}`];
}

function closingLine(report: LintReport, colours: Colours): string {
  const files = counted(report.files, 'file');
  const skipped = [
    report.suppressed.length === 0 ? '' : `; ${report.suppressed.length} more suppressed by comments`,
    baselineWords(report),
    report.problems.length === 0 ? '' : `; ${report.problems.length} left out:${problemList(report)}`,
    ...report.idleComments.map(
      ({ file, range, message }) => `\n  ${shownPath(report, file)}:${range.start.line + 1}: ${message}`,
    ),
  ].join('');
  return report.findings.length === 0
    ? `${colours.green('No leaks found')} in ${files}${skipped}`
    : `${colours.bold(counted(report.findings.length, 'finding'))} in ${files}${skipped}`;
}

function baselineWords({ baseline }: LintReport): string {
  if (baseline === null) {
    return '';
  }
  const gone = baseline.gone === 0 ? '' : `, and ${baseline.gone} of it gone: write it anew with --write-baseline`;
  return `; ${baseline.known.length} more known from the baseline${gone}`;
}

function problemList(report: LintReport): string {
  return report.problems.map((problem) => `\n  ${problemSentence(problem, shownPath(report, problem.path))}`).join('');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
