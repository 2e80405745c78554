/** The traces are constructed. */
import assert from 'node:assert/strict';
import { History } from '../../../src/monitor/history.ts';
import type { Bounds } from '../../../src/monitor/section.ts';
import type { HistoryPoint } from '../../../src/monitor/verdicts/history-point.ts';
import { durationInWords } from '../../../src/sites/format-duration.ts';

const MIB = 1024 * 1024;

interface Figures {
  readonly sections: number;
  readonly unowned: number;
  readonly mapped?: number;
}

describe('the growth of what a process holds', () => {
  it('is a steady leak where unowned bytes rise all the time', () => {
    const figures = Array.from({ length: 11 }, (_, second) => held(10 + second, second * 16));
    assert.deepEqual(growth(figures), {
      seconds: 10,
      sections: 10,
      unownedBytes: 160 * MIB,
      bytesPerMinute: 960 * MIB,
      secondsToLimit: null,
      trend: 'steady',
      verdict: 'steady leak: +10 sections, +160 MiB in 10 s',
      notes: ['+960 MiB a minute'],
    });
  });

  it('is growth where it happened once', () => {
    const figures = [held(0, 0), held(6, 96), held(6, 96), held(6, 96), held(6, 96), held(6, 96), held(6, 96)];
    assert.equal(growth(figures).trend, 'grown');
    assert.equal(growth(figures).verdict, 'growth: +6 sections, +96.0 MiB in 6 s');
  });

  it('is growth where it goes up and down', () => {
    assert.equal(growth([held(1, 16), held(3, 48), held(2, 32), held(4, 64), held(5, 80)]).trend, 'grown');
  });

  it('names what views gained where no byte is unowned', () => {
    const figures = Array.from({ length: 5 }, (_, second) => ({ sections: second, unowned: 0, mapped: second * 16 }));
    assert.equal(growth(figures).verdict, 'steady growth, all of it in views: +4 sections, +64.0 MiB in views in 4 s');
  });

  it('is none where nothing changes, however much is held', () => {
    assert.deepEqual(growth([held(24, 384), held(24, 384), held(24, 384)]), {
      seconds: 2,
      sections: 0,
      unownedBytes: 0,
      bytesPerMinute: 0,
      secondsToLimit: null,
      trend: 'level',
      verdict: 'no growth in 2 s',
      notes: [],
    });
  });

  it('may be negative', () => {
    assert.equal(growth([held(24, 384), held(23, 368)]).trend, 'shrunk');
    assert.equal(growth([held(24, 384), held(23, 368)]).verdict, 'less than before: -1 section, -16.0 MiB in 1 s');
  });

  it('is not known from one sample', () => {
    assert.equal(growth([held(24, 384)]).trend, 'unknown');
  });

  it('says "at most" where the bytes can only be bounded', () => {
    assert.match(
      boundedGrowth((second) => ({ min: second * MIB, max: 2 * second * MIB })),
      /^steady leak: \+2 sections, at most \+/u,
    );
  });

  it('is no leak where all that came may be in views', () => {
    const verdict = boundedGrowth((second) => ({ min: 0, max: second * MIB }));
    assert.equal(verdict, 'steady growth, in views or not: +2 sections, at most +2.0 MiB in 2 s');
  });
});

describe('the history of a long watch', () => {
  it('keeps its beginning, its end and a bounded number of points, in order', () => {
    const history = new History();
    for (let second = 0; second < 50_000; second += 1) {
      history.add(point(second, held(second, second)));
    }
    const times = history.points.map(({ time }) => time);
    assert.ok(times.length > 900 && times.length <= 2001, String(times.length));
    assert.equal(times[0], 0);
    assert.equal(times.at(-1), 49_999_000);
    assert.deepEqual(
      times,
      times.toSorted((a, b) => a - b),
    );
    const gaps = times.slice(1).map((time, index) => time - times[index]!);
    assert.ok(Math.max(...gaps) <= 64_000, 'evenly');
    assert.equal(history.growth().trend, 'steady');
  });

  it('remembers a fall whose points are gone', () => {
    const history = new History();
    for (let second = 0; second < 10_000; second += 1) {
      history.add(point(second, held(second, second === 11 ? 0 : second)));
    }
    assert.equal(history.growth().trend, 'grown');
  });

  it('tells its length in seconds, minutes and hours', () => {
    assert.deepEqual([0.4, 10.2, 119, 600, 3 * 3600].map(durationInWords), ['0.4 s', '10 s', '119 s', '10 min', '3 h']);
  });
});

function boundedGrowth(unownedBytes: (second: number) => Bounds): string {
  const history = new History();
  for (const second of [0, 1, 2]) {
    history.add({ ...point(second, held(second, 0)), unownedBytes: unownedBytes(second), allocatedBytes: null });
  }
  return history.growth().verdict;
}

function growth(figures: readonly Figures[]) {
  const history = new History();
  for (const [second, figure] of figures.entries()) {
    history.add(point(second, figure));
  }
  return history.growth();
}

function point(second: number, { sections, unowned, mapped = 0 }: Figures): HistoryPoint {
  const bytes = unowned * MIB;
  return {
    time: second * 1000,
    sections,
    mappedBytes: mapped * MIB,
    unownedBytes: { min: bytes, max: bytes },
    allocatedBytes: bytes + mapped * MIB,
    machine: { charged: null, chargedName: 'Shmem and swap', left: null, limit: 'the limit' },
  };
}

function held(sections: number, unowned: number): Figures {
  return { sections, unowned };
}
