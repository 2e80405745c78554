/** A .NET program makes, maps, disposes; after each step the monitor agrees with what it tells. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { publishedForWindows } from './dotnet.ts';
import { startMonitor, type Watch, watch } from './monitor.ts';
import { obeying, type Sections } from './sections.ts';
import { assertSeen } from './truth.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

/** Lengths are distinct, so that each section is known by its length. */
const STEPS = [
  `make a page-file ${16 * MIB}`,
  'map a 0',
  'unmap a',
  `map a ${MIB}`,
  'unmap a',
  `make p page-file ${17 * MIB}`,
  'pointer p',
  'unmap p',
  `make n named ${18 * MIB}`,
  `make r reserve ${19 * MIB}`,
  'map r 0',
  'unmap r',
  `make f file ${20 * MIB}`,
  'map f 0',
  'unmap f',
  'close a',
  'close r',
];

describe('sections of a .NET program on Windows, step by step', function () {
  // The first build of a machine restores packages.
  this.timeout(300_000);

  const running = new AsyncDisposableStack();
  let program: Sections;
  let watching: Watch;

  before(async () => {
    const path = publishedForWindows(join(import.meta.dirname, 'dotnet', 'Sections'));
    const monitor = running.use(await startMonitor());
    program = running.use(await obeying(path, []));
    watching = running.use(await watch(monitor, program.pid));
  });
  after(async () => {
    await running.disposeAsync();
  });

  it('do not contain what the runtime maps for itself', async () => {
    const { sections, totals } = await watching.look();
    assert.equal(totals.sections, 0);
    assert.ok(totals.runtimeSections >= 1);
    const mapper = sections.find(({ kind, maximumBytes }) => kind === 'runtime' && maximumBytes === 0x200_0000_0000);
    assert.ok(mapper !== undefined, 'the write-xor-execute mapper is set apart');
    assert.deepEqual(totals.unownedBytes, { min: 0, max: 0 });
  });

  for (const order of STEPS) {
    it(`agree after "${order}"`, async () => {
      const told = await program.order(order);
      assertSeen(await watching.look(), told);
    });
  }
});
