/**
 * Our own requests on top of LSP, between the lint's language server and its clients. Types and names only; both sides
 * import this file.
 */
import type { AllocationSite, RuleId } from '../analyzers/finding.ts';

/** Request: every allocation site that is known, of one document or of all folders. */
export const ALLOCATION_SITES_REQUEST = 'sectionLeaks/allocationSites';
export interface AllocationSitesParams {
  /** Absent: of all documents that the server knows. */
  readonly textDocument?: { readonly uri: string };
}
export interface SiteWithFinding extends AllocationSite {
  /** The file as a URI. */
  readonly file: string;
  /** The finding at this site, if there is one. */
  readonly finding?: { readonly rule: RuleId; readonly message: string; readonly summary: string };
}
export type AllocationSitesResult = readonly SiteWithFinding[];

/** Notification: the sites or findings changed; ask again. Parameters: none. */
export const SITES_CHANGED_NOTIFICATION = 'sectionLeaks/sitesChanged';

/** Notification: the status for the status item. */
export const STATUS_NOTIFICATION = 'sectionLeaks/status';
export interface StatusParams {
  readonly state: 'starting' | 'indexing' | 'ready' | 'failed';
  readonly files: number;
  readonly findings: number;
  /** For `failed`, and for `ready` where not all files could be taken in: what is the matter and what to do next. */
  readonly reason?: string;
}

/** Request without parameters: read all folders again and lint every file; shows progress that can be cancelled. */
export const LINT_WORKSPACE_REQUEST = 'sectionLeaks/lintWorkspace';
export interface LintWorkspaceResult {
  readonly files: number;
  readonly findings: number;
  readonly cancelled: boolean;
}

/** `initializationOptions`, all optional: what the client can do beyond LSP. */
export interface InitializationOptions {
  /** The client has the command EXPLAIN_COMMAND: it is offered as a code action. */
  readonly explainCommand?: boolean;
}

/** The command of the client that shows the path of a finding. */
export const EXPLAIN_COMMAND = 'sectionLeaks.explainFinding';
export interface ExplainArguments {
  readonly uri: string;
  /** Where the diagnostic starts. */
  readonly line: number;
  readonly character: number;
  readonly rule: RuleId;
}

/** `sectionLeaks.*` settings as the server reads them. */
export type Severity = 'default' | 'error' | 'warning' | 'information' | 'hint' | 'off';
export interface LintSettings {
  readonly enable: boolean;
  readonly strictness: 'default' | 'strict';
  readonly severity: Readonly<Partial<Record<RuleId, Severity>>>;
  /** Glob patterns (in the manner of .gitignore) of files that are not linted. */
  readonly exclude: readonly string[];
}
