/** The sentences that a user reads: what leaks, where it is lost, what that costs. */
import assert from 'node:assert/strict';
import type { Finding, Loss, RuleId } from '../../../../src/analyzers/finding.ts';
import { messageOf, summaryOf } from '../../../../src/lint/rules/index.ts';
import { givenBack, leakedThing, lineOf } from '../../../../src/lint/rules/wording.ts';
import { at, exampleFinding, without } from '../example-finding.ts';

const C_FILE = '/project/allocator.c';

describe('words of a finding', () => {
  it('says of a kept section that its memory belongs to no process, and what keeps it', () => {
    assert.equal(
      messageOf(exampleFinding()),
      'MemoryMappedFile `map` stays open after its view is disposed (line 83): its memory then belongs to no process. ' +
        'It is kept in `allocated`, which nothing disposes.',
    );
    assert.equal(summaryOf(exampleFinding()), 'never disposed: kept in `allocated` (line 61)');
  });

  it('uses the words of C for a C file', () => {
    const finding = exampleFinding({ file: C_FILE, typeName: 'section handle', variable: 'handle' });
    assert.equal(
      messageOf(finding),
      'Section handle `handle` stays open after its view is unmapped (line 83): its memory then belongs to no ' +
        'process. It is kept in `allocated`, which nothing closes.',
    );
    assert.equal(summaryOf(finding), 'never closed: kept in `allocated` (line 61)');
  });

  it('leaves the place of the view out where it is not known', () => {
    const finding = without('viewReleased', exampleFinding());
    assert.match(messageOf(finding), /^MemoryMappedFile `map` stays open after its view is disposed: /u);
  });

  const losses: readonly (readonly [Loss['how'], string, string])[] = [
    ['discarded', 'nothing keeps the result of the call', 'result dropped'],
    ['scope-end', 'its scope ends at line 61 while it is open', 'scope ends at line 61'],
    ['return', 'the return at line 61 leaves it open', 'return at line 61'],
    ['throw', 'the exception at line 61 leaves it open', 'exception at line 61'],
    ['overwritten', 'line 61 puts another value over it while it is open', 'overwritten at line 61'],
    ['kept', 'it is kept in a place, which nothing disposes', 'kept in a place (line 61)'],
  ];
  for (const [how, clause, short] of losses) {
    it(`tells how a section is lost that is ${how}`, () => {
      const finding = exampleFinding({ rule: 'section-never-closed', loss: { how, at: at(60) } });
      assert.equal(
        messageOf(finding),
        `MemoryMappedFile \`map\` is never disposed: ${clause}. Its size stays charged to the commit of the system.`,
      );
      assert.equal(summaryOf(finding), `never disposed: ${short}`);
    });
  }

  it('tells a path that forgets from a thing that no path gives back', () => {
    const lost = (rule: RuleId, how: Loss['how']): Finding =>
      exampleFinding({ rule, resource: 'view', typeName: 'view', variable: 'view', loss: { how, at: at(60) } });
    assert.match(messageOf(lost('view-never-unmapped', 'return')), /is not disposed on the path through line 61: /u);
    assert.match(messageOf(lost('view-never-unmapped', 'scope-end')), /is never disposed: /u);
    assert.match(summaryOf(lost('pointer-never-released', 'throw')), /^not released on every path: /u);
    assert.match(summaryOf(lost('pointer-never-released', 'scope-end')), /^never released: /u);
    assert.match(messageOf(lost('section-leaks-on-path', 'return')), /is not disposed on the path through line 61: /u);
  });

  it('names the doubts of an uncertain finding, and says perhaps', () => {
    const finding = exampleFinding({
      doubts: [
        { kind: 'unknown-callee', subject: 'Keep', at: at(61) },
        { kind: 'captured', subject: 'map', at: at(62) },
      ],
    });
    assert.match(
      messageOf(finding),
      /\. Not certain: it is given to `Keep` \(line 62\), which may keep or release it; `map` is captured by a closure \(line 63\) that may release it\.$/u,
    );
    assert.equal(summaryOf(finding), 'perhaps never disposed: kept in `allocated` (line 61)');
  });
});

describe('words that rules share', () => {
  it('has a word of each language for giving each kind back', () => {
    assert.equal(givenBack('section', 'A.cs'), 'disposed');
    assert.equal(givenBack('view', 'A.cs'), 'disposed');
    assert.equal(givenBack('section', 'a.c'), 'closed');
    assert.equal(givenBack('view', 'a.cpp'), 'unmapped');
    assert.equal(givenBack('pointer', 'A.cs'), 'released');
  });

  it('counts lines from 1, and names the file of a line in another one', () => {
    assert.equal(lineOf(at(0, 0, 1, '/a/b.c'), '/a/b.c'), 'line 1');
    assert.equal(lineOf(at(41, 0, 1, '/a/other.c'), '/a/b.c'), 'line 42 of other.c');
    assert.equal(lineOf(at(41, 0, 1, 'c:\\a\\other.c'), 'c:\\a\\b.c'), 'line 42 of other.c');
  });

  it('names the call where no variable ever held the thing', () => {
    const finding = without('variable', exampleFinding({ typeName: 'view', call: 'MapViewOfFile' }));
    assert.equal(leakedThing(finding), 'The view of `MapViewOfFile`');
  });
});
