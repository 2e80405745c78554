/** A thousand attaches and ten thousand samples: the monitor holds nothing more afterwards, and neither does its target. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { SoakResult } from './inside/soak.ts';
import { bundledForWindows, startWindowsNode } from './machine.ts';
import { startSections } from './sections.ts';

const KIB = 1024;
const MIB = 1024 * KIB;
const ATTACHES = 1000;
const SAMPLES = 10_000;

describe('a monitor that runs for long on Windows', function () {
  this.timeout(600_000);

  it('keeps no handle and no memory, and leaves the process as it was', async () => {
    await using program = await startSections([
      `fill 5 ${64 * KIB}`,
      `make a page-file ${MIB}`,
      'map a 0',
      'make n named 4096 soak',
    ]);
    const before = await program.order('tell');
    const node = await startWindowsNode(bundledForWindows(join(import.meta.dirname, 'inside', 'soak.ts')), [
      String(program.pid),
      String(ATTACHES),
      String(SAMPLES),
    ]);
    assert.equal(await node.ended, 0, node.complaints());
    const soak = JSON.parse(node.output()) as SoakResult;
    const after = await program.order('tell');
    assert.equal(soak.after.ownHandles, soak.before.ownHandles);
    assert.equal(soak.after.targetHandles, soak.before.targetHandles);
    assert.ok(soak.after.heapBytes - soak.before.heapBytes < 2 * MIB, JSON.stringify(soak));
    assert.ok(soak.after.residentBytes - soak.before.residentBytes < 32 * MIB, JSON.stringify(soak));
    assert.ok(after.privateBytes - before.privateBytes < 64 * KIB, `${before.privateBytes} ${after.privateBytes}`);
    assert.deepEqual({ ...after, privateBytes: 0 }, { ...before, privateBytes: 0 });
  });
});
