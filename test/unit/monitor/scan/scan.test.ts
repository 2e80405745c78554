/** Looks at the machine, put together into one row a process. */
import assert from 'node:assert/strict';
import type { MachineSnapshot, ProcessEntry, SectionObservation } from '../../../../src/monitor/platforms/platform.ts';
import { Scan } from '../../../../src/monitor/scan/scan.ts';

const MIB = 1024 * 1024;

function section(
  id: string,
  holders: readonly number[],
  changes: Partial<SectionObservation> = {},
): SectionObservation {
  return {
    id,
    kind: 'page-file',
    state: 'unowned',
    name: null,
    maker: 'memfd',
    maximumBytes: MIB,
    allocatedBytes: MIB,
    mappedBytes: 0,
    unownedBytes: { min: MIB, max: MIB },
    how: 'constructed',
    holders: holders.map((pid) => ({ pid, name: `p${pid}`, handles: 1, mappedBytes: 0 })),
    unseenViews: false,
    ...changes,
  };
}

function process(pid: number, refusal: string | null = null): ProcessEntry {
  return { pid, parentPid: 1, name: `p${pid}`, commandLine: `p${pid} --run`, refusal };
}

function look(sections: readonly SectionObservation[], changes: Partial<MachineSnapshot> = {}): MachineSnapshot {
  const pids = new Set(sections.flatMap(({ holders }) => holders.map(({ pid }) => pid)));
  return {
    sections,
    holders: [...pids].map((pid) => process(pid)),
    refused: [],
    leftOver: [],
    memory: {},
    unseen: { bytes: 0, reason: '' },
    unreadable: [],
    ...changes,
  };
}

function scanned(looks: readonly MachineSnapshot[]): NonNullable<ReturnType<Scan['report']>> {
  const scan = new Scan();
  for (const [second, snapshot] of looks.entries()) {
    scan.take(snapshot, new Date(second * 1000));
  }
  const report = scan.report();
  assert.ok(report);
  return report;
}

describe('a scan of the machine', () => {
  it('is nothing before the first look', () => {
    assert.equal(new Scan().report(), null);
  });

  it('puts the process with the most unowned bytes first', () => {
    const owned = { unownedBytes: { min: 0, max: 0 }, mappedBytes: MIB, state: 'mapped' } as const;
    const { processes } = scanned([look([section('1', [7], owned), section('2', [7], owned), section('3', [9])])]);
    assert.deepEqual(
      processes.map(({ pid, totals }) => [pid, totals.sections, totals.unownedBytes.max]),
      [
        [9, 1, MIB],
        [7, 2, 0],
      ],
    );
  });

  it('counts a section of several once, with the oldest that has a handle', () => {
    const viewer = { pid: 3, name: 'p3', handles: 0, mappedBytes: MIB };
    const shared = section('1', [9, 7]);
    const { processes, totals } = scanned([look([{ ...shared, holders: [viewer, ...shared.holders] }])]);
    assert.equal(totals.sections, 1);
    assert.deepEqual(
      processes.map(({ pid, totals: own, sharedSections }) => [pid, own.sections, sharedSections]),
      [
        [7, 1, 0],
        [3, 0, 1],
        [9, 0, 1],
      ],
    );
  });

  it('tells what grew from the first look to the last', () => {
    const { processes, seconds } = scanned([
      look([section('1', [7]), section('a', [9])]),
      look([section('1', [7]), section('2', [7]), section('a', [9])]),
      look([section('1', [7]), section('2', [7]), section('3', [7]), section('a', [9])]),
    ]);
    assert.equal(seconds, 2);
    assert.deepEqual(
      processes.map(({ pid, growth }) => [pid, growth.trend, growth.sections, growth.unownedBytes]),
      [
        [7, 'steady', 2, 2 * MIB],
        [9, 'level', 0, 0],
      ],
    );
  });

  it('leaves out what ended before the last look, and who holds nothing but what the runtime makes for itself', () => {
    const { processes } = scanned([
      look([section('1', [7]), section('2', [9])]),
      look([section('2', [9]), section('3', [5], { kind: 'runtime', unownedBytes: { min: 0, max: 0 } })]),
    ]);
    assert.deepEqual(
      processes.map(({ pid }) => pid),
      [9],
    );
  });

  it('names what may not be read, and what nobody holds, the most bytes first', () => {
    const leftOver = (name: string, bytes: number) => ({
      kind: 'named' as const,
      name,
      maximumBytes: bytes,
      allocatedBytes: bytes,
      changed: '2026-01-01T00:00:00.000Z',
      removal: `rm -- ${name}`,
    });
    const report = scanned([
      look([], { refused: [process(1, 'No.')], leftOver: [leftOver('/dev/shm/a', 1), leftOver('/dev/shm/b', 2)] }),
    ]);
    assert.deepEqual(report.refused, [{ pid: 1, name: 'p1', refusal: 'No.' }]);
    assert.deepEqual(
      report.leftOver.map(({ name }) => name),
      ['/dev/shm/b', '/dev/shm/a'],
    );
  });
});
