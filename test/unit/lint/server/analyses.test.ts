/** A file on which the analysis fails is named in the log; the others go on. */
import assert from 'node:assert/strict';
import { problemSentence } from '../../../../src/lint/files/problem.ts';
import { Analyses } from '../../../../src/lint/server/analyses.ts';
import { ProblemLog } from '../../../../src/lint/server/problem-log.ts';
import type { LintedFile } from '../../../../src/lint/suppressions/linted-file.ts';
import { exampleFinding } from '../example-finding.ts';

describe('analyses', () => {
  let known: Set<string>;
  let problems: string[];
  let analyses: Analyses;
  let leaks: boolean;

  beforeEach(() => {
    known = new Set(['good.c', 'bad.c']);
    problems = [];
    leaks = true;
    const lint = (file: string): LintedFile => {
      if (file === 'bad.c') {
        throw new Error('no such block');
      }
      return {
        file,
        findings: leaks ? [exampleFinding({ file })] : [],
        sites: [],
        brokenFunctions: 0,
        suppressed: [],
        idleComments: [],
      };
    };
    analyses = new Analyses(lint, known, (problem) => problems.push(problemSentence(problem)));
  });

  it('leave a file out on which the analysis fails', () => {
    assert.deepEqual(analyses.analyze('bad.c').findings, []);
    assert.equal(analyses.analyze('good.c').findings.length, 1);
    assert.equal(problems.length, 1);
    assert.match(problems[0]!, /^bad\.c was not analysed: the analysis failed on it \(no such block\)\./u);
  });

  it('know which files are gone', () => {
    analyses.analyze('good.c');
    assert.deepEqual(analyses.gone, []);
    known.delete('good.c');
    assert.deepEqual(analyses.gone, ['good.c']);
    analyses.analyze('good.c');
    assert.deepEqual(analyses.gone, []);
    assert.equal(analyses.latest('good.c'), undefined);
  });

  it('tell once that findings or sites changed', () => {
    assert.equal(analyses.takeChange(), false);
    analyses.analyze('good.c');
    assert.equal(analyses.takeChange(), true);
    analyses.analyze('good.c');
    assert.equal(analyses.takeChange(), false);
    leaks = false;
    analyses.analyze('good.c');
    assert.equal(analyses.takeChange(), true);
  });
});

describe('problem log', () => {
  it('says each thing once', () => {
    const lines: string[] = [];
    const log = new ProblemLog({ warn: (line) => lines.push(line) });
    log.file({ path: '/a.c', what: 'is binary', next: 'Exclude it.' });
    log.file({ path: '/a.c', what: 'is binary', next: 'Exclude it.' });
    log.sentence('Something else.');
    assert.deepEqual(lines, ['/a.c is binary. Exclude it.', 'Something else.']);
  });
});
