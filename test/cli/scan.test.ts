/** `section-leaks scan` as a user runs it, on the processes of this machine. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import type { ProcessRow, ScanReport } from '../../src/monitor/scan/report.ts';
import { startHolder } from '../adapter/holder.ts';
import { type Ended, sectionLeaks } from './command-line.ts';

const MIB = 1024 * 1024;

describe('section-leaks scan', () => {
  it('ranks the process that leaks before one that holds as many sections in views', async () => {
    await using correct = await startHolder([`mapped:200:${64 * 1024}`]);
    await using leaking = await startHolder([`unmapped:200:${64 * 1024}`]);
    const report = reportOf(await sectionLeaks(['scan', '--seconds', '1', '--format', 'json']));
    const [leaks, holds] = [rowOf(report, leaking.pid), rowOf(report, correct.pid)];
    assert.equal(leaks.name, 'holder');
    assert.deepEqual(leaks.totals.unownedBytes, { min: 200 * 64 * 1024, max: 200 * 64 * 1024 });
    assert.equal(leaks.totals.sections, 200);
    assert.equal(leaks.growth.trend, 'level');
    assert.equal(holds.totals.sections, 200);
    assert.deepEqual(holds.totals.unownedBytes, { min: 0, max: 0 });
    assert.ok(report.processes.indexOf(leaks) < report.processes.indexOf(holds));
  });

  it('counts a section once that a parent and its children hold', async () => {
    await using holder = await startHolder([`unmapped:3:${MIB}`, `child:2:${MIB}`]);
    const report = reportOf(await sectionLeaks(['scan', '--seconds', '0', '--format', 'json']));
    const own = rowOf(report, holder.pid);
    assert.equal(own.totals.sections, 5);
    assert.deepEqual(own.totals.unownedBytes, { min: 3 * MIB, max: 3 * MIB });
    const children = report.processes.filter(({ parentPid }) => parentPid === holder.pid);
    assert.ok(children.length > 0);
    assert.ok(children.every(({ totals, sharedSections }) => totals.sections === 0 && sharedSections > 0));
  });

  it('prints a table for people, the worst process first, and says how to go on', async () => {
    await using holder = await startHolder([`unmapped:3:${4 * MIB}`]);
    const { code, output } = await sectionLeaks(['scan', '--seconds', '0']);
    assert.equal(code, 0);
    assert.match(output, /^ *Held by no view +Sections +In 0 s +Process\n/u);
    assert.match(output, new RegExp(`^ *12\\.0 MiB +3 +- +holder \\(${holder.pid}\\)`, 'mu'));
    assert.match(output, /^section-leaks watch --pid \d+ shows the sections of the first one\.$/mu);
  });

  it('lists what no process holds with the command that would remove it, and leaves it alone', async () => {
    const path = `/dev/shm/section leaks' test ${randomUUID()}`;
    writeFileSync(path, new Uint8Array(MIB));
    try {
      const report = reportOf(await sectionLeaks(['scan', '--seconds', '0', '--format', 'json']));
      const left = report.leftOver.find(({ name }) => name === path);
      assert.equal(left?.allocatedBytes, MIB);
      assert.equal(left.removal, `rm -- '${path.replace("'", "'\\''")}'`);
      assert.match((await sectionLeaks(['scan', '--seconds', '0'])).output, /^Held by no process; /mu);
    } finally {
      rmSync(path);
    }
  });
});

function reportOf({ code, output, complaints }: Ended): ScanReport {
  assert.equal(code, 0, complaints);
  return JSON.parse(output) as ScanReport;
}

function rowOf({ processes }: ScanReport, pid: number): ProcessRow {
  const row = processes.find((process) => process.pid === pid);
  assert.ok(row, `process ${pid} is in the report`);
  return row;
}
