/** The C# sample and its correct twin in a real .NET runtime, whose own sections are set apart. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { findDotnet } from '../../scripts/setup/programs.ts';
import type { FullSample } from '../../src/monitor/section.ts';
import { Client } from './client.ts';

const SAMPLES = join(import.meta.dirname, '..', 'samples', 'csharp');
const COUNT = 6;
const BYTES = 16 * 1024 * 1024;
const OPTIONS = ['--count', String(COUNT), '--bytes', String(BYTES), '--pause', '1', '--hold', '300'];

describe('sections of a .NET program', function () {
  // The first build of a machine restores packages.
  this.timeout(300_000);

  let folder: string;
  let dotnet: string;

  before(() => {
    const found = findDotnet();
    assert.ok(found !== undefined, 'the .NET SDK is needed: dotnet is not on PATH');
    dotnet = found;
    folder = mkdtempSync(join(tmpdir(), 'section-leaks-dotnet-'));
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('that it never disposes are unowned, exactly; the runtime’s own are set apart', async () => {
    const { totals, sections } = await sampleOf('PageFileAllocator', []);
    assert.equal(totals.sections, COUNT);
    assert.deepEqual(totals.unownedSections, { min: COUNT, max: COUNT });
    assert.deepEqual(totals.unownedBytes, { min: COUNT * BYTES, max: COUNT * BYTES });
    const own = sections.filter(({ kind }) => kind !== 'runtime');
    assert.ok(own.every(({ maker, name }) => maker === 'dotnet' && /^dotnet_[0-9a-f]{22}$/u.test(name!)));
    const runtime = sections.filter(({ kind }) => kind === 'runtime');
    assert.ok(runtime.some(({ name }) => name === 'doublemapper'));
    assert.equal(totals.runtimeSections, runtime.length);
  });

  it('stay in views while a pointer to each is kept', async () => {
    const { totals } = await sampleOf('PageFileAllocator', ['--keep-pointer']);
    assert.equal(totals.sections, COUNT);
    assert.deepEqual(totals.unownedBytes, { min: 0, max: 0 });
    assert.ok(totals.mappedBytes >= COUNT * BYTES);
  });

  it('are none where it disposes them', async () => {
    const { totals } = await sampleOf('PageFileAllocatorFixed', []);
    assert.equal(totals.sections, 0);
    assert.deepEqual(totals.unownedBytes, { min: 0, max: 0 });
    assert.ok(totals.runtimeSections > 0);
  });

  async function sampleOf(project: string, options: readonly string[]): Promise<FullSample> {
    const artifacts = join(folder, project);
    execFileSync(dotnet, ['build', join(SAMPLES, project), '--artifacts-path', artifacts, ...BUILD_OPTIONS]);
    const output = join(artifacts, 'bin', project, 'debug', project);
    const env = { ...process.env, DOTNET_ROOT: process.env.DOTNET_ROOT ?? dirname(realpathSync(dotnet)) };
    const child = spawn(output, [...OPTIONS, ...options], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const closed = once(child, 'close');
    try {
      for await (const line of createInterface({ input: child.stdout })) {
        if (line.startsWith('holding ')) {
          break;
        }
      }
      await using client = Client.start();
      await client.attach({ pid: child.pid! });
      return await client.firstSample();
    } finally {
      child.kill();
      await closed;
    }
  }
});

/** Without build servers, which would outlive the test. */
const BUILD_OPTIONS = ['--nologo', '-v', 'quiet', '-nodeReuse:false', '-p:UseSharedCompilation=false'];
