/** The leaking samples and their correct twins, as the Windows programs that they are. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { FullSample } from '../../src/monitor/section.ts';
import { publishedForWindows } from './dotnet.ts';
import { compiledForWindows, REPOSITORY, startOnWindows } from './machine.ts';
import { type Monitor, startMonitor, watch } from './monitor.ts';

const SAMPLES = join(REPOSITORY, 'test', 'samples');
const COUNT = 6;
const MIB = 1024 * 1024;
const BYTES = 16 * MIB;
const OPTIONS = ['--count', String(COUNT), '--bytes', String(BYTES), '--pause', '1', '--hold', '300'];

describe('samples on Windows', function () {
  // The first build of a machine restores packages.
  this.timeout(300_000);

  let monitor: Monitor;
  before(async () => {
    monitor = await startMonitor();
  });
  after(async () => {
    await monitor[Symbol.asyncDispose]();
  });

  for (const [language, program, runtimeViewBytes] of [
    ['C', () => compiledForWindows(join(SAMPLES, 'windows', 'page_file_allocator.c')), 0],
    // Of views that .NET maps for its own code Windows does not tell what section they are of either.
    ['C#', () => publishedForWindows(join(SAMPLES, 'csharp', 'PageFileAllocator')), 4 * MIB],
  ] as const) {
    it(`in ${language} that never close their sections hold all of it in no view`, async () => {
      const { totals, sections } = await sampleOf(program(), OPTIONS);
      assert.equal(totals.sections, COUNT);
      assert.equal(totals.unownedBytes.max, COUNT * BYTES);
      assert.ok(totals.unownedBytes.min >= COUNT * BYTES - runtimeViewBytes);
      const own = sections.filter(({ kind }) => kind === 'page-file');
      assert.ok(own.every(({ state, maker }) => state === 'unowned' && maker === 'win32'));
    });

    it(`in ${language} that keep a pointer hold it in views`, async () => {
      const { totals } = await sampleOf(program(), [...OPTIONS, '--keep-pointer']);
      assert.equal(totals.sections, COUNT);
      assert.equal(totals.unownedBytes.min, 0);
      assert.ok(totals.mappedBytes >= COUNT * BYTES);
    });
  }

  for (const [language, program] of [
    ['C', () => compiledForWindows(join(SAMPLES, 'windows', 'page_file_allocator_fixed.c'))],
    ['C#', () => publishedForWindows(join(SAMPLES, 'csharp', 'PageFileAllocatorFixed'))],
  ] as const) {
    it(`in ${language} that close their sections hold none`, async () => {
      const { totals } = await sampleOf(program(), OPTIONS);
      assert.equal(totals.sections, 0);
      assert.deepEqual(totals.unownedBytes, { min: 0, max: 0 });
    });
  }

  it('that take snapshots of processes hold a section for each one that they do not close', async () => {
    const leaking = await sampleOf(compiledForWindows(join(SAMPLES, 'windows', 'process_counter.c')), ['24', '300']);
    assert.equal(leaking.totals.sections, 24);
    assert.ok(leaking.totals.unownedBytes.min > 0);
    assert.equal(leaking.totals.unownedBytes.min, leaking.totals.unownedBytes.max);
    const fixed = await sampleOf(compiledForWindows(join(SAMPLES, 'windows', 'process_counter_fixed.c')), [
      '24',
      '300',
    ]);
    assert.equal(fixed.totals.sections, 0);
  });

  async function sampleOf(program: string, options: readonly string[]): Promise<FullSample> {
    const child = await startOnWindows(program, options);
    const closed = once(child, 'close');
    try {
      let pid = 0;
      for await (const line of createInterface({ input: child.stdout })) {
        pid ||= Number(/\(pid (\d+)\)/u.exec(line)?.[1]);
        if (line.startsWith('holding ')) {
          break;
        }
      }
      await using watching = await watch(monitor, pid);
      return await watching.client.firstSample();
    } finally {
      child.kill();
      await closed;
    }
  }
});
