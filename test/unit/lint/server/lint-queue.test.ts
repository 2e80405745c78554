/** The order of the work: what the user looks at first, the rest behind it, nothing that is outdated already. */
import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { LintQueue } from '../../../../src/lint/server/lint-queue.ts';

describe('lint queue', () => {
  let linted: string[];
  let settled: number;
  let onLint: (file: string) => void;
  let queue: LintQueue;

  beforeEach(() => {
    linted = [];
    settled = 0;
    onLint = () => undefined;
    queue = new LintQueue({
      lint: (file) => {
        linted.push(file);
        onLint(file);
      },
      onProgress: () => undefined,
      onSettled: () => {
        settled += 1;
      },
    });
  });

  it('takes the wanted files first, and each file once', async () => {
    queue.restart(['c', 'b'], ['a', 'b', 'c', 'd']);
    await queue.whenIdle();
    assert.deepEqual(linted, ['c', 'b', 'a', 'd']);
  });

  it('tells when the wanted ones are done, and when all are', async () => {
    const settledAt: [string, number][] = [];
    onLint = (file) => settledAt.push([file, settled]);
    queue.restart(['c'], ['a', 'b', 'c']);
    await queue.whenIdle();
    assert.deepEqual(settledAt, [
      ['c', 0],
      ['a', 1],
      ['b', 1],
    ]);
    assert.equal(settled, 2);
  });

  it('turns to others between two files', async () => {
    queue.restart([], ['a', 'b', 'c']);
    await setImmediate();
    assert.ok(linted.length < 3);
    await queue.whenIdle();
    assert.equal(linted.length, 3);
  });

  it('drops what a newer change outdates', async () => {
    onLint = (file) => {
      if (file === 'b') {
        onLint = () => undefined;
        queue.restart(['d'], ['a', 'd']);
      }
    };
    queue.restart([], ['a', 'b', 'c']);
    await queue.whenIdle();
    assert.deepEqual(linted, ['a', 'b', 'd', 'a']);
  });

  it('works out nothing while the user types', async () => {
    queue.restart([], ['a', 'b', 'c']);
    queue.pause();
    await setImmediate();
    await setImmediate();
    assert.deepEqual(linted, ['a']);
    queue.restart(['c'], ['a', 'b', 'c']);
    await queue.whenIdle();
    assert.deepEqual(linted, ['a', 'c', 'a', 'b']);
  });

  it('does the wanted files only once it is cancelled', async () => {
    queue.restart(['c', 'b'], ['a', 'b', 'c', 'd']);
    queue.cancel();
    await queue.whenIdle();
    assert.deepEqual(linted, ['c', 'b']);
  });

  it('is idle at once where there is nothing to do', async () => {
    await queue.whenIdle();
    queue.restart([], []);
    await queue.whenIdle();
    assert.deepEqual(linted, []);
    assert.equal(settled, 1);
  });
});
