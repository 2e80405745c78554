/** The report formats, from the same findings. */
import assert from 'node:assert/strict';
import type { Log } from 'sarif';
import { REPORT_FORMATS } from '../../../../src/lint/report/index.ts';
import { type LintReport, shownPath } from '../../../../src/lint/report/report.ts';
import { SEVERITIES } from '../../../../src/lint/rules/rule.ts';
import { exampleFinding, onLine } from '../example-finding.ts';

const SOURCE = '\t\tvar map = MemoryMappedFile.CreateNew(null, bytes);';
const LEAK = exampleFinding({
  range: onLine(59, 12, 38),
  fix: {
    kind: 'using-declaration',
    release: 'map.Dispose()',
    edits: [{ range: onLine(59, 2, 2), newText: 'using ' }],
  },
});

function report(different: Partial<LintReport> = {}): LintReport {
  return {
    root: '/project',
    findings: [{ finding: LEAK, severity: 'warning' }],
    files: 3,
    suppressed: [],
    idleComments: [],
    baseline: null,
    problems: [],
    sourceLine: (_file, line) => (line === 59 ? SOURCE : ''),
    ...different,
  };
}

const PROBLEM = { path: '/project/out of reach.c', what: 'may not be read (EACCES)', next: 'Exclude it.' };

describe('text report', () => {
  const render = (different?: Partial<LintReport>): string => REPORT_FORMATS.text.render(report(different), false);

  it('shows place, sentence, line with marks below the call, path and fix', () => {
    const lines = render().split('\n');
    assert.match(
      lines[0]!,
      /^Allocator\.cs:60:13: warning: MemoryMappedFile `map` stays open .* \[section-outlives-view\]$/u,
    );
    assert.equal(lines[1], `  60 | ${SOURCE}`);
    assert.equal(lines[2], `       \t\t          ${'~'.repeat(26)}`);
    assert.equal(lines[3], '  > line 60 created   > line 61 put in `allocated`   > line 83 view disposed');
    assert.equal(lines[4], '  fix: Release at the end of the scope with a using declaration');
    assert.equal(lines.at(-2), '1 finding in 3 files');
  });

  it('has no excerpt where the source is not there', () => {
    assert.equal(render({ sourceLine: () => '' }).includes('~'), false);
  });

  it('says that nothing was found, and what was left out', () => {
    assert.equal(render({ findings: [], files: 1 }), 'No leaks found in 1 file\n');
    assert.equal(
      render({ findings: [], problems: [PROBLEM] }),
      'No leaks found in 3 files; 1 left out:\n  out of reach.c may not be read (EACCES). Exclude it.\n',
    );
  });

  it('says what comments suppress, what a baseline knows, and which comments do nothing', () => {
    const known = { finding: LEAK, severity: 'warning' } as const;
    assert.equal(
      render({
        findings: [],
        suppressed: [{ ...known, reason: 'held on purpose' }],
        baseline: { known: [known], gone: 2 },
        idleComments: [{ file: '/project/a.c', range: onLine(6, 0, 9), message: 'This comment suppresses nothing.' }],
      }),
      'No leaks found in 3 files; 1 more suppressed by comments; 1 more known from the baseline, and 2 of it gone: ' +
        'write it anew with --write-baseline\n  a.c:7: This comment suppresses nothing.\n',
    );
  });

  it('has colours only where the reader shows them', () => {
    assert.equal(render().includes('\u001b['), false);
    assert.equal(REPORT_FORMATS.text.render(report(), true).includes('\u001b['), true);
  });
});

describe('JSON report', () => {
  it('counts lines and columns from 1, and names paths below the root without it', () => {
    const { root, findings, skipped } = JSON.parse(
      REPORT_FORMATS.json.render(report({ problems: [PROBLEM] }), false),
    ) as {
      root: string;
      findings: { file: string; line: number; column: number; endLine: number; endColumn: number }[];
      skipped: unknown[];
    };
    assert.equal(root, '/project');
    const [found] = findings;
    assert.deepEqual(
      [found?.file, found?.line, found?.column, found?.endLine, found?.endColumn],
      ['Allocator.cs', 60, 13, 60, 39],
    );
    assert.deepEqual(skipped, [
      { path: 'out of reach.c', reason: 'out of reach.c may not be read (EACCES). Exclude it.' },
    ]);
  });
});

describe('GitHub report', () => {
  it('has one annotation a finding, on one line whatever the message holds', () => {
    const [line, closing] = REPORT_FORMATS.github.render(report(), false).split('\n');
    assert.match(
      line!,
      /^::warning file=Allocator\.cs,line=60,endLine=60,col=13,endColumn=39,title=section-outlives-view::MemoryMappedFile /u,
    );
    assert.equal(closing, '1 findings in 3 files');
  });

  it('escapes what would end a property', () => {
    const finding = exampleFinding({ file: '/project/100%,a:b.cs' });
    const text = REPORT_FORMATS.github.render(report({ findings: [{ finding, severity: 'hint' }] }), false);
    assert.match(text, /^::notice file=100%25%2Ca%3Ab\.cs,line=/u);
  });
});

describe('SARIF report', () => {
  function run(different?: Partial<LintReport>): NonNullable<Log['runs'][0]> {
    return (JSON.parse(REPORT_FORMATS.sarif.render(report(different), false)) as Log).runs[0]!;
  }

  it('has a level for every severity', () => {
    const findings = SEVERITIES.map((severity) => ({ finding: LEAK, severity }));
    assert.deepEqual(
      run({ findings }).results?.map(({ level }) => level),
      ['error', 'warning', 'note', 'note'],
    );
  });

  it('names files by URIs below the root, escaped', () => {
    const finding = exampleFinding({ file: '/project/with space/a#b.c' });
    const [result] = run({ findings: [{ finding, severity: 'warning' }] }).results ?? [];
    assert.deepEqual(result?.locations?.[0]?.physicalLocation?.artifactLocation, {
      uri: 'with%20space/a%23b.c',
      uriBaseId: '%SRCROOT%',
    });
    assert.deepEqual(result.locations[0].physicalLocation.region, {
      startLine: 60,
      startColumn: 19,
      endLine: 60,
      endColumn: 45,
    });
  });

  it('names a file outside the root by its whole URI', () => {
    const finding = exampleFinding({ file: '/elsewhere/a.c' });
    const [result] = run({ findings: [{ finding, severity: 'warning' }] }).results ?? [];
    assert.deepEqual(result?.locations?.[0]?.physicalLocation?.artifactLocation, { uri: 'file:///elsewhere/a.c' });
  });

  it('shows the path as a code flow, and the fix as replacements', () => {
    const [result] = run().results ?? [];
    const flow = result?.codeFlows?.[0]?.threadFlows[0]?.locations;
    assert.deepEqual(
      flow?.map(({ location }) => location?.message?.text),
      ['created', 'put in `allocated`', 'view disposed'],
    );
    const [change] = result?.fixes?.[0]?.artifactChanges ?? [];
    assert.deepEqual(change?.replacements, [
      {
        deletedRegion: { startLine: 60, startColumn: 3, endLine: 60, endColumn: 3 },
        insertedContent: { text: 'using ' },
      },
    ]);
  });

  it('gives findings that are alike fingerprints that differ, and keeps them when lines move', () => {
    const moved = exampleFinding({ range: onLine(99, 12, 38) });
    const two = [LEAK, moved].map((finding) => ({ finding, severity: 'warning' as const }));
    const [first, second] = prints(run({ findings: two }));
    assert.notEqual(first, second);
    assert.deepEqual(prints(run({ findings: [{ finding: moved, severity: 'warning' }] })), [first]);
  });

  function prints({ results }: NonNullable<Log['runs'][0]>): (string | undefined)[] {
    return (results ?? []).map(({ partialFingerprints }) => partialFingerprints?.['allocationSite/v1']);
  }
});

describe('shown path', () => {
  it('is relative below the root, whole elsewhere', () => {
    const root = { root: '/project' };
    assert.equal(shownPath(root, '/project/a/b.c'), 'a/b.c');
    assert.equal(shownPath(root, '/projects/b.c'), '/projects/b.c');
    assert.equal(shownPath(root, '/project'), '/project');
  });
});
