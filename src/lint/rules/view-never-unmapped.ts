/** A view that stays mapped: it keeps its section alive even when the section's own handle is closed. */
import type { Rule } from './rule.ts';
import { givenBack, isLostOnOnePath, leakedThing, lineOf, lossClause, lossInShort } from './wording.ts';

export const viewNeverUnmapped: Rule = {
  id: 'view-never-unmapped',
  severity: 'warning',
  title: 'View is never unmapped',
  description: 'Reports a view of a section that stays mapped with nothing left to unmap it.',
  explanation:
    'A view holds its range of the address space and keeps its section alive, even after the handle of the section was ' +
    'closed. Unmap each view when the work with it is done: `UnmapViewOfFile` or `munmap` in C and C++, `Dispose` of the ' +
    'accessor or stream in C#.',
  message: (finding) => {
    const word = givenBack('view', finding.file);
    const when = isLostOnOnePath(finding)
      ? `is not ${word} on the path through ${lineOf(finding.loss.at, finding.file)}`
      : `is never ${word}`;
    return `${leakedThing(finding)} ${when}: ${lossClause(finding)}. It keeps its section alive even if that is closed.`;
  },
  summary: (finding) =>
    isLostOnOnePath(finding)
      ? `not ${givenBack('view', finding.file)} on every path: ${lossInShort(finding)}`
      : `never ${givenBack('view', finding.file)}: ${lossInShort(finding)}`,
};
