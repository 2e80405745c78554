/**
 * What the files of a workspace know of each other. Files are given as text under a name of the caller's choice (a
 * path or a URI); nothing here reads a disk. The same files give the same findings in whatever order they came.
 */
import { createCatalog } from './catalog/catalog.ts';
import { type Declarations, declaredEntries } from './catalog/declared.ts';
import type { AllocationSite, Finding } from './finding.ts';
import type { Grammars } from './languages/grammars.ts';
import { frontEndOf } from './languages/index.ts';
import { allocationSites, findingsOf } from './workspace/decide.ts';
import { Keepers } from './workspace/keepers.ts';
import { Program } from './workspace/program.ts';
import { inferDeclarations } from './workspace/infer.ts';
import { SourceFile } from './workspace/source-file.ts';

export interface WorkspaceOptions {
  /** Report sites with doubts too; each names its doubts. */
  readonly strict?: boolean;
  /** Functions that the project declares. */
  readonly declarations?: Declarations;
}

export interface FileAnalysis {
  readonly file: string;
  readonly findings: readonly Finding[];
  readonly sites: readonly AllocationSite[];
  /** Functions that were left out because their text does not parse. */
  readonly brokenFunctions: number;
}

export interface Workspace {
  /** Adds the file, or replaces its text. The language follows from the name's ending; other files are ignored. */
  setText(file: string, text: string): void;
  remove(file: string): void;
  /** The analysis of one file, in the light of all others; empty for a file that is not known. */
  analyze(file: string): FileAnalysis;
  /** What the functions of the workspace make and give back, as another project can declare it. */
  infer(): Declarations;
  /** The file as it was last given; empty for a file that is not known. */
  text(file: string): string;
  /** Files known, in the order of their names. */
  files(): readonly string[];
}

/** Whether a file of this name can hold code that the lint reads. */
export function isLintable(file: string): boolean {
  return frontEndOf(file) !== undefined;
}

export function createWorkspace(grammars: Grammars, options: WorkspaceOptions = {}): Workspace {
  const catalog = createCatalog(options.declarations === undefined ? [] : declaredEntries(options.declarations));
  const program = new Program(catalog);
  const judge = { program, keepers: new Keepers(program), strict: options.strict === true };
  return {
    setText(name, text) {
      const frontEnd = frontEndOf(name);
      if (frontEnd === undefined) return;
      const known = program.file(name);
      if (known) {
        known.setText(text);
        program.changed(known);
      } else {
        program.add(new SourceFile(name, text, frontEnd, { grammars, catalog }));
      }
    },
    remove(name) {
      const file = program.file(name);
      if (file) program.remove(file);
    },
    analyze(name) {
      program.refresh();
      const entries = program.file(name)?.functions ?? [];
      // A function that can neither acquire nor release anything has nothing to report.
      const records = entries.flatMap((entry) => {
        const record = program.isWorthAnalyzing(entry) ? program.record(entry) : undefined;
        return record ? [{ entry, record }] : [];
      });
      return {
        file: name,
        findings: records.flatMap(({ entry, record }) => findingsOf(entry, record, judge)),
        sites: records.flatMap(({ entry, record }) => allocationSites(entry, record)),
        brokenFunctions: program.file(name)?.brokenFunctions ?? 0,
      };
    },
    infer: () => inferDeclarations(program),
    text: (name) => program.file(name)?.source ?? '',
    files: () => program.allFiles.map((file) => file.name),
  };
}
