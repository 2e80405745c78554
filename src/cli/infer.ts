/**
 * `section-leaks infer`: what the functions below the given paths make and give back, as a `.section-leaks.json` for those who
 * use them without their source.
 */
import { createWorkspace } from '../analyzers/workspace.ts';
import { readDeclarationsOf } from '../lint/declarations/read.ts';
import { problemSentence } from '../lint/files/problem.ts';
import { loadInstalledGrammars } from '../lint/grammars.ts';
import { shownPath } from '../lint/report/report.ts';
import { readSources } from './lint.ts';
import { EXIT_CODES, type Output } from './output.ts';

export interface InferOptions {
  /** Globs in the manner of .gitignore, relative to `folder`. */
  readonly exclude: readonly string[];
  /** The working folder. */
  readonly folder: string;
}

/** @returns the exit code of the process */
export async function runInfer(paths: readonly string[], options: InferOptions, output: Output): Promise<number> {
  const { texts, problems, rootProblems } = await readSources(paths, options);
  for (const problem of [...rootProblems, ...problems]) {
    const shown = shownPath({ root: options.folder }, problem.path);
    output.error(`section-leaks: ${problemSentence(problem, shown)}\n`);
  }
  const { declarations } = await readDeclarationsOf(options.folder);
  const workspace = createWorkspace(await loadInstalledGrammars(), { declarations });
  for (const [file, text] of texts) {
    workspace.setText(file, text);
  }
  const { acquire, release } = workspace.infer();
  await output.print(`${JSON.stringify({ acquire, release }, undefined, 2)}\n`);
  return rootProblems.length > 0 ? EXIT_CODES.failed : EXIT_CODES.success;
}
