/** The allocation sites below a folder, for the join with the sections of a running process. */
import { createWorkspace } from '../analyzers/workspace.ts';
import { analysisProblem, problemSentence } from '../lint/files/problem.ts';
import { loadInstalledGrammars } from '../lint/grammars.ts';
import type { SiteWithFinding } from '../lint/protocol.ts';
import { shownPath } from '../lint/report/report.ts';
import { sitesWithFindings } from '../lint/server/allocation-sites.ts';
import { readSources } from './lint.ts';

export interface LintedSites {
  readonly sites: readonly SiteWithFinding[];
  /** What was left out, in sentences. */
  readonly problems: readonly string[];
  /** Whether the folder itself could not be read. */
  readonly failed: boolean;
}

/** @param folder the working folder: the sites' files are named relative to it */
export async function lintedSites(path: string, folder: string): Promise<LintedSites> {
  const shown = (file: string) => shownPath({ root: folder }, file);
  const { texts, problems, rootProblems } = await readSources([path], { exclude: [], folder });
  const workspace = createWorkspace(await loadInstalledGrammars());
  for (const [file, text] of texts) {
    workspace.setText(file, text);
  }
  const failures = [...rootProblems, ...problems];
  const sites: SiteWithFinding[] = [];
  for (const file of workspace.files()) {
    try {
      sites.push(...sitesWithFindings(workspace.analyze(file), {}, shown));
    } catch (error) {
      failures.push(analysisProblem(file, error));
    }
  }
  return {
    sites,
    problems: failures.map((problem) => problemSentence(problem, shown(problem.path))),
    failed: rootProblems.length > 0,
  };
}
