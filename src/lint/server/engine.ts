/** One analysis with the texts that it was given and the index that finds them; made anew when its rules change. */
import type { Declarations } from '../../analyzers/catalog/declared.ts';
import type { Grammars } from '../../analyzers/languages/grammars.ts';
import { createWorkspace } from '../../analyzers/workspace.ts';
import type { FileProblem } from '../files/problem.ts';
import type { LintSettings } from '../protocol.ts';
import { lintFile } from '../suppressions/linted-file.ts';
import { Analyses } from './analyses.ts';
import { SourceIndex } from './source-index.ts';
import { Texts } from './texts.ts';

/** What holds for all files of a workspace. */
export interface EngineRules {
  readonly strictness: LintSettings['strictness'];
  readonly declarations: Declarations;
}

export interface Engine {
  readonly rules: EngineRules;
  readonly texts: Texts;
  readonly index: SourceIndex;
  readonly analyses: Analyses;
}

export function createEngine(
  grammars: Grammars,
  { strictness, declarations }: EngineRules,
  report: (problem: FileProblem) => void,
): Engine {
  const workspace = createWorkspace(grammars, { strict: strictness === 'strict', declarations });
  const texts = new Texts(workspace);
  return {
    rules: { strictness, declarations },
    texts,
    index: new SourceIndex(texts, report),
    analyses: new Analyses((file) => lintFile(workspace, file), texts, report),
  };
}
