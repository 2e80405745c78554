/** Words for the steps of a path that leaks; each is read after "line 61". */
import type { Finding, Step } from '../../analyzers/finding.ts';
import { givenBack } from './wording.ts';

export function stepLabel(step: Step, finding: Finding): string {
  const subject = step.subject === undefined ? '' : `\`${step.subject}\``;
  switch (step.kind) {
    case 'created':
      return 'created';
    case 'mapped':
      return 'view created';
    case 'pointer-acquired':
      return 'pointer acquired';
    case 'stored':
      return subject === '' ? 'put away' : `put in ${subject}`;
    case 'view-released':
      return `view ${givenBack('view', step.file)}`;
    case 'branch':
      return branchLabel(step, subject);
    case 'exception':
      return 'raises an exception';
    case 'lost':
      return lostLabel(finding);
  }
}

function branchLabel(step: Step, condition: string): string {
  if (step.taken === undefined) {
    return condition === '' ? 'branch taken' : `branch at ${condition}`;
  }
  return condition === '' ? `condition ${step.taken}` : `${condition} is ${step.taken}`;
}

function lostLabel(finding: Finding): string {
  const open = `still not ${givenBack(finding.resource, finding.file, finding.typeName)}`;
  switch (finding.loss.how) {
    case 'discarded':
      return 'result dropped';
    case 'scope-end':
      return `scope ends, ${open}`;
    case 'return':
      return `returns, ${open}`;
    case 'throw':
      return `throws, ${open}`;
    case 'overwritten':
      return `overwritten, ${open}`;
    case 'kept':
      return finding.loss.keeper === undefined ? `kept, ${open}` : `kept in \`${finding.loss.keeper}\`, ${open}`;
  }
}
