/** The pages of the rules say what the rules say. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RULE_IDS } from '../../../src/analyzers/finding.ts';
import { RULES } from '../../../src/lint/rules/index.ts';
import { documentationUrl } from '../../../src/lint/rules/rule.ts';
import { ROOT, readText } from './markdown.ts';

describe('pages of the rules', () => {
  for (const id of RULE_IDS) {
    it(`${id} has a page with its title and its description`, () => {
      const [title, , description] = readText(`docs/rules/${id}.md`).split('\n');
      assert.equal(title, `# ${RULES[id].title}`);
      assert.equal(description, `\`${id}\` ${lowerFirst(RULES[id].description)}`);
    });

    it(`${id} is linked to a page that exists`, () => {
      const path = documentationUrl(id).split('/blob/main/')[1]!;
      assert.ok(existsSync(join(ROOT, path)), `${path} does not exist`);
    });
  }

  it('are in the table of all rules, in the order of the rules', () => {
    const rows = readText('docs/rules/README.md').matchAll(/^\| \[([\w-]+)\]\(([\w-]+)\.md\) +\| (.+?) +\|$/gmu);
    assert.deepEqual(
      [...rows].map(([, name, page, description]) => ({ name, page, description })),
      RULE_IDS.map((id) => ({
        name: id,
        page: id,
        description: RULES[id].description.replace(/^Reports /u, '').replace(/\.$/u, ''),
      })),
    );
  });

  it('are no more than there are rules', () => {
    const pages = readdirSync(join(ROOT, 'docs/rules')).filter((name) => name !== 'README.md');
    assert.deepEqual(pages.toSorted(), RULE_IDS.map((id) => `${id}.md`).toSorted());
  });
});

function lowerFirst(sentence: string): string {
  return sentence.slice(0, 1).toLowerCase() + sentence.slice(1);
}
