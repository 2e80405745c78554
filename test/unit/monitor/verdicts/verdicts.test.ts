/** Traces with a known truth, constructed: what each of them is told as, and whom it accuses. */
import assert from 'node:assert/strict';
import { History } from '../../../../src/monitor/history.ts';
import type { Growth } from '../../../../src/monitor/section.ts';

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;

interface Trace {
  readonly samples?: number;
  /** What the process holds in no view after so many seconds. */
  readonly unowned: (second: number) => number;
  /** What the whole machine is charged, the process's bytes left out. */
  readonly others?: (second: number) => number;
  readonly left?: number;
}

function judged({ samples = 60, unowned, others = () => GIB, left = 8 * GIB }: Trace): Growth {
  const history = new History();
  for (let second = 0; second < samples; second += 1) {
    const bytes = Math.round(unowned(second));
    history.add({
      time: second * 1000,
      sections: Math.round(bytes / MIB),
      mappedBytes: 0,
      unownedBytes: { min: bytes, max: bytes },
      allocatedBytes: bytes,
      machine: {
        charged: Math.round(bytes + others(second)),
        chargedName: 'Shmem and swap',
        left: left - bytes,
        limit: 'the commit limit',
      },
    });
  }
  return history.growth();
}

/** The same every time. */
function noise(second: number): number {
  return Math.sin(second * 12.9898) * 43758.5453 - Math.floor(Math.sin(second * 12.9898) * 43758.5453);
}

describe('the verdict on', () => {
  it('a leak names rate, limit and the one who did it', () => {
    const { trend, bytesPerMinute, secondsToLimit, notes } = judged({ unowned: (second) => second * 8 * MIB });
    assert.equal(trend, 'steady');
    assert.equal(bytesPerMinute, 480 * MIB);
    assert.equal(secondsToLimit, 965);
    assert.deepEqual(notes, [
      '+480 MiB a minute, at a constant rate, as a timer would make it: the commit limit is reached in about 16 min',
      'this process explains 100 % of the growth: Shmem and swap of the machine gained 472 MiB, its sections 472 MiB',
    ]);
  });

  it('a leak that comes with the users does not suspect a timer', () => {
    const { trend, notes } = judged({
      unowned: (second) => (second + 20 * noise(Math.floor(second / 15))) * 8 * MIB + (second * second * MIB) / 8,
    });
    assert.ok(trend === 'steady' || trend === 'grown');
    assert.ok(notes.every((note) => !note.includes('timer')));
  });

  it('a leak beside the noise of a machine still names the one who did it', () => {
    const { notes } = judged({
      unowned: (second) => second * 8 * MIB,
      others: (second) => GIB + noise(second) * 6 * MIB,
    });
    assert.match(notes.at(-1)!, /^this process explains \d+ % of the growth/u);
  });

  it('one burst says that nothing came since', () => {
    const { trend, verdict } = judged({ unowned: (second) => (second < 10 ? 0 : 96 * MIB) });
    assert.equal(trend, 'burst');
    assert.match(verdict, /^one burst, and nothing since: \+96 sections/u);
  });

  it('a cache that fills says that it levels off', () => {
    const { trend, verdict } = judged({ samples: 120, unowned: (second) => 512 * MIB * (1 - Math.exp(-second / 15)) });
    assert.equal(trend, 'levelling');
    assert.match(verdict, /^levels off, as a cache does: /u);
  });

  it('a leak that has stopped is not taken for a cache', () => {
    for (const until of [25, 30, 40]) {
      const { trend, verdict } = judged({ unowned: (second) => Math.min(second, until) * 8 * MIB });
      assert.equal(trend, 'grown');
      assert.match(verdict, /^growth: /u);
    }
  });

  it('a process without growth accuses nobody, however much it holds', () => {
    const { trend, notes } = judged({ unowned: () => 384 * MIB, others: (second) => GIB + noise(second) * 2 * MIB });
    assert.equal(trend, 'level');
    assert.deepEqual(notes, []);
  });

  it("an innocent process during another's growth clears it", () => {
    const { notes } = judged({ unowned: () => 384 * MIB, others: (second) => GIB + second * 8 * MIB });
    assert.deepEqual(notes, [
      'not explained by this process: Shmem and swap of the machine gained 472 MiB, its sections 0 bytes',
    ]);
  });

  it('a process that rises a little in step with another one is a bystander all the same', () => {
    const { notes } = judged({ unowned: (second) => (second * MIB) / 4, others: (second) => GIB + second * 8 * MIB });
    assert.match(notes.at(-1)!, /^not explained by this process: /u);
  });

  it('two guilty ones gives each its share', () => {
    const { notes } = judged({ unowned: (second) => second * 8 * MIB, others: (second) => GIB + second * 8 * MIB });
    assert.match(notes.at(-1)!, /^this process explains 50 % of the growth, others the rest: /u);
  });

  it('a leak whose pages are written out meanwhile counts them where they went', () => {
    // Charged is Shmem and swap together: compression and page-outs move bytes from one to the other.
    const { notes } = judged({ unowned: (second) => second * 8 * MIB });
    assert.match(notes.at(-1)!, /^this process explains 100 %/u);
  });

  it('a machine that gains nothing is silent', () => {
    assert.deepEqual(judged({ unowned: () => 0, others: (second) => GIB + noise(second) * 20 * MIB }).notes, []);
  });

  it('figures that are only bounded gives the share as a range', () => {
    const history = new History();
    for (let second = 0; second < 30; second += 1) {
      history.add({
        time: second * 1000,
        sections: second,
        mappedBytes: 0,
        unownedBytes: { min: second * MIB, max: second * 2 * MIB },
        allocatedBytes: null,
        machine: { charged: second * 2 * MIB, chargedName: 'committed memory', left: null, limit: '' },
      });
    }
    assert.match(
      history.growth().notes.at(-1)!,
      /^this process explains 50 % to 100 % of the growth, others the rest: /u,
    );
  });
});
