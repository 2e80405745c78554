/** A C program makes, maps, unmaps and closes sections; after each step the monitor agrees with what it tells. */
import assert from 'node:assert/strict';
import { startMonitor, type Watch, watch } from './monitor.ts';
import { type Sections, startSections, type Told } from './sections.ts';
import { assertSeen, unownedBytes } from './truth.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

/** `exactly`: nothing else can fit, so both bounds are the truth. */
interface Step {
  readonly order: string;
  readonly exactly?: true;
}

/** Lengths are distinct, so that each section is known by its length. */
const STEPS: readonly Step[] = [
  { order: `make a page-file ${MIB}`, exactly: true },
  { order: 'map a 0' },
  { order: 'unmap a', exactly: true },
  { order: `make b page-file ${2 * MIB}`, exactly: true },
  { order: 'map a 0' },
  { order: `map b ${64 * KIB}` },
  { order: 'unmap a' },
  { order: 'unmap b', exactly: true },
  { order: 'again a', exactly: true },
  { order: `make ro read-only ${3 * MIB}`, exactly: true },
  { order: 'map ro 0' },
  { order: 'unmap ro', exactly: true },
  { order: 'make f file 70000', exactly: true },
  { order: 'map f 0', exactly: true },
  { order: 'make i image 0', exactly: true },
  { order: `make l large-pages ${6 * MIB}`, exactly: true },
  { order: 'close b', exactly: true },
  { order: 'close a', exactly: true },
  { order: `make r reserve ${8 * MIB}` },
  { order: 'map r 0' },
  { order: `commit r ${256 * KIB}` },
  { order: 'unmap r' },
  { order: 'close r', exactly: true },
  { order: `make g page-file ${5 * MIB}`, exactly: true },
  { order: 'give g 0', exactly: true },
  { order: `make h page-file ${7 * MIB}`, exactly: true },
  { order: `give h ${7 * MIB}` },
  // Any process may have opened it by its name, mapped it and closed its handle.
  { order: `make n named ${4 * MIB} steps` },
  { order: 'make s snapshot 0' },
  { order: 'close s' },
];

describe('sections of a C program on Windows, step by step', () => {
  const running = new AsyncDisposableStack();
  let program: Sections;
  let watching: Watch;
  let told: Told;

  before(async () => {
    const monitor = running.use(await startMonitor());
    program = running.use(await startSections());
    watching = running.use(await watch(monitor, program.pid));
  });
  after(async () => {
    await running.disposeAsync();
  });

  it('are none before the first step', async () => {
    const { sections, totals } = await watching.look();
    assert.deepEqual(
      sections.filter(({ kind }) => kind === 'page-file' || kind === 'named'),
      [],
    );
    assert.deepEqual(totals.unownedBytes, { min: 0, max: 0 });
  });

  for (const { order, exactly } of STEPS) {
    it(`agree after "${order}"`, async () => {
      told = await program.order(order);
      const sample = await watching.look();
      assertSeen(sample, told);
      if (exactly === true) {
        const truth = told.slots
          .filter(({ handles }) => handles.length > 0)
          .reduce((sum, slot) => sum + unownedBytes(slot), 0);
        assert.deepEqual(sample.totals.unownedBytes, { min: truth, max: truth });
      }
    });
  }

  it('that are closed while a view stays are kept by the view alone', async () => {
    await program.order(`make v page-file ${9 * MIB}`);
    await program.order('map v 0');
    await program.order('close v');
    const { sections } = await watching.look();
    const kept = sections.filter(({ state }) => state === 'view-only');
    assert.ok(kept.some(({ mappedBytes, holders }) => mappedBytes === 9 * MIB && holders[0]!.handles === 0));
  });
});
