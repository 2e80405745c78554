/** `section-leaks watch` as a user runs it, on real processes. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { FullSample, Sample } from '../../src/monitor/section.ts';
import { SampledSections } from '../../src/monitor/session/samples.ts';
import { holderProgram, startHolder } from '../adapter/holder.ts';
import { REPOSITORY, sectionLeaks } from './command-line.ts';

const MIB = 1024 * 1024;
const FAST = ['--interval', '50', '--seconds', '1'];

describe('section-leaks watch', () => {
  it('prints a JSON object a line: the first holds everything, later ones what changed', async () => {
    await using holder = await startHolder([`unmapped:24:${16 * MIB}`]);
    const { code, output, complaints } = await sectionLeaks([...of(holder.pid), '--format', 'json', ...FAST]);
    assert.equal(code, 0, complaints);
    const samples = output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Sample);
    assert.ok(samples.length > 1);
    const [first] = samples as [FullSample];
    assert.equal(first.schema, 1);
    assert.equal(first.pid, holder.pid);
    assert.equal(first.sections.length, 24);
    assert.deepEqual(first.totals.unownedBytes, { min: 402_653_184, max: 402_653_184 });
    assert.deepEqual(first.totals.unownedSections, { min: 24, max: 24 });
    const put = new SampledSections();
    assert.ok(samples.every((sample) => put.apply(sample) === 'applied'));
    assert.ok(samples.slice(1).every((sample) => 'changed' in sample && sample.changed.length === 0));
  });

  it('prints each object as soon as it has it', async () => {
    await using holder = await startHolder([`unmapped:1:${MIB}`]);
    const child = spawn(process.execPath, [MAIN, ...of(holder.pid), '--format', 'json'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    assert.equal((JSON.parse(line) as Sample).sequence, 0);
    child.kill('SIGINT');
    assert.deepEqual(await once(child, 'close'), [0, null]);
  });

  it('prints a line a sample, then the rows and the verdict', async () => {
    await using holder = await startHolder([`unmapped:3:${MIB}`, `mapped:1:${MIB}`]);
    const { code, output } = await sectionLeaks([...of(holder.pid), ...FAST]);
    assert.equal(code, 0);
    assert.match(output, /^holder \(\d+\) {2}4 sections {2}3\.0 MiB held by no view {2}█/u);
    assert.match(output, /\n {5}1 {4}1\.0 MiB {2}memfd_create "holder 100000"\n/u);
    assert.match(output, /\n {5}1 {4}0 bytes {2}memfd_create "holder 200000" {5}1 in views\n/u);
    assert.match(output, /\nno growth in 1(?:\.\d)? s\n/u);
  });

  it('ties the sections to the line that makes them', async () => {
    const source = join(REPOSITORY, 'test', 'adapter', 'native', 'one_site.c');
    await using holder = await startHolder([`unmapped:2:${MIB}`]);
    const { code, output } = await sectionLeaks([...of(holder.pid), ...FAST, '--lint', source]);
    assert.equal(code, 0);
    assert.match(output, /\n {5}2 {4}2\.0 MiB {2}one_site\.c:\d+ {2}make {5}lint: /u);
  });

  it('starts a program, passes what it prints on to standard error, and ends it with the watch', async () => {
    const { code, output, complaints } = await sectionLeaks([
      'watch',
      '--format',
      'json',
      ...FAST,
      '--',
      'sh',
      '-c',
      'echo "pid $$"; exec sleep 60',
    ]);
    assert.equal(code, 0);
    const pid = Number(/^pid (\d+)$/mu.exec(complaints)![1]);
    assert.match(complaints, new RegExp(`process ${pid} was started for this watch and is ended with it`, 'u'));
    assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
    assert.ok(output.split('\n').every((line) => line === '' || (JSON.parse(line) as Sample).pid === pid));
  });

  it('ends when the program does, with its exit code', async () => {
    const { code, output } = await sectionLeaks(['watch', '--interval', '50', '--', 'sh', '-c', 'sleep 1; exit 3']);
    assert.equal(code, 3);
    assert.match(output, /has ended\. When last seen it held 0 sections.*It ended with exit code 3\.\n$/u);
  });

  it('watches what the program starts as part of it, also what has lost its parent', async () => {
    const script = `(sleep 4 | ${holderProgram()} unmapped:2:${MIB} & sleep 0.5); sleep 4 | ${holderProgram()} unmapped:3:${MIB}`;
    const { output } = await sectionLeaks(['watch', '--format', 'json', ...FAST, '--', 'sh', '-c', script]);
    const last = output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Sample)
      .at(-1)!;
    assert.equal(last.totals.sections, 5);
    assert.deepEqual(last.totals.unownedBytes, { min: 5 * MIB, max: 5 * MIB });
  });

  it('watches the children of a process that runs where it is asked to', async () => {
    await using holder = await startHolder([`unmapped:3:${MIB}`], { through: ['sh', '-c', '"$0" "$@"; exit'] });
    for (const [parameters, sections] of [
      [[], 0],
      [['--children'], 3],
    ] as const) {
      const { output } = await sectionLeaks([...of(holder.pid), '--format', 'json', ...FAST, ...parameters]);
      const [first] = output.split('\n').map((line) => (line === '' ? null : (JSON.parse(line) as FullSample)));
      assert.equal(first?.totals.sections, sections, parameters.join(' '));
    }
  });

  describe('as a test for leaks', () => {
    it('ends with 1 where the bytes held by no view have grown by more, though the program ended well', async () => {
      const script = `(sleep 1; echo) | ${holderProgram()} unmapped:3:${MIB}`;
      const { code, complaints } = await sectionLeaks(['watch', '--fail-on-growth', '2MiB', '--', 'sh', '-c', script]);
      assert.equal(code, 1);
      assert.match(complaints, /have grown by 3\.0 MiB at least, and 2\.0 MiB are allowed\.\n$/u);
    });

    it("ends with the program's exit code where they have not", async () => {
      for (const [kind, exit] of [
        ['mapped', 0],
        ['unmapped', 7],
      ] as const) {
        const script = `(sleep 1; echo) | ${holderProgram()} ${kind}:3:${MIB}; exit ${exit}`;
        const growth = ['--fail-on-growth', '3MiB'];
        const { code, complaints } = await sectionLeaks(['watch', ...growth, '--', 'sh', '-c', script]);
        assert.equal(code, exit, complaints);
      }
    });

    it('says what bytes look like', async () => {
      const { code, complaints } = await sectionLeaks(['watch', '--fail-on-growth', 'a lot', '--pid', '1']);
      assert.equal(code, 2);
      assert.match(complaints, /argument 'a lot' is invalid\. It is a number of bytes, such as 1048576, 64KiB/u);
    });
  });

  it('ends in order when its reader goes', async () => {
    await using holder = await startHolder([`unmapped:1:${MIB}`]);
    const { code, complaints } = await sectionLeaks([...of(holder.pid), '--interval', '50'], { stopReading: true });
    assert.equal(code, 0);
    assert.equal(complaints, '');
  });

  it('leaves a process that it did not start running', async () => {
    await using holder = await startHolder([`unmapped:1:${MIB}`]);
    await sectionLeaks([...of(holder.pid), ...FAST]);
    assert.equal(await holder.command('replace'), 'replaced');
  });

  for (const [parameters, sentence] of [
    [
      ['--pid', '4194305'],
      /^section-leaks: There is no process 4194305: it may have ended\. Choose one that runs\.\n$/u,
    ],
    [['--pid', 'x'], /argument 'x' is invalid\. It is a whole number, 1 or more\./u],
    [['--pid', '1', '--interval', '1'], /argument '1' is invalid\. It is a whole number, 50 or more\./u],
    [[], /watch needs one process: give --pid N, or -- and a program/u],
    [['--pid', '1', '--', 'true'], /watch needs one process/u],
    [['--', '/no/such/program'], /\/no\/such\/program was not started: there is no such program\./u],
    [['--pid', '1', '--lint', '/no/such/folder'], /\/no\/such\/folder does not exist\. Check the path/u],
  ] as const) {
    it(`says what is wrong with ${['watch', ...parameters].join(' ')}`, async () => {
      const { code, output, complaints } = await sectionLeaks(['watch', ...parameters]);
      assert.equal(code, 2);
      assert.equal(output, '');
      assert.match(complaints, sentence);
    });
  }

  before(() => {
    holderProgram();
  });
});

const MAIN = join(REPOSITORY, 'src', 'cli', 'main.ts');

function of(pid: number): readonly string[] {
  return ['watch', '--pid', String(pid)];
}
