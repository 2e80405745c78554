/**
 * All rules share one analysis of a file. There is a workspace for each folder in which ESLint runs, so that projects that
 * an editor lints in one process know nothing of each other; and, as doubts are weighed while findings are made, for each
 * of the two ways to look. It is begun anew when `.section-leaks.json` changes.
 */
import type { SourceCode } from 'eslint';
import type { Grammars } from '../../analyzers/languages/grammars.ts';
import { type Analysis, FolderAnalysis, type LintedCode } from './analysis.ts';
import { declarationsVersion, declaredIn } from './declared.ts';

export interface RuleOptions {
  /** Reports findings that are not certain, too; each names its doubts. */
  readonly strict: boolean;
}

interface Known {
  /** Of the declarations. */
  readonly version: number | undefined;
  readonly folder: FolderAnalysis;
}

export class SharedAnalyses {
  readonly #grammars: Grammars;
  readonly #folders = new Map<string, Known>();
  readonly #certain = new WeakMap<SourceCode, Analysis>();
  readonly #all = new WeakMap<SourceCode, Analysis>();

  constructor(grammars: Grammars) {
    this.#grammars = grammars;
  }

  /** ESLint makes a source code object each time that it lints a text: that is how long an analysis holds. */
  of(code: LintedCode, options: RuleOptions): Analysis {
    const known = options.strict ? this.#all : this.#certain;
    const analysis = known.get(code.sourceCode) ?? this.#folderOf(code, options).analyze(code);
    known.set(code.sourceCode, analysis);
    return analysis;
  }

  #folderOf({ folder: path }: LintedCode, { strict }: RuleOptions): FolderAnalysis {
    const key = `${strict ? 'all' : 'certain'} ${path}`;
    const version = declarationsVersion(path);
    const known = this.#folders.get(key);
    if (known !== undefined && known.version === version) {
      return known.folder;
    }
    const folder = new FolderAnalysis(this.#grammars, strict, declaredIn(path));
    this.#folders.set(key, { version, folder });
    return folder;
  }
}
