/** A section that no path gives back. */
import type { Rule } from './rule.ts';
import { givenBack, leakedThing, lossClause, lossInShort } from './wording.ts';

export const sectionNeverClosed: Rule = {
  id: 'section-never-closed',
  severity: 'warning',
  title: 'Section is never closed',
  description: 'Reports a section that no path through the program closes.',
  explanation:
    'The full size of a section is charged to the commit of the system when it is made, and stays charged until its ' +
    'last handle and its last view are gone. A program that makes such sections again and again runs the whole machine ' +
    'into its commit limit. Close the section when the work with it is done, or hand it to an owner that does.',
  message: (finding) =>
    `${leakedThing(finding)} is never ${givenBack('section', finding.file, finding.typeName)}: ${lossClause(finding)}. ` +
    'Its size stays charged to the commit of the system.',
  summary: (finding) => `never ${givenBack('section', finding.file, finding.typeName)}: ${lossInShort(finding)}`,
};
