/** The traces are constructed: what a platform could have seen. */
import assert from 'node:assert/strict';
import type { SectionObservation, Snapshot } from '../../../src/monitor/platforms/platform.ts';
import { Sampler } from '../../../src/monitor/sampler.ts';
import type { DifferenceSample, FullSample } from '../../../src/monitor/section.ts';
import { SampledSections } from '../../../src/monitor/session/samples.ts';

const MIB = 1024 * 1024;
const START = Date.parse('2026-01-01T00:00:00.000Z');

describe('samples', () => {
  it('begin with everything, by rising id, and have no time of first sight for it', () => {
    const [first] = samples([[section('1:100'), section('1:9'), section('sysv:3')]]);
    assert.ok('sections' in first!);
    assert.deepEqual(
      first.sections.map(({ id }) => id),
      ['1:9', '1:100', 'sysv:3'],
    );
    assert.equal(first.sequence, 0);
    assert.equal(first.time, '2026-01-01T00:00:00.000Z');
    assert.ok(first.sections.every(({ since }) => since === null));
  });

  it('go on with what is new, what has changed and what is gone', () => {
    const kept = section('1:1');
    const unmapped: SectionObservation = { ...section('1:2'), state: 'mapped', unownedBytes: { min: 0, max: 0 } };
    const [, second] = samples([
      [kept, unmapped, section('1:3')],
      [{ ...kept }, section('1:2'), section('1:4')],
    ]);
    assert.ok('changed' in second!);
    assert.deepEqual(
      second.changed.map(({ id, since }) => [id, since]),
      [
        ['1:2', null],
        ['1:4', '2026-01-01T00:00:01.000Z'],
      ],
    );
    assert.deepEqual(second.removed, ['1:3']);
    assert.equal(second.sequence, 1);
  });

  it('say nothing of sections where nothing changed', () => {
    const [, second] = samples([[section('1:1')], [section('1:1')]]);
    assert.deepEqual(changes(second!), { changed: [], removed: [] });
  });

  it('tell of another holder, and of another part that it maps', () => {
    const [holder] = section('1:1').holders;
    const withHolders = (...holders: SectionObservation['holders']) => ({ ...section('1:1'), holders });
    const other = { pid: 812, name: 'viewer', handles: 1, mappedBytes: 0 };
    const [, second, third] = samples([
      [withHolders(holder!)],
      [withHolders(holder!, other)],
      [withHolders(holder!, { ...other, mappedBytes: 4096 })],
    ]);
    assert.equal(changes(second!).changed.length, 1);
    assert.equal(changes(third!).changed.length, 1);
  });

  it('put together are the whole state', () => {
    const sampler = new Sampler(4711);
    const applied = new SampledSections();
    for (let step = 0; step < 20; step += 1) {
      const ids = Array.from({ length: 12 }, (_, index) => `1:${index + step - (index % 3) * 4}`);
      const sections = ids.map((id, index) => ({ ...section(id), mappedBytes: (index * step) % 5 }));
      const sample = sampler.take(snapshot(sections), new Date(START + step * 1000));
      assert.equal(applied.apply(sample), 'applied');
      const whole = sampler.full()!;
      const byId = (records: FullSample) => new Map(records.sections.map((record) => [record.id, record]));
      assert.deepEqual(byId(applied.full()!), byId(whole));
    }
  });

  it('count the sections of the program and set the runtime’s own apart', () => {
    const view: SectionObservation = {
      ...section('1:2'),
      state: 'mapped',
      mappedBytes: MIB,
      unownedBytes: { min: 0, max: 0 },
    };
    const [first] = samples([[section('1:1'), view, { ...section('1:3'), kind: 'runtime' }]]);
    assert.deepEqual(first!.totals, {
      sections: 2,
      maximumBytes: 2 * MIB,
      allocatedBytes: 2 * MIB,
      mappedBytes: MIB,
      unownedSections: { min: 1, max: 1 },
      unownedBytes: { min: MIB, max: MIB },
      runtimeSections: 1,
    });
  });

  it('do not know the allocated bytes of all where they do not know those of one', () => {
    const [first] = samples([[section('1:1'), { ...section('1:2'), allocatedBytes: null }]]);
    assert.equal(first!.totals.allocatedBytes, null);
  });

  it('take what processes that may not be read could have in views off once, and say so', () => {
    const sections = ['1:1', '1:2', '1:3', '1:4'].map((id) => ({ ...section(id), unseenViews: true }));
    const unseen = { bytes: 1.5 * MIB, reason: '3 processes that may not be read could have views of it' };
    const sample = new Sampler(4711).take({ ...snapshot([...sections, section('1:5')]), unseen }, new Date(START));
    assert.ok('sections' in sample);
    assert.deepEqual(sample.sections[0]!.unownedBytes, { min: 0, max: MIB });
    assert.match(sample.sections[0]!.how, /3 processes that may not be read could have views of it/u);
    assert.deepEqual(sample.sections[4]!.unownedBytes, { min: MIB, max: MIB });
    assert.deepEqual(sample.totals.unownedBytes, { min: 3.5 * MIB, max: 5 * MIB });
    assert.deepEqual(sample.totals.unownedSections, { min: 4, max: 5 });
  });

  it('take a view that may be of any of several sections off once', () => {
    const sections = ['0x4', '0x8', '0xc'].map((id) => ({ ...section(id), possibleViewBytes: MIB }));
    const sample = new Sampler(4711).take(snapshot([...sections, section('0x10')]), new Date(START));
    assert.ok('sections' in sample);
    assert.deepEqual(sample.sections[0]!.unownedBytes, { min: 0, max: MIB });
    assert.deepEqual(sample.totals.unownedBytes, { min: 3 * MIB, max: 4 * MIB });
    assert.deepEqual(sample.totals.unownedSections, { min: 3, max: 4 });
  });

  it('count neither files nor images nor large pages', () => {
    const kinds = ['file', 'image', 'large-pages', 'reserve'] as const;
    const sections = kinds.map((kind, index): SectionObservation => ({ ...section(`0x${index}`), kind }));
    const [first] = samples([sections]);
    assert.equal(first!.totals.sections, 1);
    assert.equal(first!.totals.maximumBytes, MIB);
    assert.equal(first!.totals.runtimeSections, 0);
  });

  it('of the very same observations change nothing', () => {
    const sections = [section('0x4'), section('0x8')];
    const [, second, third] = samples([sections, sections, [sections[0]!, { ...sections[1]!, mappedBytes: MIB }]]);
    assert.deepEqual(changes(second!), { changed: [], removed: [] });
    assert.deepEqual(
      changes(third!).changed.map(({ id }) => id),
      ['0x8'],
    );
  });
});

describe('what no view holds has surely grown', () => {
  const growth = (...looks: readonly Snapshot[]): number => {
    const sampler = new Sampler(4711);
    for (const [second, look] of looks.entries()) {
      sampler.take(look, new Date(START + second * 1000));
    }
    return sampler.leastGrowth;
  };
  const child = (id: string): SectionObservation => ({
    ...section(id),
    holders: [{ pid: 4712, name: 'child', handles: 1, mappedBytes: 0 }],
  });
  const together = (sections: readonly SectionObservation[], ...children: readonly number[]): Snapshot => ({
    ...snapshot(sections),
    watched: new Set([4711, ...children]),
  });

  it('by nothing before there are two samples', () => {
    assert.equal(new Sampler(4711).leastGrowth, 0);
    assert.equal(growth(snapshot([section('1:1')])), 0);
  });

  it('by all that a program holds that was started to be watched', () => {
    const sampler = new Sampler(4711, true);
    sampler.take(snapshot([section('1:1')]), new Date(START));
    assert.equal(sampler.leastGrowth, MIB);
  });

  it('by what came less what went', () => {
    assert.equal(growth(snapshot([section('1:1')]), snapshot([section('1:2'), section('1:3')])), MIB);
    assert.equal(growth(snapshot([section('1:1')]), snapshot([])), -MIB);
  });

  it('only as far as the bounds do not overlap', () => {
    const bounded = { ...section('1:1'), unownedBytes: { min: 0, max: MIB } };
    assert.equal(growth(snapshot([bounded]), snapshot([section('1:1'), section('1:2')])), MIB);
  });

  it('by what a child held when it ended, and not by what it had given back before', () => {
    assert.equal(growth(together([], 4712), together([child('1:1'), child('1:2')], 4712), together([])), 2 * MIB);
    assert.equal(growth(together([], 4712), together([child('1:1')], 4712), together([], 4712), together([])), 0);
  });
});

function samples(snapshots: readonly (readonly SectionObservation[])[]): (FullSample | DifferenceSample)[] {
  const sampler = new Sampler(4711);
  return snapshots.map((sections, index) => sampler.take(snapshot(sections), new Date(START + index * 1000)));
}

function changes(sample: FullSample | DifferenceSample): Pick<DifferenceSample, 'changed' | 'removed'> {
  assert.ok('changed' in sample);
  return { changed: sample.changed, removed: sample.removed };
}

function snapshot(sections: readonly SectionObservation[]): Snapshot {
  return {
    process: { name: 'allocator', residentBytes: null, residentSharedBytes: null, privateBytes: null },
    watched: new Set([4711]),
    sections,
    memory: {},
    unseen: { bytes: 0, reason: '' },
    unreadable: [],
  };
}

function section(id: string): SectionObservation {
  return {
    id,
    kind: 'page-file',
    state: 'unowned',
    name: 'cache',
    maker: 'memfd',
    maximumBytes: MIB,
    allocatedBytes: MIB,
    mappedBytes: 0,
    unownedBytes: { min: MIB, max: MIB },
    how: 'no view is mapped',
    holders: [{ pid: 4711, name: 'allocator', handles: 1, mappedBytes: 0 }],
    unseenViews: false,
  };
}
