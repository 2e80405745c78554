/** The examples on the pages of the rules are linted: those below "Found" are found, those below "Silent" are not. */
import assert from 'node:assert/strict';
import { RULE_IDS, type RuleId } from '../../../src/analyzers/finding.ts';
import { createWorkspace } from '../../../src/analyzers/workspace.ts';
import { loadInstalledGrammars } from '../../../src/lint/grammars.ts';
import { type Example, examplesBelow, readText } from './markdown.ts';

const ENDINGS: Readonly<Record<string, string>> = { csharp: 'cs', c: 'c', cpp: 'cpp', typescript: 'ts' };

describe('examples on the pages of the rules', () => {
  for (const id of RULE_IDS) {
    const page = readText(`docs/rules/${id}.md`);
    const found = examplesBelow('Found', page);
    const silent = examplesBelow('Silent', page);

    it(`${id} has examples of both kinds`, () => {
      assert.ok(found.length > 0 && silent.length > 0);
    });
    for (const example of found) {
      it(`${id}: the ${example.language} at line ${example.line} is found by this rule alone`, async () => {
        assert.deepEqual(await rulesThatReport(example), [id]);
      });
    }
    for (const example of silent) {
      it(`${id}: the ${example.language} at line ${example.line} is silent`, async () => {
        assert.deepEqual(await rulesThatReport(example), []);
      });
    }
  }
});

async function rulesThatReport({ language, text }: Example): Promise<RuleId[]> {
  const file = `example.${ENDINGS[language] ?? assert.fail(`no ending is known for ${language}`)}`;
  const workspace = createWorkspace(await loadInstalledGrammars());
  workspace.setText(file, text);
  const { findings, brokenFunctions } = workspace.analyze(file);
  assert.equal(brokenFunctions, 0, 'the example does not parse');
  return findings.map((finding) => finding.rule);
}
