/** A section that some paths close and others forget: early returns, exceptions, a second value put over the first. */
import type { Rule } from './rule.ts';
import { givenBack, leakedThing, lineOf, lossClause, lossInShort } from './wording.ts';

export const sectionLeaksOnPath: Rule = {
  id: 'section-leaks-on-path',
  severity: 'warning',
  title: 'Section leaks on one path',
  description: 'Reports a section that is closed on some paths and stays open on another.',
  explanation:
    'The path that forgets the section is mostly the one on which something else failed: it returns early, throws, or ' +
    'tries again and overwrites the handle. Each such run leaves a section open, with its size charged to the commit of ' +
    'the system. Bind the section to its scope (`using` in C#, a guard object in C++), or release it before each exit.',
  message: (finding) =>
    `${leakedThing(finding)} is not ${givenBack('section', finding.file, finding.typeName)} on the path through ` +
    `${lineOf(finding.loss.at, finding.file)}: ${lossClause(finding)}. ` +
    'Each such run leaves its size charged to the commit of the system.',
  summary: (finding) =>
    `not ${givenBack('section', finding.file, finding.typeName)} on every path: ${lossInShort(finding)}`,
};
