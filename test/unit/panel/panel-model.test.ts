import assert from 'node:assert/strict';
import { DEFAULT_LAYOUT } from '../../../src/monitor/panel/layout.ts';
import { PanelModel } from '../../../src/monitor/panel/panel-model.ts';
import type { ToView, WatchLabel } from '../../../src/monitor/panel/protocol.ts';
import { MOST_POINTS, timePoint, type TimePoint, withPoint } from '../../../src/monitor/panel/timeline.ts';
import type { SectionRecord } from '../../../src/monitor/section.ts';
import { difference, full, MIB, section, site, summary } from './records.ts';

const LIVE: WatchLabel = { id: 'w', name: 'PageFileAllocator', pid: 4711, status: { kind: 'live' } };

function show(sections: readonly SectionRecord[]): ToView {
  const shown = { ...LIVE, sample: full(3, sections), timeline: [timePoint(summary(3))] };
  return { type: 'show', layout: DEFAULT_LAYOUT, watches: [LIVE], shown, sites: [site(60)] };
}

function keys(model: PanelModel): readonly string[] {
  return model.table.lines.map(({ key }) => key);
}

describe('what the panel knows', () => {
  it('is nothing before the provider has spoken', () => {
    const model = new PanelModel();
    assert.equal(model.shown, null);
    assert.equal(model.summary, null);
    assert.equal(model.receive({ type: 'sample', sample: difference(1, []) }), 'gap');
  });

  it('follows the samples, joined with the sites', () => {
    const model = new PanelModel();
    model.receive(show([section('a'), section('b')]));
    model.receive({ type: 'sample', sample: difference(4, [section('c', { maker: 'memfd' })], ['a']) });
    assert.deepEqual(keys(model), ['site:file:///w/Page%20File.cs:59:8', 'b', 'site:', 'c']);
    assert.equal(model.summary?.sequence, 4);
    assert.equal(model.timeline.length, 2);
    assert.deepEqual(model.row('b')?.sites, [site(60)]);
  });

  it('asks for everything when it has missed a sample', () => {
    const model = new PanelModel();
    model.receive(show([section('a')]));
    assert.equal(model.receive({ type: 'sample', sample: difference(5, []) }), 'gap');
    assert.equal(model.receive({ type: 'sample', sample: full(5, [section('z')]) }), 'applied');
    assert.equal(model.row('a'), undefined);
  });

  it('joins anew when the sites change', () => {
    const model = new PanelModel();
    model.receive(show([section('a')]));
    model.receive({ type: 'sites', sites: [] });
    assert.deepEqual(keys(model), ['site:', 'a']);
  });

  it('keeps the last figures of a process that has ended', () => {
    const model = new PanelModel();
    model.receive(show([section('a')]));
    model.receive({ type: 'watches', watches: [{ ...LIVE, status: { kind: 'ended', reason: 'Gone.' } }] });
    assert.deepEqual(model.shown?.status, { kind: 'ended', reason: 'Gone.' });
    assert.equal(model.table.all, 1);
    assert.equal(model.receive({ type: 'watches', watches: [] }), 'gap');
  });

  it('is arranged by the user', () => {
    const model = new PanelModel();
    model.receive(show([section('a')]));
    model.arrange({ grouping: 'none' });
    assert.deepEqual(keys(model), ['a']);
  });
});

describe('the figures over time', () => {
  it('are those of the sample, with the list on which unowned pages lie', () => {
    assert.deepEqual(timePoint(summary(3)), {
      time: Date.UTC(2026, 4, 4, 12, 0, 3),
      unownedMin: 16 * MIB,
      unownedMax: 16 * MIB,
      allocated: 16 * MIB,
      system: 32 * MIB,
    });
    const windows = summary(3, { memory: { modified: { bytes: 7 } } });
    assert.equal(timePoint(windows).system, 7);
    assert.equal(timePoint(summary(3, { memory: { shmem: { reason: 'not mounted' } } })).system, null);
  });

  it('lie evenly over the whole watch, however long it is, up to the newest', () => {
    let points: readonly TimePoint[] = [];
    const seconds = 5 * MOST_POINTS;
    for (let second = 0; second < seconds; second += 1) {
      points = withPoint(points, { time: second, unownedMin: 0, unownedMax: 0, allocated: null, system: null });
    }
    const times = points.map(({ time }) => time);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    assert.ok(points.length <= MOST_POINTS);
    assert.ok(points.length >= MOST_POINTS / 4);
    assert.equal(times[0], 0);
    assert.equal(times.at(-1), seconds - 1);
    assert.ok(Math.min(...gaps) > 0, 'they rise');
    assert.ok(Math.max(...gaps) <= (8 * seconds) / MOST_POINTS, `no stretch is without points: ${Math.max(...gaps)}`);
  });
});
