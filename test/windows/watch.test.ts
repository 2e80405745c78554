/** `section-leaks watch` and `scan` on Windows: the same JSON and text as on Linux. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { DifferenceSample, FullSample, Sample } from '../../src/monitor/section.ts';
import type { ScanReport } from '../../src/monitor/scan/report.ts';
import { windowsPath } from '../../scripts/setup/wine.ts';
import { compiledForWindows, REPOSITORY, startWindowsNode } from './machine.ts';
import { COMMAND_LINE } from './monitor.ts';
import { startSections } from './sections.ts';

const MIB = 1024 * 1024;
const SAMPLES = join(REPOSITORY, 'test', 'samples', 'windows');

describe('section-leaks watch on Windows', () => {
  it('prints a JSON object a line: the first whole, then what is different', async () => {
    await using program = await startSections([`fill 24 ${MIB}`]);
    const { output } = await sectionLeaks(['watch', '--pid', String(program.pid), ...FAST, '--format', 'json']);
    const [first, ...later] = output
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Sample);
    assert.equal((first as FullSample).sections.length, 24);
    assert.deepEqual(first!.totals.unownedBytes, { min: 24 * MIB, max: 24 * MIB });
    assert.ok(later.length >= 2);
    assert.ok(later.every((sample) => (sample as DifferenceSample).changed.length === 0));
    assert.deepEqual(first!.memory.modified, { reason: (first!.memory.modified as { reason: string }).reason });
  });

  it('prints text for people, with the line that made the sections', async () => {
    const program = windowsPath(compiledForWindows(join(SAMPLES, 'page_file_allocator.c')));
    const orders = ['--count', '3', '--bytes', '1MiB', '--pause', '1', '--hold', '60'];
    const lint = ['--lint', windowsPath(SAMPLES)];
    const { output, complaints } = await sectionLeaks(['watch', '--seconds', '2', ...lint, '--', program, ...orders]);
    assert.match(output, /^page_file_allocator\.exe \(\d+\) +3 sections +3\.0 MiB held by no view/mu);
    assert.match(output, /page_file_allocator\.c:46/u);
    assert.match(complaints, /was started for this watch and is ended with it\./u);
  });
});

describe('section-leaks scan on Windows', () => {
  it('finds the process that holds sections in no view, and what they hold', async () => {
    await using program = await startSections([`fill 5 ${MIB}`, `make a page-file ${2 * MIB}`, 'map a 0']);
    const { output } = await sectionLeaks(['scan', '--seconds', '0', '--format', 'json']);
    const report = JSON.parse(output) as ScanReport;
    const row = report.processes.find(({ pid }) => pid === program.pid)!;
    assert.equal(row.name, 'sections.exe');
    assert.equal(row.totals.sections, 6);
    assert.ok(row.totals.unownedBytes.min <= 5 * MIB && 5 * MIB <= row.totals.unownedBytes.max);
  });
});

const FAST = ['--seconds', '1', '--interval', '100'];

async function sectionLeaks(parameters: readonly string[]) {
  await using node = await startWindowsNode(COMMAND_LINE, parameters);
  assert.equal(await node.ended, 0, node.complaints());
  return { output: node.output(), complaints: node.complaints() };
}
