/** The leak this project exists for: the view is given back, the section stays open, the memory belongs to nobody. */
import type { Rule } from './rule.ts';
import { capitalized, givenBack, leakedThing, lineOf, lossClause, lossInShort } from './wording.ts';

export const sectionOutlivesView: Rule = {
  id: 'section-outlives-view',
  severity: 'warning',
  title: 'Section outlives its view',
  description: 'Reports a section that stays open after its last view was given back, with nothing left to close it.',
  explanation:
    'While a view is mapped, its pages are part of the working set of the process. Once the view is given back and the ' +
    'section stays open, the system keeps the data although no process owns it: it shows in no figure of any process, ' +
    'only in the commit charge of the system, and pushes out the file cache on its way to the page file. ' +
    'Close the section together with its last view.',
  message: (finding) => {
    const released = finding.viewReleased === undefined ? '' : ` (${lineOf(finding.viewReleased, finding.file)})`;
    return (
      `${leakedThing(finding)} stays open after its view is ${givenBack('view', finding.file)}${released}: ` +
      `its memory then belongs to no process. ${capitalized(lossClause(finding))}.`
    );
  },
  summary: (finding) => `never ${givenBack('section', finding.file, finding.typeName)}: ${lossInShort(finding)}`,
};
