/**
 * Comments that say why a finding is none: `section-leaks: allow RULE[, RULE] -- reason`, after `//`, `/*` or `#`, on the
 * line of the acquiring call or on a line of its own above it. A comment without a reason counts for nothing. Pure.
 */
import { type Finding, type Range, RULE_IDS } from '../../analyzers/finding.ts';

export interface SuppressedFinding {
  readonly finding: Finding;
  readonly reason: string;
}

/** A comment that does nothing, and a sentence that says why and what to do. */
export interface IdleComment {
  readonly range: Range;
  readonly message: string;
}

export interface Sifted {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  readonly idle: readonly IdleComment[];
}

/** @param findings of one file, and `text` that file's */
export function siftFindings(findings: readonly Finding[], text: string): Sifted {
  // Most files have no such comment.
  const comments = text.includes(MARK) ? readComments(text) : [];
  const usable = comments.filter((comment) => problemOf(comment) === undefined);
  const used = new Set<Comment>();
  const suppressed: SuppressedFinding[] = [];
  const kept = findings.filter((finding) => {
    const comment = usable.find(({ line, rules }) => line === finding.range.start.line && rules.includes(finding.rule));
    if (comment !== undefined) {
      used.add(comment);
      suppressed.push({ finding, reason: comment.reason });
    }
    return comment === undefined;
  });
  const idle = comments.flatMap((comment) => {
    const message = problemOf(comment) ?? (used.has(comment) ? undefined : NOTHING_THERE);
    return message === undefined ? [] : [{ range: comment.range, message }];
  });
  return { findings: kept, suppressed, idle };
}

/** The comment that suppresses a finding, for an edit; the reason is the user's to write. */
export function commentText(rule: string): string {
  return `${MARK} allow ${rule} -- `;
}

const MARK = 'section-leaks:';
const COMMENT = /(?:\/\/+|\/\*+|#+)[ \t]*section-leaks:[ \t]*allow\b(?<rules>[^\n]*?)(?:--(?<reason>[^\n]*))?$/u;
const NOTHING_THERE =
  'This comment suppresses nothing: the line has no such finding. Remove it, or move it to the line of the call.';

interface Comment {
  readonly range: Range;
  /** To which it applies. */
  readonly line: number;
  readonly rules: readonly string[];
  /** Empty where there is none. */
  readonly reason: string;
}

function problemOf({ rules, reason }: Comment): string | undefined {
  const unknown = rules.find((rule) => !RULE_IDS.some((id) => id === rule));
  if (unknown !== undefined || rules.length === 0) {
    const what = unknown === undefined ? 'names no rule' : `names ${unknown}, which is no rule`;
    return `This comment suppresses nothing: it ${what}. The rules are ${RULE_IDS.join(', ')}.`;
  }
  return reason === '' ? 'This comment suppresses nothing: it gives no reason. Write one after `--`.' : undefined;
}

function readComments(text: string): readonly Comment[] {
  const lines = text.split(/\r\n|\r|\n/u);
  return lines.flatMap((source, line) => {
    const found = source.includes(MARK) ? COMMENT.exec(source) : null;
    if (found?.groups === undefined) {
      return [];
    }
    const { rules = '', reason = '' } = found.groups;
    const standsAlone = source.slice(0, found.index).trim() === '';
    return [
      {
        range: { start: { line, character: found.index }, end: { line, character: source.length } },
        line: standsAlone ? nextLineOfCode(lines, line) : line,
        rules: rules
          .replace(/\*\/\s*$/u, '')
          .split(/[\s,]+/u)
          .filter((rule) => rule !== ''),
        reason: reason.replace(/\*\/\s*$/u, '').trim(),
      },
    ];
  });
}

/** The first line below that holds more than a comment of its own. */
function nextLineOfCode(lines: readonly string[], line: number): number {
  const next = lines.findIndex(
    (source, index) => index > line && !/^\s*(?:(?:\/\/|#(?!\s*\w)|\/\*|\*).*)?$/u.test(source),
  );
  return next < 0 ? line : next;
}
