/**
 * What the analysis says of each file at present. A file on which it fails is left out with the reason; the others go
 * on.
 */
import { analysisProblem, type FileProblem } from '../files/problem.ts';
import type { LintedFile } from '../suppressions/linted-file.ts';
import type { Texts } from './texts.ts';

export class Analyses {
  readonly #lint: (file: string) => LintedFile;
  readonly #texts: Pick<Texts, 'has'>;
  readonly #report: (problem: FileProblem) => void;
  readonly #latest = new Map<string, { readonly analysis: LintedFile; readonly key: string }>();
  #haveChanged = false;

  constructor(lint: (file: string) => LintedFile, texts: Pick<Texts, 'has'>, report: (problem: FileProblem) => void) {
    this.#lint = lint;
    this.#texts = texts;
    this.#report = report;
  }

  get all(): readonly LintedFile[] {
    return [...this.#latest.values()].map(({ analysis }) => analysis);
  }

  /** Files that were analysed and are not known any more. */
  get gone(): readonly string[] {
    return [...this.#latest.keys()].filter((file) => !this.#texts.has(file));
  }

  latest(file: string): LintedFile | undefined {
    return this.#latest.get(file)?.analysis;
  }

  /** Analyses the file under the texts as they are now. A file that is not known has no findings. */
  analyze(file: string): LintedFile {
    const analysis = this.#attempt(file);
    const key = JSON.stringify([analysis.findings, analysis.sites]);
    this.#haveChanged ||= (this.#latest.get(file)?.key ?? '[[],[]]') !== key;
    if (this.#texts.has(file)) {
      this.#latest.set(file, { analysis, key });
    } else {
      this.#latest.delete(file);
    }
    return analysis;
  }

  /** Whether any finding or site is another one than at the last call. */
  takeChange(): boolean {
    const haveChanged = this.#haveChanged;
    this.#haveChanged = false;
    return haveChanged;
  }

  #attempt(file: string): LintedFile {
    try {
      return this.#lint(file);
    } catch (error) {
      this.#report(analysisProblem(file, error));
      return { file, findings: [], sites: [], brokenFunctions: 0, suppressed: [], idleComments: [] };
    }
  }
}
