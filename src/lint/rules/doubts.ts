/** Words for the optimistic steps that the analysis took; only strict mode shows findings that rest on them. */
import type { Doubt, Finding } from '../../analyzers/finding.ts';
import { lineOf } from './wording.ts';

/** One sentence that names every doubt; empty for a finding without. */
export function doubtSentence(finding: Finding): string {
  return finding.doubts.length === 0
    ? ''
    : ` Not certain: ${finding.doubts.map((doubt) => doubtClause(doubt, finding.file)).join('; ')}.`;
}

function doubtClause(doubt: Doubt, file: string): string {
  const at = lineOf(doubt.at, file);
  switch (doubt.kind) {
    case 'unknown-callee':
      return `it is given to \`${doubt.subject}\` (${at}), which may keep or release it`;
    case 'captured':
      return `\`${doubt.subject}\` is captured by a closure (${at}) that may release it`;
    case 'address-taken':
      return `the address of \`${doubt.subject}\` is taken (${at})`;
    case 'public-release':
      return `callers may release it through \`${doubt.subject}\` (${at})`;
  }
}
