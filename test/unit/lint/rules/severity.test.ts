/** How grave a finding is under the user's settings. */
import assert from 'node:assert/strict';
import { RULE_IDS } from '../../../../src/analyzers/finding.ts';
import { RULES, severityOf } from '../../../../src/lint/rules/index.ts';
import { at, exampleFinding } from '../example-finding.ts';

const CERTAIN = exampleFinding();
const UNCERTAIN = exampleFinding({ doubts: [{ kind: 'address-taken', subject: 'map', at: at(61) }] });

describe('severity of a finding', () => {
  it('is the one of its rule where nothing else is chosen', () => {
    for (const rule of RULE_IDS) {
      assert.equal(severityOf({ ...CERTAIN, rule }), RULES[rule].severity);
      assert.equal(severityOf({ ...CERTAIN, rule }, 'default'), RULES[rule].severity);
    }
  });

  it('is the chosen one of a certain finding', () => {
    assert.equal(severityOf(CERTAIN, 'error'), 'error');
    assert.equal(severityOf(CERTAIN, 'information'), 'information');
  });

  it('is never more than a hint where there are doubts', () => {
    assert.equal(severityOf(UNCERTAIN), 'hint');
    assert.equal(severityOf(UNCERTAIN, 'error'), 'hint');
  });

  it('is none where the rule is off, doubts or not', () => {
    assert.equal(severityOf(CERTAIN, 'off'), undefined);
    assert.equal(severityOf(UNCERTAIN, 'off'), undefined);
  });
});
