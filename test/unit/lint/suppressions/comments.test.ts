/** Comments that say why a finding is none. */
import assert from 'node:assert/strict';
import { commentText, siftFindings } from '../../../../src/lint/suppressions/comments.ts';
import { exampleFinding, onLine } from '../example-finding.ts';

const RULE = 'section-outlives-view';

/** The finding is of the line that holds `create(`. */
function sifted(lines: readonly string[]) {
  const line = lines.findIndex((text) => text.includes('create('));
  return siftFindings([exampleFinding({ range: onLine(line, 0, 6) })], lines.join('\n'));
}

describe('a comment that allows a finding', () => {
  for (const [where, lines] of [
    ['behind the call', [`create(); // section-leaks: allow ${RULE} -- held until the process ends`]],
    ['on the line above', [`// section-leaks: allow ${RULE} -- held until the process ends`, 'create();']],
    [
      'above other comments',
      [`/* section-leaks: allow ${RULE} -- held until the process ends */`, '// of the cache', '', 'create();'],
    ],
    ['in a language of number signs', [`# section-leaks: allow ${RULE} -- held until the process ends`, 'create()']],
    [
      'among several rules',
      [`create(); // section-leaks: allow section-never-closed, ${RULE} -- held until the process ends`],
    ],
    ['with a carriage return', [`create(); // section-leaks: allow ${RULE} -- held until the process ends\r`]],
  ] as const) {
    it(`suppresses it ${where}, and keeps its reason`, () => {
      const { findings, suppressed, idle } = sifted(lines);
      assert.deepEqual(findings, []);
      assert.deepEqual(
        suppressed.map(({ reason }) => reason),
        ['held until the process ends'],
      );
      assert.deepEqual(idle, []);
    });
  }

  for (const [what, lines, sentence] of [
    ['without a reason', [`create(); // section-leaks: allow ${RULE}`], /it gives no reason\. Write one after `--`/u],
    ['with an empty reason', [`create(); // section-leaks: allow ${RULE} -- `], /it gives no reason/u],
    ['without a rule', ['create(); // section-leaks: allow -- why'], /it names no rule\. The rules are section-/u],
    [
      'with a rule that does not exist',
      ['create(); // section-leaks: allow leak -- why'],
      /names leak, which is no rule/u,
    ],
    [
      'of another rule',
      ['create(); // section-leaks: allow view-never-unmapped -- why'],
      /the line has no such finding/u,
    ],
    ['on another line', ['create();', `// section-leaks: allow ${RULE} -- why`, 'other();'], /the line has no such/u],
    ['at the end of the file', ['create();', `// section-leaks: allow ${RULE} -- why`], /the line has no such/u],
  ] as const) {
    it(`does nothing ${what}, and says so`, () => {
      const { findings, suppressed, idle } = sifted(lines);
      assert.equal(findings.length, 1);
      assert.deepEqual(suppressed, []);
      assert.equal(idle.length, 1);
      assert.match(idle[0]!.message, sentence);
    });
  }

  it('is not seen in other words', () => {
    assert.deepEqual(sifted(['create(); // section-leaks: see the wiki', 'print("section-leaks: allow");']).idle, []);
  });

  it('is what the edit writes, but for the reason', () => {
    const { suppressed } = sifted([`// ${commentText(RULE)}because`, 'create();']);
    assert.equal(suppressed[0]?.reason, 'because');
  });
});
