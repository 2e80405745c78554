/**
 * What the files of a workspace know of each other. Files are given as text under a name of the caller's choice (a
 * path or a URI); nothing here reads a disk. The same files give the same findings in whatever order they came.
 */
import type { AllocationSite, Finding } from './finding.ts';
import type { Grammars } from './languages/grammars.ts';

export interface WorkspaceOptions {
  /** Report sites with doubts too; each names its doubts. */
  readonly strict?: boolean;
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
  /** Files known, in the order of their names. */
  files(): readonly string[];
}

/** Whether a file of this name can hold code that the lint reads. */
export declare function isLintable(file: string): boolean;
export declare function createWorkspace(grammars: Grammars, options?: WorkspaceOptions): Workspace;
