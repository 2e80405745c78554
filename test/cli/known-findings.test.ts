/** Findings that are known: suppressed by comments in the sources, or in a baseline. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CORRECT_C, folderWith, LEAKING_C, sectionLeaks } from './command-line.ts';

const ALLOWED_C = LEAKING_C.replace(
  '  HANDLE map',
  '  // section-leaks: allow section-never-closed -- held until the process ends\n  HANDLE map',
);

describe('section-leaks lint, of findings that are known', () => {
  it('leaves out what a comment allows, and says how many', async () => {
    using folder = folderWith({ 'allowed.c': ALLOWED_C });
    const { code, output } = await sectionLeaks(['lint'], { folder: folder.path });
    assert.equal(output, 'No leaks found in 1 file; 1 more suppressed by comments\n');
    assert.equal(code, 0);
  });

  it('tells SARIF of it with the reason, so that a service shows it as dismissed', async () => {
    using folder = folderWith({ 'allowed.c': ALLOWED_C });
    const { output } = await sectionLeaks(['lint', '--format', 'sarif'], { folder: folder.path });
    assert.match(output, /"justification": "held until the process ends"/u);
  });

  it('names a comment whose leak was mended', async () => {
    using folder = folderWith({
      'mended.c': CORRECT_C.replace(
        '  HANDLE map',
        '  // section-leaks: allow section-never-closed -- why\n  HANDLE map',
      ),
    });
    const { code, output } = await sectionLeaks(['lint'], { folder: folder.path });
    assert.match(
      output,
      /^No leaks found in 1 file\n {2}mended\.c:3: This comment suppresses nothing: the line has no/u,
    );
    assert.equal(code, 0);
  });

  it('reports only what the baseline does not know, however the lines have moved', async () => {
    using folder = folderWith({ 'old.c': LEAKING_C });
    const options = { folder: folder.path };
    const written = await sectionLeaks(['lint', '--write-baseline', 'baseline.json'], options);
    assert.equal(written.code, 1);
    writeFileSync(join(folder.path, 'old.c'), `\n\n${LEAKING_C}`);
    const same = await sectionLeaks(['lint', '--baseline', 'baseline.json'], options);
    assert.equal(same.output, 'No leaks found in 1 file; 1 more known from the baseline\n');
    assert.equal(same.code, 0);
    writeFileSync(join(folder.path, 'new.c'), LEAKING_C.replace('fill', 'fill_again'));
    const more = await sectionLeaks(['lint', '--baseline', 'baseline.json'], options);
    assert.match(more.output, /^new\.c:3:16: warning: /u);
    assert.equal(more.code, 1);
    writeFileSync(join(folder.path, 'old.c'), CORRECT_C);
    const gone = await sectionLeaks(['lint', '--baseline', 'baseline.json', 'old.c'], options);
    assert.match(gone.output, /; 0 more known from the baseline, and 1 of it gone: write it anew/u);
  });

  it('names the rule and file of each finding in the baseline, for those who review it', async () => {
    using folder = folderWith({ 'old.c': LEAKING_C });
    await sectionLeaks(['lint', '--write-baseline', 'baseline.json'], { folder: folder.path });
    const { findings } = JSON.parse(readFileSync(join(folder.path, 'baseline.json'), 'utf8')) as {
      findings: Record<string, string>[];
    };
    assert.deepEqual(
      findings.map(({ rule, file }) => [rule, file]),
      [['section-never-closed', 'old.c']],
    );
  });

  for (const [what, text, sentence] of [
    ['does not exist', null, /^section-leaks: baseline\.json does not exist\./u],
    ['is no JSON', '{', /^section-leaks: baseline\.json is no JSON \(.*\)\. Write one with --write-baseline/u],
    ['is something else', '[]', /^section-leaks: baseline\.json is no baseline of schema 1\./u],
  ] as const) {
    it(`says so where the baseline ${what}`, async () => {
      using folder = folderWith({ 'a.c': CORRECT_C, ...(text === null ? {} : { 'baseline.json': text }) });
      const { code, output, complaints } = await sectionLeaks(['lint', '--baseline', 'baseline.json'], {
        folder: folder.path,
      });
      assert.equal(code, 2);
      assert.equal(output, '');
      assert.match(complaints, sentence);
    });
  }
});
