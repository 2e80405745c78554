/**
 * The labelled sites: places in public repositories where a section, a view or a pointer is made, with what an expert
 * reader says of them, in our own words. No source of others is stored here.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RuleId } from '../../src/analyzers/finding.ts';

export type Verdict = 'leak' | 'leak-on-path' | 'early-unmap' | 'view-leak' | 'pointer-leak' | 'ok' | 'ok-held';

export interface Label {
  readonly id: string;
  /** GitHub's owner/name. */
  readonly repository: string;
  readonly commit: string;
  readonly path: string;
  readonly language: string;
  /** Line of the acquiring call, counted from 1. */
  readonly line: number;
  readonly call: string;
  readonly verdict: Verdict;
  /** Verdicts that are as good an answer. */
  readonly alsoAccepted?: readonly Verdict[];
  /** The line at which it is lost. */
  readonly lostAtLine?: number;
  /** The least code to read for a right decision. */
  readonly scope: 'function' | 'class' | 'file' | 'cross-file';
  readonly reason: string;
}

export async function readLabels(): Promise<readonly Label[]> {
  return JSON.parse(await readFile(join(import.meta.dirname, 'labels.json'), 'utf8')) as readonly Label[];
}

/** Where a label's repository is laid out below the folder of all of them. */
export function folderOf({ repository, commit }: Label): string {
  return `${repository.replace('/', '+')}@${commit.slice(0, 7)}`;
}

export function isFault({ verdict }: Label): boolean {
  return !verdict.startsWith('ok');
}

/** Rules that say what the verdict says. */
export const RULES_OF: Readonly<Record<Verdict, readonly RuleId[]>> = {
  leak: ['section-never-closed', 'section-outlives-view'],
  'leak-on-path': ['section-leaks-on-path'],
  'early-unmap': ['section-outlives-view'],
  'view-leak': ['view-never-unmapped'],
  'pointer-leak': ['pointer-never-released'],
  ok: [],
  'ok-held': [],
};
