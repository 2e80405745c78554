/** What cannot be linted is named with what is wrong and what to do next, and the rest is linted. */
import assert from 'node:assert/strict';
import { chmodSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { getuid } from 'node:process';
import { discover } from '../../src/lint/files/discovery.ts';
import { problemSentence } from '../../src/lint/files/problem.ts';
import { readSource } from '../../src/lint/files/read-source.ts';
import { type CommandOptions, type Ended, folderWith, LEAKING_C, sectionLeaks } from './command-line.ts';

/** Root may read everything, unless it gives those rights up. */
const WITHOUT_ROOTS_RIGHTS: CommandOptions =
  getuid?.() === 0 ? { through: ['setpriv', '--bounding-set=-dac_override,-dac_read_search'] } : {};

/** The finding of the good file is there, and the sentence is said once. */
function assertRestIsLinted({ code, output }: Ended, sentence: RegExp): void {
  assert.equal(code, 1, output);
  assert.match(output, /^good\.c:3:/m);
  assert.equal(output.split('\n').filter((line) => sentence.test(line)).length, 1, output);
}

describe('section-leaks lint: bad input', () => {
  it('names a folder that may not be read', async () => {
    using folder = folderWith({ 'good.c': LEAKING_C, 'closed/leaking.c': LEAKING_C });
    chmodSync(join(folder.path, 'closed'), 0o000);
    const ended = await sectionLeaks(['lint'], { folder: folder.path, ...WITHOUT_ROOTS_RIGHTS });
    chmodSync(join(folder.path, 'closed'), 0o700);
    assertRestIsLinted(ended, /^ +closed may not be read \(EACCES\)\. Give this user the right to read it/);
  });

  it('ends with 2 where the very folder that is asked for may not be read', async () => {
    using folder = folderWith({ 'closed/leaking.c': LEAKING_C });
    chmodSync(join(folder.path, 'closed'), 0o000);
    const ended = await sectionLeaks(['lint', 'closed'], { folder: folder.path, ...WITHOUT_ROOTS_RIGHTS });
    chmodSync(join(folder.path, 'closed'), 0o700);
    assert.equal(ended.code, 2);
    assert.match(ended.complaints, /^section-leaks: closed may not be read \(EACCES\)\. Give this user the right/);
  });

  it('leaves out a source of 50 MB', async () => {
    const large = Buffer.alloc(50 * 1024 * 1024, `${LEAKING_C}\n`);
    using folder = folderWith({ 'good.c': LEAKING_C, 'large.c': large });
    const ended = await sectionLeaks(['lint'], { folder: folder.path });
    assertRestIsLinted(ended, /^ +large\.c has 50 MiB, more than the 10 MiB that are linted\. It was left out/);
  });

  it('leaves out a binary file', async () => {
    using folder = folderWith({ 'good.c': LEAKING_C, 'binary.c': Buffer.from('\u007fELF\0\0\0\u0001', 'latin1') });
    const ended = await sectionLeaks(['lint'], { folder: folder.path });
    assertRestIsLinted(ended, /^ +binary\.c is binary \(it holds NUL bytes\)\. It was left out/);
  });

  it('lints a file of an old code page, whose columns stay those of an editor', async () => {
    const old = LEAKING_C.replace('HANDLE map', 'char *é = "ä"; HANDLE map');
    using folder = folderWith({ 'old.c': Buffer.from(old, 'latin1') });
    const { code, output } = await sectionLeaks(['lint'], { folder: folder.path });
    assert.equal(code, 1);
    const column = old.split('\n')[2]!.indexOf('CreateFileMappingA') + 1;
    assert.ok(output.includes(`old.c:3:${column}: `), output);
  });

  it('lints files in UTF-16 and with a byte order mark', async () => {
    const mark = '\ufeff';
    using folder = folderWith({
      'utf8.c': `${mark}${LEAKING_C}`,
      'utf16.c': Buffer.from(`${mark}${LEAKING_C}`, 'utf16le'),
    });
    const { output } = await sectionLeaks(['lint'], { folder: folder.path });
    assert.match(output, /^utf8\.c:3:/m);
    assert.match(output, /^utf16\.c:3:/m);
  });

  it('names a file that vanishes between being found and being read', async () => {
    using folder = folderWith({ 'leaking.c': LEAKING_C });
    for await (const found of discover(folder.path, { exclude: [], base: folder.path })) {
      assert.ok('file' in found);
      rmSync(found.file);
      const source = await readSource(found.file);
      assert.ok('problem' in source);
      assert.match(problemSentence(source.problem, 'leaking.c'), /^leaking\.c does not exist\. Check the path, or run/);
    }
  });

  it('follows no symbolic link inside a folder, so that no loop can arise', async () => {
    using folder = folderWith({ 'good.c': LEAKING_C });
    symlinkSync('.', join(folder.path, 'loop'));
    symlinkSync('nowhere.c', join(folder.path, 'dangling.c'));
    const { code, output } = await sectionLeaks(['lint'], { folder: folder.path });
    assert.equal(code, 1);
    assert.match(output, /1 finding in 1 file$/m);
  });

  it('analyses the healthy functions of a broken file', async () => {
    using folder = folderWith({ 'broken.c': `int broken(void) {\n  return 1 +;\n}\n\n${LEAKING_C}` });
    const { code, output } = await sectionLeaks(['lint'], { folder: folder.path });
    assert.equal(code, 1);
    assert.match(output, /^broken\.c:7:/m);
  });

  it('ends quietly where the reader of its output has seen enough', async () => {
    const files = Array.from({ length: 200 }, (_, index) => [`leaking-${index}.c`, LEAKING_C] as const);
    using folder = folderWith(Object.fromEntries(files));
    const parameters = ['lint', '--format', 'json'];
    const { code, output, complaints } = await sectionLeaks(parameters, { folder: folder.path, stopReading: true });
    assert.ok(output.startsWith('{'));
    assert.throws(() => JSON.parse(output), SyntaxError);
    assert.deepEqual({ code, complaints }, { code: 1, complaints: '' });
  });
});
