/**
 * For scripts: one object, described in docs/command-line.md. Lines and columns count from 1, columns in UTF-16 code
 * units; paths are relative to `root` where they lie below it.
 */
import type { Place, Range } from '../../analyzers/finding.ts';
import { problemSentence } from '../files/problem.ts';
import { fixTitle } from '../rules/fixes.ts';
import { messageOf, summaryOf } from '../rules/index.ts';
import { documentationUrl } from '../rules/rule.ts';
import { stepLabel } from '../rules/steps.ts';
import { TOOL } from '../tool.ts';
import { type LintReport, type ReportedFinding, type ReportFormat, shownPath } from './report.ts';

export const jsonFormat: ReportFormat = {
  render: (report) =>
    `${JSON.stringify(
      {
        schema: 1,
        tool: { name: TOOL.name, version: TOOL.version },
        root: report.root,
        files: report.files,
        findings: report.findings.map((reported) => findingObject(report, reported)),
        suppressed: report.suppressed.map(({ finding, reason }) => ({
          rule: finding.rule,
          ...placeObject(report, finding),
          reason,
        })),
        idleComments: report.idleComments.map(({ message, ...place }) => ({ message, ...placeObject(report, place) })),
        baseline: report.baseline === null ? null : { known: report.baseline.known.length, gone: report.baseline.gone },
        skipped: report.problems.map((problem) => ({
          path: shownPath(report, problem.path),
          reason: problemSentence(problem, shownPath(report, problem.path)),
        })),
      },
      undefined,
      2,
    )}\n`,
};

function findingObject(report: LintReport, { finding, severity }: ReportedFinding): object {
  return {
    rule: finding.rule,
    severity,
    message: messageOf(finding),
    summary: summaryOf(finding),
    documentation: documentationUrl(finding.rule),
    ...placeObject(report, finding),
    resource: finding.resource,
    call: finding.call,
    function: finding.function,
    maker: finding.maker ?? null,
    sectionName: finding.sectionName ?? null,
    variable: finding.variable ?? null,
    loss: { how: finding.loss.how, keeper: finding.loss.keeper ?? null, ...placeObject(report, finding.loss.at) },
    path: finding.path.map((step) => ({
      kind: step.kind,
      label: stepLabel(step, finding),
      ...placeObject(report, step),
    })),
    fix:
      finding.fix === undefined
        ? null
        : {
            title: fixTitle(finding.fix),
            edits: finding.fix.edits.map((edit) => ({ ...rangeObject(edit.range), newText: edit.newText })),
          },
    doubts: finding.doubts.map((doubt) => ({
      kind: doubt.kind,
      subject: doubt.subject,
      ...placeObject(report, doubt.at),
    })),
  };
}

function placeObject(report: LintReport, place: Place): object {
  return { file: shownPath(report, place.file), ...rangeObject(place.range) };
}

function rangeObject({ start, end }: Range): object {
  return {
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}
