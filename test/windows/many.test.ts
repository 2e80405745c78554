/** Programs with very many sections and handles: every one is counted. */
import assert from 'node:assert/strict';
import { type Monitor, startMonitor, watch } from './monitor.ts';
import { startSections } from './sections.ts';

const KIB = 1024;
const PAGE = 4 * KIB;
const SECTIONS = 12_000;
const HANDLES = 100_000;

describe('very many sections of a process on Windows', () => {
  let monitor: Monitor;
  before(async () => {
    monitor = await startMonitor();
  });
  after(async () => {
    await monitor[Symbol.asyncDispose]();
  });

  it('are all counted, with all their bytes', async () => {
    await using program = await startSections([`fill ${SECTIONS} ${PAGE}`]);
    await using watching = await watch(monitor, program.pid);
    const { totals } = await watching.client.firstSample();
    assert.equal(totals.sections, SECTIONS);
    assert.equal(totals.maximumBytes, SECTIONS * PAGE);
    assert.deepEqual(totals.unownedBytes, { min: SECTIONS * PAGE, max: SECTIONS * PAGE });
    assert.deepEqual(totals.unownedSections, { min: SECTIONS, max: SECTIONS });
  });

  it('of which one has 100,000 handles are told with its bytes once', async () => {
    await using program = await startSections([`make a page-file ${64 * KIB}`, `copies a ${HANDLES}`]);
    await using watching = await watch(monitor, program.pid);
    const { totals, sections } = await watching.client.firstSample();
    assert.equal(totals.sections, 1);
    assert.deepEqual(totals.unownedBytes, { min: 64 * KIB, max: 64 * KIB });
    const [section] = sections.filter(({ kind }) => kind !== 'runtime');
    assert.deepEqual(
      section!.holders.map(({ pid, handles }) => [pid, handles]),
      [[program.pid, HANDLES + 1]],
    );
    await program.order('empty');
    const after = await watching.look();
    assert.equal(after.sections.find(({ id }) => id === section!.id)!.holders[0]!.handles, 1);
  });

  it('whose handle value is given to another section between two samples are not mistaken', async () => {
    await using program = await startSections([`make a page-file ${64 * KIB}`]);
    await using watching = await watch(monitor, program.pid);
    const before = await watching.client.firstSample();
    const handlesBefore = (await program.order('tell')).slots[0]!.handles;
    const told = await program.order(`replace a ${192 * KIB}`);
    assert.deepEqual(told.slots[0]!.handles, handlesBefore);
    const after = await watching.look();
    assert.deepEqual(bytesOf(before), [64 * KIB]);
    assert.deepEqual(bytesOf(after), [192 * KIB]);
    assert.deepEqual(after.totals.unownedBytes, { min: 192 * KIB, max: 192 * KIB });
    assert.notEqual(after.sections[0]!.id, before.sections[0]!.id);
  });

  it('that two processes hold are one with two holders', async () => {
    await using program = await startSections([`make a page-file ${64 * KIB}`, 'give a 0']);
    await using watching = await watch(monitor, program.pid);
    const { sections, totals } = await watching.client.firstSample();
    assert.equal(totals.sections, 1);
    const { slots } = await program.order('tell');
    assert.deepEqual(
      sections[0]!.holders.map(({ pid, handles }) => [pid, handles]).toSorted(([a], [b]) => a! - b!),
      [
        [program.pid, 1],
        [slots[0]!.childPid, 1],
      ].toSorted(([a], [b]) => a! - b!),
    );
  });

  function bytesOf({ sections }: { readonly sections: readonly { readonly maximumBytes: number }[] }): number[] {
    return sections.map(({ maximumBytes }) => maximumBytes);
  }
});
