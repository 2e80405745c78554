/**
 * The files of one folder in which ESLint runs, for as long as its process lives: each is judged in the light of those
 * that ESLint linted before it, and, where it lints with types, of all sources of the project.
 */
import type { SourceCode } from 'eslint';
import type { Finding } from '../../analyzers/finding.ts';
import type { Grammars } from '../../analyzers/languages/grammars.ts';
import { createWorkspace, type Workspace } from '../../analyzers/workspace.ts';
import { analysisProblem, problemSentence } from '../files/problem.ts';
import { lintFile } from '../suppressions/linted-file.ts';
import type { Declared } from './declared.ts';
import { type ProjectProgram, programOf, projectFile, projectTexts } from './project-texts.ts';
import { scriptName } from './script-name.ts';

export interface LintedCode {
  /** In which ESLint runs. */
  readonly folder: string;
  readonly filename: string;
  readonly sourceCode: SourceCode;
}

export interface Analysis {
  /** Of every rule; what comments suppress is left out. */
  readonly findings: readonly Finding[];
  /** A fault of ours or of the declarations, in sentences, or none: the rule that takes it tells it, and no other. */
  takeProblem(): string;
}

export class FolderAnalysis {
  readonly #workspace: Workspace;
  readonly #knownPrograms = new WeakSet<ProjectProgram>();
  readonly #filesOfProjects = new Map<string, readonly string[]>();
  /** What is wrong with the declarations, until it is told. */
  #untold: string;

  constructor(grammars: Grammars, strict: boolean, { declarations, problem }: Declared) {
    this.#untold = problem;
    this.#workspace = createWorkspace(grammars, { strict, declarations });
  }

  analyze({ filename, sourceCode }: LintedCode): Analysis {
    const name = scriptName(filename);
    if (name === undefined) {
      return analysis([]);
    }
    try {
      this.#takeIn(programOf(sourceCode.parserServices));
      this.#setText(name, sourceCode.text);
      return analysis(lintFile(this.#workspace, name).findings, this.#takeUntold());
    } catch (error) {
      return analysis([], problemSentence(analysisProblem(filename, error)));
    }
  }

  #takeUntold(): string {
    const untold = this.#untold;
    this.#untold = '';
    return untold;
  }

  #takeIn(program: ProjectProgram | undefined): void {
    if (program === undefined || this.#knownPrograms.has(program)) {
      return;
    }
    this.#knownPrograms.add(program);
    const texts = projectTexts(program);
    this.#forgetMissing(projectFile(program), texts);
    for (const [name, text] of texts) {
      this.#setText(name, text);
    }
  }

  /** In an editor files are renamed and removed; each such change makes a new program of the same project. */
  #forgetMissing(project: string | undefined, texts: ReadonlyMap<string, string>): void {
    if (project === undefined) {
      return;
    }
    for (const name of this.#filesOfProjects.get(project) ?? []) {
      if (!texts.has(name)) {
        this.#workspace.remove(name);
      }
    }
    this.#filesOfProjects.set(project, [...texts.keys()]);
  }

  /** A text that is the same again would only make the workspace ask its questions anew. */
  #setText(name: string, text: string): void {
    if (this.#workspace.text(name) !== text) {
      this.#workspace.setText(name, text);
    }
  }
}

function analysis(findings: readonly Finding[], problem = ''): Analysis {
  let untold = problem;
  return {
    findings,
    takeProblem() {
      const taken = untold;
      untold = '';
      return taken;
    },
  };
}
