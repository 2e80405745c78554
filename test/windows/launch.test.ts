/** Programs that the monitor starts on Windows: their output, their end, and their life after the session. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { PROCESSES_REQUEST, type ProcessesResponseBody } from '../../src/monitor/protocol.ts';
import { windowsPath } from '../../scripts/setup/wine.ts';
import { Client } from '../adapter/client.ts';
import { compiledForWindows, REPOSITORY } from './machine.ts';
import { type Monitor, startMonitor } from './monitor.ts';

const MIB = 1024 * 1024;
const SAMPLE = join(REPOSITORY, 'test', 'samples', 'windows', 'page_file_allocator.c');
const ARGUMENTS = ['--count', '3', '--bytes', '1MiB', '--pause', '1'];

describe('a program that the monitor starts on Windows', () => {
  let monitor: Monitor;
  let program: string;
  before(async () => {
    program = windowsPath(compiledForWindows(SAMPLE));
    monitor = await startMonitor();
  });
  after(async () => {
    await monitor[Symbol.asyncDispose]();
  });

  it('is watched, and what it prints is told', async () => {
    await using client = await Client.connect(monitor.port);
    await client.launch({ program, args: [...ARGUMENTS, '--hold', '60'], intervalMs: 50 });
    // What it prints comes in pieces of any length.
    while (!/^holding 3 sections/mu.test(client.output.join('').replaceAll('stdout: ', ''))) {
      await client.debug.waitForEvent('output');
    }
    const seen = client.samples.length;
    const sample = await client.sample(seen + 1);
    assert.deepEqual(sample.totals.unownedBytes, { min: 3 * MIB, max: 3 * MIB });
    await client.debug.terminateRequest();
  });

  it('ends with its exit code', async () => {
    await using client = await Client.connect(monitor.port);
    const exited = client.debug.waitForEvent('exited');
    await client.launch({ program, args: [...ARGUMENTS, '--hold', '1'], intervalMs: 50 });
    assert.equal(((await exited).body as DebugProtocol.ExitedEvent['body']).exitCode, 0);
  });

  it('is ended with the session where that is asked for, and lives on where it is not', async () => {
    for (const terminateDebuggee of [true, false]) {
      await using client = await Client.connect(monitor.port);
      const [event] = await Promise.all([
        client.debug.waitForEvent('process'),
        client.launch({ program, args: [...ARGUMENTS, '--hold', '3'] }),
      ]);
      const pid = (event.body as DebugProtocol.ProcessEvent['body']).systemProcessId!;
      assert.ok(await isListed(pid));
      await client.debug.disconnectRequest({ terminateDebuggee });
      await delay(200);
      assert.equal(await isListed(pid), !terminateDebuggee);
    }
  });

  async function isListed(pid: number): Promise<boolean> {
    await using client = await Client.connect(monitor.port);
    const response = await client.debug.customRequest(PROCESSES_REQUEST);
    return (response.body as ProcessesResponseBody).processes.some((listed) => listed.pid === pid);
  }
});
