/** `section-leaks lint` as scripts and people use it: exit codes, formats, which files are read. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUNDLE, CORRECT_C, folderWith, LEAKING_C, REPOSITORY, sectionLeaks } from './command-line.ts';

const SAMPLES = join(REPOSITORY, 'test', 'samples');

/** Of `--format json`: what these tests look at. */
interface LintJson {
  readonly schema: number;
  readonly files: number;
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly message: string;
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly call: string;
    readonly maker: string | null;
    readonly path: readonly { readonly label: string }[];
  }[];
}

async function lintJson(folder: string, ...parameters: readonly string[]): Promise<LintJson> {
  const { output } = await sectionLeaks(['lint', '--format', 'json', ...parameters], { folder });
  return JSON.parse(output) as LintJson;
}

describe('section-leaks lint: exit codes', () => {
  it('ends with 0 where nothing leaks', async () => {
    using folder = folderWith({ 'correct.c': CORRECT_C });
    const { code, output, complaints } = await sectionLeaks(['lint'], { folder: folder.path });
    assert.equal(code, 0);
    assert.match(output, /No leaks found in 1 file\b/);
    assert.equal(complaints, '');
  });

  it('ends with 1 where there is a finding', async () => {
    using folder = folderWith({ 'leaking.c': LEAKING_C });
    const { code, output, complaints } = await sectionLeaks(['lint'], { folder: folder.path });
    assert.equal(code, 1);
    assert.match(output, /^leaking\.c:3:\d+: warning: /m);
    assert.match(output, /\[section-never-closed\]|\[section-leaks-on-path\]/);
    assert.equal(complaints, '');
  });

  it('ends with 2 and a sentence where the path does not exist, and still lints the others', async () => {
    using folder = folderWith({ 'leaking.c': LEAKING_C });
    const { code, output, complaints } = await sectionLeaks(['lint', 'gone', 'leaking.c'], { folder: folder.path });
    assert.equal(code, 2);
    assert.match(complaints, /^section-leaks: gone does not exist\. Check the path/);
    assert.match(output, /^leaking\.c:3:/m);
  });

  it('ends with 2 where an option is wrong', async () => {
    const { code, complaints } = await sectionLeaks(['lint', '--format', 'xml']);
    assert.equal(code, 2);
    assert.match(complaints, /'xml' is invalid.*text, json, sarif/s);
  });

  it('ends with 0 for --help, which says what the exit codes mean', async () => {
    const { code, output } = await sectionLeaks(['lint', '--help']);
    assert.equal(code, 0);
    assert.match(output, /Exit codes:\n +0 .*\n +1 .*\n +2 /);
  });
});

describe('section-leaks lint: formats', () => {
  it('prints text without colour codes where the output is no terminal', async () => {
    using folder = folderWith({ 'leaking.c': LEAKING_C });
    const { output } = await sectionLeaks(['lint'], { folder: folder.path });
    assert.ok(!output.includes('\u001b'), output);
    assert.match(output, / 3 \| {3}HANDLE map = CreateFileMappingA\(/);
  });

  it('prints JSON whose places count from 1', async () => {
    using folder = folderWith({ 'sub folder/leaking.c': LEAKING_C });
    const { schema, files, findings } = await lintJson(folder.path);
    assert.deepEqual({ schema, files, count: findings.length }, { schema: 1, files: 1, count: 1 });
    const [finding] = findings;
    assert.equal(finding!.file, 'sub folder/leaking.c');
    assert.deepEqual([finding!.line, finding!.column], [3, LEAKING_C.split('\n')[2]!.indexOf('Create') + 1]);
    assert.equal(finding!.call, 'CreateFileMappingA');
    assert.equal(finding!.maker, 'win32');
    assert.ok(finding!.path.length > 0);
  });

  it('prints the same from the bundle as from the sources', async () => {
    const parameters = ['lint', '--format', 'json', 'test/samples'];
    const [bundle, sources] = await Promise.all([
      sectionLeaks(parameters, { script: BUNDLE }),
      sectionLeaks(parameters),
    ]);
    assert.deepEqual(bundle, sources);
    assert.match(readFileSync(BUNDLE, 'utf8'), /^#!\/usr\/bin\/env node\n/);
  });
});

describe('section-leaks lint: the samples', () => {
  it('reports every leaking line of the samples and nothing of their twins', async () => {
    type Expected = Readonly<Record<string, readonly { readonly rule: string; readonly line: number }[]>>;
    const expected = JSON.parse(readFileSync(join(SAMPLES, 'expected.json'), 'utf8')) as Expected;
    const { findings } = await lintJson(SAMPLES);
    const found: Record<string, { rule: string; line: number }[]> = {};
    for (const { file, rule, line } of findings) {
      (found[file] ??= []).push({ rule, line });
    }
    const leaking = Object.entries(expected).filter(([, lines]) => lines.length > 0);
    assert.ok(leaking.length > 0);
    assert.deepEqual(found, Object.fromEntries(leaking));
  });
});

describe('section-leaks lint: which files are read', () => {
  it('obeys .gitignore in every folder', async () => {
    using folder = folderWith({
      '.git/HEAD': 'ref: refs/heads/main\n',
      '.gitignore': 'build/\n*.gen.c\n',
      'sub/.gitignore': '!kept.gen.c\nlocal.c\n',
      'build/leaking.c': LEAKING_C,
      'made.gen.c': LEAKING_C,
      'sub/kept.gen.c': LEAKING_C,
      'sub/local.c': LEAKING_C,
      'leaking.c': LEAKING_C,
    });
    const { findings } = await lintJson(folder.path);
    assert.deepEqual(
      findings.map(({ file }) => file),
      ['leaking.c', 'sub/kept.gen.c'],
    );
  });

  it('reads a file that is named itself even where it is ignored', async () => {
    using folder = folderWith({ '.git/HEAD': '', '.gitignore': '*.c\n', 'leaking.c': LEAKING_C });
    const { findings } = await lintJson(folder.path, 'leaking.c');
    assert.equal(findings.length, 1);
  });

  it('leaves out what --exclude names', async () => {
    using folder = folderWith({ 'vendor/leaking.c': LEAKING_C, 'src/leaking.c': LEAKING_C });
    const { findings } = await lintJson(folder.path, '--exclude', 'vendor');
    assert.deepEqual(
      findings.map(({ file }) => file),
      ['src/leaking.c'],
    );
  });

  it('reads a file once that several paths lead to', async () => {
    using folder = folderWith({ 'leaking.c': LEAKING_C });
    const { files, findings } = await lintJson(folder.path, '.', 'leaking.c', folder.path);
    assert.deepEqual([files, findings.length], [1, 1]);
  });
});
