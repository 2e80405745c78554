/**
 * SARIF 2.1.0, for code scanning services: one run, every rule described, each finding with its path as a code flow
 * and its fix as replacements.
 */
import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as sarif from 'sarif';
import type { Finding, Fix, Place, Range, Step } from '../../analyzers/finding.ts';
import { RULE_IDS } from '../../analyzers/finding.ts';
import { problemSentence } from '../files/problem.ts';
import { fixTitle } from '../rules/fixes.ts';
import { messageOf, RULES } from '../rules/index.ts';
import { documentationUrl, type ReportedSeverity } from '../rules/rule.ts';
import { stepLabel } from '../rules/steps.ts';
import { TOOL } from '../tool.ts';
import { fingerprints } from './fingerprints.ts';
import { type LintReport, type ReportedFinding, type ReportFormat, shownPath } from './report.ts';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
const ROOT_ID = '%SRCROOT%';

const LEVELS: Readonly<Record<ReportedSeverity, sarif.Result.level>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

export const sarifFormat: ReportFormat = {
  render(report) {
    const log: sarif.Log = { $schema: SCHEMA, version: '2.1.0', runs: [runOf(report)] };
    return `${JSON.stringify(log, undefined, 2)}\n`;
  },
};

function runOf(report: LintReport): sarif.Run {
  const fingerprint = fingerprints(report.root);
  const identified = (reported: ReportedFinding): sarif.Result => ({
    ...resultOf(report, reported),
    partialFingerprints: { 'allocationSite/v1': fingerprint(reported.finding) },
  });
  return {
    tool: {
      driver: {
        name: TOOL.name,
        fullName: TOOL.displayName,
        semanticVersion: TOOL.version,
        informationUri: TOOL.informationUri,
        rules: RULE_IDS.map(ruleDescriptor),
      },
    },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { [ROOT_ID]: { uri: `${pathToFileURL(report.root).href}/` } },
    invocations: [
      {
        executionSuccessful: true,
        toolExecutionNotifications: [
          ...report.problems.map((problem): sarif.Notification => ({
            level: 'warning',
            message: { text: problemSentence(problem, shownPath(report, problem.path)) },
            locations: [{ physicalLocation: { artifactLocation: artifact(report, problem.path) } }],
          })),
          ...report.idleComments.map(({ message, ...place }): sarif.Notification => ({
            level: 'note',
            message: { text: message },
            locations: [locationOf(report, place)],
          })),
        ],
      },
    ],
    results: [
      ...(report.baseline?.known ?? []).map((reported): sarif.Result => ({
        ...identified(reported),
        baselineState: 'unchanged',
      })),
      ...report.findings.map((reported) => ({ ...identified(reported), ...newness(report) })),
      ...report.suppressed.map((reported): sarif.Result => ({
        ...identified(reported),
        suppressions: [{ kind: 'inSource', status: 'accepted', justification: reported.reason }],
      })),
    ],
  };
}

/** Said of each result or of none (SARIF 2.1.0, 3.27.24). */
function newness({ baseline }: LintReport): Pick<sarif.Result, 'baselineState'> {
  return baseline === null ? {} : { baselineState: 'new' };
}

function ruleDescriptor(id: (typeof RULE_IDS)[number]): sarif.ReportingDescriptor {
  const rule = RULES[id];
  return {
    id,
    name: rule.title,
    shortDescription: { text: `${rule.title}.` },
    fullDescription: { text: rule.description },
    help: { text: plainText(rule.explanation), markdown: rule.explanation },
    helpUri: documentationUrl(id),
    defaultConfiguration: { level: LEVELS[rule.severity] },
  };
}

function resultOf(report: LintReport, { finding, severity }: ReportedFinding): sarif.Result {
  return {
    ruleId: finding.rule,
    ruleIndex: RULE_IDS.indexOf(finding.rule),
    level: LEVELS[severity],
    message: { text: messageOf(finding) },
    locations: [
      {
        ...locationOf(report, finding),
        logicalLocations: [{ fullyQualifiedName: finding.function, kind: 'function' }],
      },
    ],
    relatedLocations: finding.path.map((step, index) => ({ id: index + 1, ...stepLocation(report, step, finding) })),
    ...(finding.path.length === 0 ? {} : { codeFlows: [codeFlow(report, finding)] }),
    ...(finding.fix === undefined ? {} : { fixes: [fixOf(report, finding, finding.fix)] }),
  };
}

function codeFlow(report: LintReport, finding: Finding): sarif.CodeFlow {
  return {
    threadFlows: [
      {
        locations: finding.path.map((step, index) => ({
          executionOrder: index + 1,
          location: stepLocation(report, step, finding),
        })),
      },
    ],
  };
}

function stepLocation(report: LintReport, step: Step, finding: Finding): sarif.Location {
  return { ...locationOf(report, step), message: { text: stepLabel(step, finding) } };
}

function fixOf(report: LintReport, finding: Finding, fix: Fix): sarif.Fix {
  return {
    description: { text: fixTitle(fix) },
    artifactChanges: [
      {
        artifactLocation: artifact(report, finding.file),
        replacements: fix.edits.map((edit) => ({
          deletedRegion: regionOf(edit.range),
          insertedContent: { text: edit.newText },
        })),
      },
    ],
  };
}

function locationOf(report: LintReport, place: Place): sarif.Location {
  return {
    physicalLocation: { artifactLocation: artifact(report, place.file), region: regionOf(place.range) },
  };
}

/** Lines and columns of SARIF count from 1; the end column is the first one after the text. */
function regionOf({ start, end }: Range): sarif.Region {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

function artifact(report: LintReport, file: string): sarif.ArtifactLocation {
  const path = shownPath(report, file);
  return isAbsolute(path)
    ? { uri: pathToFileURL(path).href }
    : { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: ROOT_ID };
}

/** Code marks are the only Markdown that the explanations use. */
function plainText(markdown: string): string {
  return markdown.replaceAll('`', '');
}
