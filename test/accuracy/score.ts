/** How the findings in one repository answer its labels. */
import { relative } from 'node:path';
import type { Finding } from '../../src/analyzers/finding.ts';
import { isFault, type Label, RULES_OF } from './labels.ts';

export interface Answer {
  readonly label: Label;
  /** Findings at the site: for a fault it was found, for a correct site it was flagged. */
  readonly findings: readonly Finding[];
}

/** Lines by which a finding may miss a fault's site; at a correct one it must be next to it. */
const NEAR_A_FAULT = 2;
const NEAR_A_CORRECT_SITE = 1;

/** @returns an answer for each label, and the findings that answer none */
export function scoreOf(
  labels: readonly Label[],
  findings: readonly Finding[],
  folder: string,
): { readonly answers: readonly Answer[]; readonly outside: readonly Finding[] } {
  const answers = labels.map((label) => ({
    label,
    findings: findings.filter((finding) => answersTo(label, finding, labels, folder)),
  }));
  const used = new Set(answers.flatMap((answer) => answer.findings));
  return { answers, outside: findings.filter((finding) => !used.has(finding)) };
}

function answersTo(label: Label, finding: Finding, labels: readonly Label[], folder: string): boolean {
  const inFile = ({ path }: Label): boolean => relative(folder, finding.file).replaceAll('\\', '/') === path;
  if (!inFile(label)) return false;
  const line = finding.range.start.line + 1;
  if (isFault(label)) {
    return [label.line, label.lostAtLine ?? label.line].some((place) => Math.abs(place - line) <= NEAR_A_FAULT);
  }
  const isAnothers = labels.some((other) => other !== label && inFile(other) && other.line === line);
  return line === label.line || (Math.abs(label.line - line) <= NEAR_A_CORRECT_SITE && !isAnothers);
}

/** Whether one of the findings says what the label says. */
function fits({ label, findings }: Answer): boolean {
  const rules = [label.verdict, ...(label.alsoAccepted ?? [])].flatMap((verdict) => RULES_OF[verdict]);
  return findings.some(({ rule }) => rules.includes(rule));
}

export interface Row {
  readonly name: string;
  readonly faults: number;
  readonly found: number;
  readonly fitting: number;
  readonly correct: number;
  readonly flagged: number;
}

export function rowOf(name: string, answers: readonly Answer[]): Row {
  const faults = answers.filter(({ label }) => isFault(label));
  const correct = answers.filter(({ label }) => !isFault(label));
  const found = faults.filter(({ findings }) => findings.length > 0);
  return {
    name,
    faults: faults.length,
    found: found.length,
    fitting: found.filter(fits).length,
    correct: correct.length,
    flagged: correct.filter(({ findings }) => findings.length > 0).length,
  };
}
