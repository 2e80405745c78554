/** What a finding is known by from one run to the next: by code scanning services, and by a baseline. */
import { createHash } from 'node:crypto';
import type { Finding } from '../../analyzers/finding.ts';
import { shownPath } from './report.ts';

/**
 * What stays the same of a finding while lines move around it; findings alike are told apart by their order, so that
 * a service recognises each in the next run.
 */
export function fingerprints(root: string): (finding: Finding) => string {
  const seen = new Map<string, number>();
  return (finding) => {
    const identity = JSON.stringify([
      finding.rule,
      shownPath({ root }, finding.file),
      finding.function,
      finding.call,
      finding.variable ?? '',
    ]);
    const occurrence = (seen.get(identity) ?? 0) + 1;
    seen.set(identity, occurrence);
    return createHash('sha256').update(`${identity}#${occurrence}`).digest('hex');
  };
}
