/** One analysis with the texts that it was given and the index that finds them; made anew when its strictness changes. */
import type { Grammars } from '../../analyzers/languages/grammars.ts';
import { createWorkspace } from '../../analyzers/workspace.ts';
import type { FileProblem } from '../files/problem.ts';
import type { LintSettings } from '../protocol.ts';
import { lintFile } from '../suppressions/linted-file.ts';
import { Analyses } from './analyses.ts';
import { SourceIndex } from './source-index.ts';
import { Texts } from './texts.ts';

export interface Engine {
  readonly strictness: LintSettings['strictness'];
  readonly texts: Texts;
  readonly index: SourceIndex;
  readonly analyses: Analyses;
}

export function createEngine(
  grammars: Grammars,
  strictness: LintSettings['strictness'],
  report: (problem: FileProblem) => void,
): Engine {
  const workspace = createWorkspace(grammars, { strict: strictness === 'strict' });
  const texts = new Texts(workspace);
  return {
    strictness,
    texts,
    index: new SourceIndex(texts, report),
    analyses: new Analyses((file) => lintFile(workspace, file), texts, report),
  };
}
