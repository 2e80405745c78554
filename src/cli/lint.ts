/** `section-leaks lint`: reads the files below the given paths, analyses them together and prints one report. */
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Declarations } from '../analyzers/catalog/declared.ts';
import type { Finding } from '../analyzers/finding.ts';
import { createWorkspace } from '../analyzers/workspace.ts';
import { DECLARATIONS_FILE, readDeclarationsOf } from '../lint/declarations/read.ts';
import { discover } from '../lint/files/discovery.ts';
import { accessProblem, analysisProblem, type FileProblem, problemSentence } from '../lint/files/problem.ts';
import { readSource } from '../lint/files/read-source.ts';
import { loadInstalledGrammars } from '../lint/grammars.ts';
import { baselineText, compareWithBaseline, readBaseline } from '../lint/report/baseline.ts';
import { REPORT_FORMATS, type ReportFormatName } from '../lint/report/index.ts';
import {
  type LintReport,
  type ReportedComment,
  type ReportedFinding,
  shownPath,
  type SuppressedReport,
} from '../lint/report/report.ts';
import { severityOf } from '../lint/rules/index.ts';
import { lintFile } from '../lint/suppressions/linted-file.ts';
import { EXIT_CODES, type Output } from './output.ts';

export interface LintOptions {
  readonly format: ReportFormatName;
  readonly strict: boolean;
  /** Globs in the manner of .gitignore, relative to `folder`. */
  readonly exclude: readonly string[];
  /** A file of findings that are known: only others are reported. */
  readonly baseline?: string;
  /** Where to write the findings as such a file. */
  readonly writeBaseline?: string;
  /** The working folder: paths are relative to it, and shown so. */
  readonly folder: string;
}

/** @returns the exit code of the process */
export async function runLint(paths: readonly string[], options: LintOptions, output: Output): Promise<number> {
  const baseline = await loadBaseline(options);
  if (baseline !== null && 'reason' in baseline) {
    output.error(`section-leaks: ${baseline.reason}\n`);
    return EXIT_CODES.failed;
  }
  const declared = await readDeclarationsOf(options.folder);
  for (const { line, message } of declared.problems) {
    output.error(`section-leaks: ${DECLARATIONS_FILE}:${line + 1}: ${message} Until then it declares nothing.\n`);
  }
  const sources = await readSources(paths, options);
  const everything = await lintSources(sources, options, declared.declarations);
  const unwritten = await storeBaseline(everything, options);
  if (unwritten !== null) {
    output.error(`section-leaks: ${unwritten}\n`);
    return EXIT_CODES.failed;
  }
  const report = baseline === null ? everything : withoutKnown(everything, baseline);
  for (const problem of sources.rootProblems) {
    output.error(`section-leaks: ${problemSentence(problem, shownPath(report, problem.path))}\n`);
  }
  if (options.format !== 'text') {
    // The text report lists them itself.
    for (const problem of report.problems) {
      output.error(`section-leaks: ${problemSentence(problem, shownPath(report, problem.path))}\n`);
    }
  }
  await output.print(REPORT_FORMATS[options.format].render(report, output.colour));
  if (sources.rootProblems.length > 0) {
    return EXIT_CODES.failed;
  }
  return report.findings.length > 0 ? EXIT_CODES.findings : EXIT_CODES.success;
}

interface Sources {
  /** By absolute path. */
  readonly texts: ReadonlyMap<string, string>;
  /** What was left out below the paths. */
  readonly problems: readonly FileProblem[];
  /** Paths that were asked for and cannot be linted at all. */
  readonly rootProblems: readonly FileProblem[];
}

export async function readSources(
  paths: readonly string[],
  { exclude, folder }: Pick<LintOptions, 'exclude' | 'folder'>,
): Promise<Sources> {
  const texts = new Map<string, string>();
  const problems: FileProblem[] = [];
  const rootProblems: FileProblem[] = [];
  for (const path of paths) {
    for await (const found of discover(resolve(folder, path), { exclude, base: folder })) {
      if ('problem' in found) {
        (found.atRoot ? rootProblems : problems).push(found.problem);
      } else if (!texts.has(found.file)) {
        const source = await readSource(found.file);
        if ('text' in source) {
          texts.set(found.file, source.text);
        } else {
          problems.push(source.problem);
        }
      }
    }
  }
  return { texts, problems, rootProblems };
}

async function lintSources(sources: Sources, options: LintOptions, declarations: Declarations): Promise<LintReport> {
  const workspace = createWorkspace(await loadInstalledGrammars(), { strict: options.strict, declarations });
  for (const [file, text] of sources.texts) {
    workspace.setText(file, text);
  }
  const problems = [...sources.problems];
  const findings: ReportedFinding[] = [];
  const suppressed: SuppressedReport[] = [];
  const idleComments: ReportedComment[] = [];
  for (const file of [...sources.texts.keys()].toSorted()) {
    try {
      const linted = lintFile(workspace, file);
      findings.push(...linted.findings.toSorted(byPlace).flatMap(graded));
      suppressed.push(
        ...linted.suppressed.flatMap(({ finding, reason }) => graded(finding).map((it) => ({ ...it, reason }))),
      );
      idleComments.push(...linted.idleComments.map((comment) => ({ ...comment, file })));
    } catch (error) {
      problems.push(analysisProblem(file, error));
    }
  }
  return {
    root: options.folder,
    findings,
    suppressed,
    idleComments,
    baseline: null,
    files: sources.texts.size,
    problems,
    sourceLine: (file, line) => sources.texts.get(file)?.split(/\r\n|\r|\n/u)[line] ?? '',
  };
}

/** None where the rule is not to be reported. */
function graded(finding: Finding): readonly ReportedFinding[] {
  const severity = severityOf(finding);
  return severity === undefined ? [] : [{ finding, severity }];
}

/** Null where none is asked for. */
async function loadBaseline({
  baseline,
  folder,
}: LintOptions): Promise<ReadonlySet<string> | { readonly reason: string } | null> {
  if (baseline === undefined) {
    return null;
  }
  const path = resolve(folder, baseline);
  try {
    const known = readBaseline(await readFile(path, 'utf8'));
    return 'reason' in known
      ? { reason: `${baseline} ${known.reason}. Write one with --write-baseline, and commit it.` }
      : known;
  } catch (error) {
    return { reason: problemSentence(accessProblem(path, error), baseline) };
  }
}

/** @returns why it was not written, as a sentence; null where it was, or is not asked for */
async function storeBaseline(report: LintReport, { writeBaseline: path, folder }: LintOptions): Promise<string | null> {
  if (path === undefined) {
    return null;
  }
  try {
    await writeFile(resolve(folder, path), baselineText(report.root, report.findings));
    return null;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return `${path} was not written (${code}). Give a file in a folder that exists and may be written.`;
  }
}

function withoutKnown(report: LintReport, baseline: ReadonlySet<string>): LintReport {
  const { findings, outcome } = compareWithBaseline(report.root, report.findings, baseline);
  return { ...report, findings, baseline: outcome };
}

function byPlace(a: Finding, b: Finding): number {
  return (
    a.range.start.line - b.range.start.line ||
    a.range.start.character - b.range.start.character ||
    (a.rule < b.rule ? -1 : 1)
  );
}
