/** `section-leaks lint`: reads the files below the given paths, analyses them together and prints one report. */
import { resolve } from 'node:path';
import type { Finding } from '../analyzers/finding.ts';
import { createWorkspace } from '../analyzers/workspace.ts';
import { discover } from '../lint/files/discovery.ts';
import { analysisProblem, type FileProblem, problemSentence } from '../lint/files/problem.ts';
import { readSource } from '../lint/files/read-source.ts';
import { loadInstalledGrammars } from '../lint/grammars.ts';
import { REPORT_FORMATS, type ReportFormatName } from '../lint/report/index.ts';
import { type LintReport, type ReportedFinding, shownPath } from '../lint/report/report.ts';
import { severityOf } from '../lint/rules/index.ts';
import { EXIT_CODES, type Output } from './output.ts';

export interface LintOptions {
  readonly format: ReportFormatName;
  readonly strict: boolean;
  /** Globs in the manner of .gitignore, relative to `folder`. */
  readonly exclude: readonly string[];
  /** The working folder: paths are relative to it, and shown so. */
  readonly folder: string;
}

/** @returns the exit code of the process */
export async function runLint(paths: readonly string[], options: LintOptions, output: Output): Promise<number> {
  const sources = await readSources(paths, options);
  const report = await lintSources(sources, options);
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

async function lintSources(sources: Sources, options: LintOptions): Promise<LintReport> {
  const workspace = createWorkspace(await loadInstalledGrammars(), { strict: options.strict });
  for (const [file, text] of sources.texts) {
    workspace.setText(file, text);
  }
  const problems = [...sources.problems];
  const findings: ReportedFinding[] = [];
  for (const file of [...sources.texts.keys()].toSorted()) {
    try {
      for (const finding of workspace.analyze(file).findings.toSorted(byPlace)) {
        const severity = severityOf(finding);
        if (severity !== undefined) {
          findings.push({ finding, severity });
        }
      }
    } catch (error) {
      problems.push(analysisProblem(file, error));
    }
  }
  return {
    root: options.folder,
    findings,
    files: sources.texts.size,
    problems,
    sourceLine: (file, line) => sources.texts.get(file)?.split(/\r\n|\r|\n/u)[line] ?? '',
  };
}

function byPlace(a: Finding, b: Finding): number {
  return (
    a.range.start.line - b.range.start.line ||
    a.range.start.character - b.range.start.character ||
    (a.rule < b.rule ? -1 : 1)
  );
}
