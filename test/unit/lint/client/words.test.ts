/** Words of CodeLens and status item, and the figures behind them. */
import assert from 'node:assert/strict';
import { Growth } from '../../../../src/lint/client/growth.ts';
import { liveWords } from '../../../../src/lint/client/live-words.ts';
import { MOST_RESTARTS, Restarts } from '../../../../src/lint/client/restarts.ts';
import { statusWords } from '../../../../src/lint/client/status-words.ts';

const MEBIBYTE = 1024 * 1024;

function exactly(count: number): { min: number; max: number } {
  return { min: count, max: count };
}

describe('CodeLens of what runs', () => {
  const count = {
    sectionCount: exactly(24),
    unownedBytes: exactly(384 * MEBIBYTE),
    candidates: 1,
    growthPerMinute: undefined,
  };

  it('says how many are open, what no view holds, and how fast they grow', () => {
    assert.equal(liveWords({ ...count, growthPerMinute: 6 }), '24 open, 384 MiB held by no view, +6 a minute');
    assert.equal(liveWords({ ...count, growthPerMinute: -2 }), '24 open, 384 MiB held by no view, -2 a minute');
  });

  it('leaves out what is nothing or not known', () => {
    assert.equal(liveWords({ ...count, unownedBytes: exactly(0), growthPerMinute: 0 }), '24 open');
  });

  it('claims no more than is known where other sites may have made them', () => {
    assert.equal(
      liveWords({
        ...count,
        sectionCount: { min: 0, max: 24 },
        unownedBytes: { min: 0, max: 384 * MEBIBYTE },
        candidates: 2,
      }),
      'up to 24 open, up to 384 MiB held by no view (one of 2 sites)',
    );
    assert.equal(
      liveWords({ ...count, sectionCount: { min: 4, max: 24 }, unownedBytes: exactly(0), candidates: 3 }),
      '4 to 24 open (one of 3 sites)',
    );
  });
});

describe('growth of what is open', () => {
  const counts = (open: number): ReadonlyMap<string, number> => new Map([['site', open]]);

  it('is not told before it was watched for ten seconds', () => {
    const growth = new Growth();
    growth.record(0, counts(1));
    growth.record(9_999, counts(9));
    assert.equal(growth.perMinute('site'), undefined);
    growth.record(10_000, counts(2));
    assert.equal(growth.perMinute('site'), 6);
  });

  it('counts over the last minute only', () => {
    const growth = new Growth();
    growth.record(0, counts(100));
    growth.record(30_000, counts(10));
    growth.record(90_000, counts(16));
    assert.equal(growth.perMinute('site'), 6);
  });

  it('begins anew for a site that had none in between', () => {
    const growth = new Growth();
    growth.record(0, counts(1));
    growth.record(20_000, new Map());
    growth.record(40_000, counts(5));
    assert.equal(growth.perMinute('site'), undefined);
    assert.equal(growth.perMinute('elsewhere'), undefined);
  });
});

describe('restarts of the language server', () => {
  it('end when it crashes again and again', () => {
    const restarts = new Restarts(() => 1000);
    const answers = Array.from({ length: MOST_RESTARTS + 1 }, () => restarts.allows());
    assert.deepEqual(answers, [...Array.from({ length: MOST_RESTARTS }, () => true), false]);
  });

  it('go on where it crashes now and then', () => {
    let now = 0;
    const restarts = new Restarts(() => now);
    for (let crash = 0; crash < 20; crash += 1) {
      now += 60_000;
      assert.equal(restarts.allows(), true);
    }
  });
});

describe('status item', () => {
  it('says how many leaks there are, and in how many files it looked', () => {
    assert.deepEqual(statusWords({ state: 'ready', files: 12, findings: 3 }), {
      text: '3 section leaks',
      detail: 'In 12 files.',
    });
    assert.deepEqual(statusWords({ state: 'ready', files: 1, findings: 1 }), {
      text: '1 section leak',
      detail: 'In 1 file.',
    });
    assert.equal(statusWords({ state: 'ready', files: 1, findings: 0 }).text, 'No section leaks');
  });

  it('gives the reason where something is not as it should be', () => {
    const reason = 'The language server could not start.';
    assert.deepEqual(statusWords({ state: 'failed', files: 0, findings: 0, reason }), {
      text: 'Section Leaks failed',
      detail: reason,
    });
    assert.equal(statusWords({ state: 'ready', files: 1, findings: 0, reason: 'Cancelled.' }).detail, 'Cancelled.');
  });
});
