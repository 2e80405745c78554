/** What cannot be watched on Windows, and what goes wrong while it is. */
import assert from 'node:assert/strict';
import { Client } from '../adapter/client.ts';
import { startWindowsNode } from './machine.ts';
import { MONITOR, type Monitor, startMonitor, watch } from './monitor.ts';
import { startSections } from './sections.ts';

const KIB = 1024;
const MIB = 1024 * KIB;
/** Quotes, a sign of other scripts, half of a pair, and a control character. */
const ODD_NAME = String.raw`odd "\u263a\ud83d 'name'; %s\u0001`;

describe('a process on Windows', () => {
  let monitor: Monitor;
  before(async () => {
    monitor = await startMonitor();
  });
  after(async () => {
    await monitor[Symbol.asyncDispose]();
  });

  it('without sections is watched and holds none', async () => {
    await using program = await startSections();
    await using watching = await watch(monitor, program.pid);
    const { totals } = await watching.client.firstSample();
    assert.deepEqual([totals.sections, totals.maximumBytes, totals.unownedBytes], [0, 0, { min: 0, max: 0 }]);
  });

  it('that is not there is refused with what to do', async () => {
    await using client = await Client.connect(monitor.port);
    await client.initialize();
    const failure = await client.failureOf(client.debug.attachRequest({ pid: 999_996 } as object));
    assert.match(failure, /^There is no process 999996: it may have ended\. Choose one that runs\.$/u);
  });

  it('that ends is told with the last figures', async () => {
    const program = await startSections([`fill 3 ${MIB}`]);
    await using watching = await watch(monitor, program.pid);
    await watching.client.firstSample();
    const [reason] = await Promise.all([watching.client.ended(), program.stop()]);
    assert.match(reason, /^Process \d+ \(sections\.exe\) has ended\. When last seen it held 3 sections with 3\.0 MiB/u);
  });

  it('that is killed between two calls is told the same way', async () => {
    for (let time = 0; time < 2; time += 1) {
      const program = await startSections([`fill 1000 ${4 * KIB}`]);
      await using watching = await watch(monitor, program.pid);
      const [reason] = await Promise.all([watching.client.ended(), program.kill()]);
      assert.match(reason, /has ended/u);
    }
  });

  it('that closes handles while it is looked at keeps the figures of the others right', async () => {
    await using program = await startSections([`fill 200 ${16 * KIB}`, `make a page-file ${3 * MIB}`, 'churn']);
    await using watching = await watch(monitor, program.pid);
    for (let look = 0; look < 20; look += 1) {
      const { sections } = await watching.look();
      assert.equal(sections.filter(({ maximumBytes }) => maximumBytes === 16 * KIB).length, 200);
      const [kept] = sections.filter(({ maximumBytes }) => maximumBytes === 3 * MIB);
      assert.equal(kept!.unownedBytes.max, 3 * MIB);
    }
    await program.order('still');
    const { totals } = await watching.look();
    assert.equal(totals.sections, 201);
    assert.deepEqual(totals.unownedBytes, { min: 200 * 16 * KIB + 3 * MIB, max: 200 * 16 * KIB + 3 * MIB });
  });

  it('that gives its section an odd name shows it, and the protocol carries it', async () => {
    await using program = await startSections([`make a named ${64 * KIB} ${ODD_NAME}`]);
    await using watching = await watch(monitor, program.pid);
    const { sections } = await watching.client.firstSample();
    const [section] = sections.filter(({ kind }) => kind === 'named');
    const [before, after] = section!.name!.split('\u263a');
    assert.equal(before, 'odd "');
    assert.ok(after!.endsWith(" 'name'; %s\u0001"), after);
  });
});

describe('a monitor on Windows without koffi', () => {
  it('says why it cannot watch, and answers all the same', async () => {
    await using node = await startWindowsNode(MONITOR, ['--server=0'], { NODE_PATH: '' });
    const [, port] = await node.complaint(/127\.0\.0\.1:(\d+)\r?\n/u);
    await using client = await Client.connect(Number(port));
    await client.initialize();
    const failure = await client.failureOf(client.debug.attachRequest({ pid: 4 } as object));
    assert.match(failure, /koffi/u);
    assert.match(failure, /[a-z]\.$/u, 'a sentence');
  });
});
