/** The Linux platform on real processes: every figure is known beforehand, from what the program was told to do. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { openPlatform } from '../../src/monitor/platforms/index.ts';
import type { Platform, SectionObservation, Snapshot } from '../../src/monitor/platforms/platform.ts';
import { Sampler } from '../../src/monitor/sampler.ts';
import type { FullSample } from '../../src/monitor/section.ts';
import { startHolder } from './holder.ts';

const KIB = 1024;
const MIB = 1024 * KIB;
const PAGE = 4 * KIB;

describe('sections of a running process', () => {
  let platform: Platform;

  before(async () => {
    const opened = await openPlatform();
    assert.ok(!('refusal' in opened), 'this machine has a platform');
    platform = opened;
  });

  it('that are unmapped are unowned: 24 of 16 MiB, exactly', async () => {
    const { totals, sections } = await sampleOf([`unmapped:24:${16 * MIB}`]);
    assert.deepEqual(totals, {
      sections: 24,
      maximumBytes: 402_653_184,
      allocatedBytes: 402_653_184,
      mappedBytes: 0,
      unownedSections: { min: 24, max: 24 },
      unownedBytes: { min: 402_653_184, max: 402_653_184 },
      runtimeSections: 0,
    });
    assert.ok(
      sections.every(({ state, kind, maker }) => state === 'unowned' && kind === 'page-file' && maker === 'memfd'),
    );
  });

  it('that stay mapped are not unowned', async () => {
    const { totals } = await sampleOf([`mapped:24:${16 * MIB}`]);
    assert.equal(totals.sections, 24);
    assert.equal(totals.mappedBytes, 402_653_184);
    assert.deepEqual(totals.unownedSections, { min: 0, max: 0 });
    assert.deepEqual(totals.unownedBytes, { min: 0, max: 0 });
  });

  it('of which one page is mapped hide nothing of the rest', async () => {
    const [section] = await sectionsOf([`page:1:${64 * MIB}`]);
    assert.equal(section!.state, 'mapped');
    assert.equal(section!.mappedBytes, PAGE);
    assert.deepEqual(section!.unownedBytes, exactly(64 * MIB - PAGE));
  });

  it('with holes count what is allocated, and where', async () => {
    const [section] = await sectionsOf([`hole:1:${MIB}`]);
    assert.equal(section!.allocatedBytes, MIB / 2);
    assert.deepEqual(section!.unownedBytes, exactly(MIB / 2 - PAGE));
  });

  it('are told from their holes without allocating these', async () => {
    await using holder = await startHolder([`hole:1:${MIB}`]);
    const target = openTarget(holder.pid);
    for (let look = 0; look < 3; look += 1) {
      assert.equal(snapshotOf(target).sections[0]!.allocatedBytes, MIB / 2);
    }
  });

  it('that are reserved and not written count as allocated', async () => {
    const [section] = await sectionsOf([`reserved:1:${MIB}`]);
    assert.equal(section!.allocatedBytes, MIB);
    assert.deepEqual(section!.unownedBytes, exactly(MIB - PAGE));
  });

  it('that are allocated behind their end count as allocated', async () => {
    const [section] = await sectionsOf([`beyond:1:${MIB}`]);
    assert.equal(section!.maximumBytes, MIB);
    assert.deepEqual(section!.unownedBytes, exactly(2 * MIB - PAGE));
  });

  it('of which only a view is left are kept by it', async () => {
    const [section] = await sectionsOf([`view:1:${MIB}`]);
    assert.equal(section!.state, 'view-only');
    assert.equal(section!.holders[0]!.handles, 0);
    assert.equal(section!.maximumBytes, MIB);
    assert.deepEqual(section!.unownedBytes, exactly(0));
  });

  it('that another process maps are not unowned, and it is named', async () => {
    const [section] = await sectionsOf([`child:1:${MIB}`]);
    assert.equal(section!.state, 'mapped-elsewhere');
    assert.deepEqual(section!.unownedBytes, exactly(0));
    assert.equal(section!.mappedBytes, MIB);
    const [own, childs] = section!.holders;
    assert.deepEqual([own!.handles, own!.mappedBytes], [1, 0]);
    assert.deepEqual([childs!.name, childs!.handles, childs!.mappedBytes], ['holder', 0, MIB]);
  });

  it('that two processes hold have the same id in both', async () => {
    await using holder = await startHolder([`child:1:${MIB}`]);
    const [section] = snapshotOf(openTarget(holder.pid)).sections;
    const childPid = section!.holders.find(({ pid }) => pid !== holder.pid)!.pid;
    const [childs] = snapshotOf(openTarget(childPid)).sections;
    assert.equal(childs!.id, section!.id);
    assert.equal(childs!.state, 'view-only');
  });

  it('in /dev/shm are named until they are unlinked', async () => {
    const [named, unlinked] = await sectionsOf([`named:1:${MIB}`, `unlinked:1:${MIB}`]);
    assert.equal(named!.kind, 'named');
    assert.match(named!.name!, /^\/holder-\d+-100000$/u);
    assert.equal(named!.maker, 'shm');
    assert.equal(unlinked!.kind, 'page-file');
    assert.match(unlinked!.name!, /^\/holder-\d+-200000$/u);
    assert.equal(unlinked!.unownedBytes.max, MIB);
    assert.equal(named!.unownedBytes.max, MIB);
  });

  it('of shared anonymous memory have no name, and what is unmapped of it stays allocated', async () => {
    const [section] = await sectionsOf([`anonymous:1:${MIB}`]);
    assert.equal(section!.name, null);
    assert.equal(section!.state, 'view-only');
    assert.equal(section!.unownedBytes.max, MIB / 2);
  });

  it('of System V that nobody has attached are their maker’s', async () => {
    await using holder = await startHolder([`sysv:1:${MIB}`]);
    const id = holder.lines[0]!.replace('sysv ', '');
    try {
      const [section] = snapshotOf(openTarget(holder.pid)).sections;
      assert.equal(section!.id, `sysv:${id}`);
      assert.equal(section!.kind, 'sysv');
      assert.equal(section!.state, 'unowned');
      assert.deepEqual(section!.unownedBytes, exactly(MIB));
    } finally {
      execFileSync('ipcrm', ['-m', id]);
    }
  });

  it('that take the descriptor number of another one are not taken for it', async () => {
    await using holder = await startHolder([`unmapped:2:${MIB}`]);
    const target = openTarget(holder.pid);
    const before = snapshotOf(target).sections;
    await holder.command('replace');
    const after = snapshotOf(target).sections;
    assert.equal(after.length, 2);
    assert.ok(!after.some(({ id }) => id === before[0]!.id));
    assert.ok(after.some(({ id }) => id === before[1]!.id));
    assert.equal(after.find(({ name }) => name === 'holder 999999')!.allocatedBytes, 0);
  });

  it('that come and go within a view are never taken for unowned', async () => {
    await using holder = await startHolder([`unmapped:200:${PAGE}`]);
    const target = openTarget(holder.pid);
    await holder.command('churn');
    for (let look = 0; look < 30; look += 1) {
      const unowned = snapshotOf(target).sections.filter(({ unownedBytes }) => unownedBytes.max > 0);
      assert.equal(unowned.length, 200, JSON.stringify(unowned.slice(200)));
    }
  });

  it('leave the process as it was: no view, no descriptor, no byte more', async () => {
    await using holder = await startHolder([`page:3:${MIB}`, `hole:2:${MIB}`, `unmapped:3:${MIB}`]);
    const state = () =>
      execFileSync('sh', ['-c', `ls -l /proc/${holder.pid}/fd | cut -c1-11,40-; cat /proc/${holder.pid}/maps`]);
    const before = state();
    const target = openTarget(holder.pid);
    const first = snapshotOf(target).sections.map(({ allocatedBytes }) => allocatedBytes);
    const second = snapshotOf(target).sections.map(({ allocatedBytes }) => allocatedBytes);
    assert.deepEqual(second, first);
    assert.deepEqual(state().toString(), before.toString());
  });

  it('stand beside the memory lists of the machine', async () => {
    await using holder = await startHolder([`unmapped:8:${16 * MIB}`]);
    const { memory, process: figures } = snapshotOf(openTarget(holder.pid));
    const bytes = (name: string) => {
      const figure = memory[name]!;
      assert.ok('bytes' in figure, `${name}: ${JSON.stringify(figure)}`);
      return figure.bytes;
    };
    assert.ok(bytes('shmem') >= 128 * MIB);
    assert.ok(bytes('shmemUnmapped') >= 128 * MIB);
    assert.ok(bytes('commit') > 0 && bytes('commitLimit') > 0 && bytes('memAvailable') > 0);
    assert.ok(bytes('swapUsed') <= bytes('swapTotal'));
    assert.ok('bytes' in memory.cgroupCurrent! || 'reason' in memory.cgroupCurrent!);
    assert.equal(figures.name, 'holder');
    assert.ok(figures.residentBytes! < 64 * MIB, 'the figures of the process do not contain the leak');
  });

  function openTarget(pid: number) {
    const target = platform.open(pid);
    assert.ok(!('refusal' in target), 'the process may be watched');
    return target;
  }

  function snapshotOf(target: ReturnType<typeof openTarget>): Snapshot {
    const snapshot = target.look();
    assert.ok(!('refusal' in snapshot), JSON.stringify(snapshot));
    const byName = (section: SectionObservation) => section.name ?? '';
    return { ...snapshot, sections: snapshot.sections.toSorted((a, b) => (byName(a) < byName(b) ? -1 : 1)) };
  }

  async function sectionsOf(orders: readonly string[]): Promise<readonly SectionObservation[]> {
    await using holder = await startHolder(orders);
    return snapshotOf(openTarget(holder.pid)).sections;
  }

  async function sampleOf(orders: readonly string[]): Promise<FullSample> {
    await using holder = await startHolder(orders);
    const sample = new Sampler(holder.pid).take(snapshotOf(openTarget(holder.pid)), new Date());
    assert.ok('sections' in sample);
    return sample;
  }
});

function exactly(bytes: number) {
  return { min: bytes, max: bytes };
}
