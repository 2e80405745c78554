/** The debug adapter by its protocol, on real processes. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { DebugProtocol } from '@vscode/debugprotocol';
import {
  PAUSE_SAMPLING_REQUEST,
  PROCESSES_REQUEST,
  SCAN_REQUEST,
  type ScanResponseBody,
  type ProcessesResponseBody,
  STATE_REQUEST,
  type StateResponseBody,
} from '../../src/monitor/protocol.ts';
import { SampledSections } from '../../src/monitor/session/samples.ts';
import { ADAPTER, Client, startServer } from './client.ts';
import { startHolder } from './holder.ts';

const MIB = 1024 * 1024;
const INTERVAL = { intervalMs: 50 };

type Running = ReturnType<typeof Client.start>;

describe('attached to a process', () => {
  it('the first sample comes with the answer and holds everything', async () => {
    await using holder = await startHolder([`unmapped:24:${16 * MIB}`]);
    await using client = Client.start();
    await client.attach({ pid: holder.pid });
    const sample = await client.firstSample();
    assert.equal(sample.pid, holder.pid);
    assert.equal(sample.sections.length, 24);
    assert.deepEqual(sample.totals.unownedBytes, { min: 402_653_184, max: 402_653_184 });
  });

  it('later samples say what is different, and together they are the whole', async () => {
    await using holder = await startHolder([`unmapped:3:${MIB}`]);
    await using client = Client.start();
    await client.attach({ pid: holder.pid, ...INTERVAL });
    await client.sample(1);
    await holder.command('replace');
    const seen = client.samples.length;
    await client.sample(seen + 1);
    const put = new SampledSections();
    for (const sample of client.samples) {
      assert.equal(put.apply(sample), 'applied');
    }
    assert.deepEqual([...put.sections.values()].map(({ allocatedBytes }) => allocatedBytes).toSorted(), [0, MIB, MIB]);
    const differences = client.samples.slice(1).flatMap((sample) => ('changed' in sample ? [sample] : []));
    assert.equal(differences.flatMap(({ changed }) => changed).length, 1);
    assert.equal(differences.flatMap(({ removed }) => removed).length, 1);
    const response = await client.debug.customRequest(STATE_REQUEST);
    assert.equal((response.body as StateResponseBody).sample!.sections.length, 3);
  });

  it('the process event tells which one it is', async () => {
    await using holder = await startHolder([`unmapped:1:${MIB}`]);
    await using client = Client.start();
    const [event] = await Promise.all([client.debug.waitForEvent('process'), client.attach({ pid: holder.pid })]);
    assert.deepEqual(event.body as unknown, {
      name: 'holder',
      systemProcessId: holder.pid,
      isLocalProcess: true,
      startMethod: 'attach',
    });
  });

  it('a pid may be text, as inputs of launch.json are', async () => {
    await using holder = await startHolder([`unmapped:1:${MIB}`]);
    await using client = Client.start();
    await client.attach({ pid: String(holder.pid) });
    assert.equal((await client.firstSample()).pid, holder.pid);
  });

  it('disconnecting leaves the process running, whatever the client asks for', async () => {
    for (const terminateDebuggee of [undefined, false, true]) {
      await using holder = await startHolder([`unmapped:1:${MIB}`]);
      await using client = Client.start();
      await client.attach({ pid: holder.pid });
      await client.debug.disconnectRequest(terminateDebuggee === undefined ? {} : { terminateDebuggee });
      assert.equal(await holder.command('replace'), 'replaced');
    }
  });

  it('its end is told with the last figures, and ends the session', async () => {
    const holder = await startHolder([`unmapped:3:${MIB}`]);
    await using client = Client.start();
    await client.attach({ pid: holder.pid, ...INTERVAL });
    const [reason] = await Promise.all([client.ended(), client.debug.waitForEvent('terminated'), holder.stop()]);
    assert.equal(
      reason,
      `Process ${holder.pid} (holder) has ended. When last seen it held 3 sections with 3.0 MiB in no view; the system frees what no other process holds.`,
    );
    assert.ok(client.output.some((line) => line === `console: ${reason}\n`));
  });

  it('its end is noticed while sampling is paused', async () => {
    const holder = await startHolder([`unmapped:1:${MIB}`]);
    await using client = Client.start();
    await client.attach({ pid: holder.pid, ...INTERVAL });
    await client.debug.pauseRequest({ threadId: 1 });
    const [reason] = await Promise.all([client.ended(), holder.stop()]);
    assert.match(reason, /has ended/u);
  });

  it('what cannot be watched is answered with a sentence that the client can show in its own place', async () => {
    await using client = Client.start();
    await client.initialize();
    for (const [args, sentence] of [
      [{ pid: 4_194_305 }, /^There is no process 4194305: it may have ended\. Choose one that runs\.$/u],
      [{ pid: 2 }, /thread of the kernel and holds no sections/u],
      [{}, /^"pid" is not given and no process id\./u],
      [{ pid: 'allocator' }, /^"pid" is "allocator" and no process id\./u],
      [{ pid: process.pid, intervalMs: 1 }, /^"intervalMs" is 1\. Give milliseconds between samples, 50 or more\.$/u],
    ] as const) {
      const failure = client.failureOf(client.debug.attachRequest(args as object));
      assert.match(await failure, sentence);
    }
    assert.equal(client.debug.received.match(/"showUser":false/gu)?.length, 5);
  });

  it('a session watches one process only', async () => {
    await using holder = await startHolder([`unmapped:1:${MIB}`]);
    await using client = Client.start();
    await client.attach({ pid: holder.pid });
    const failure = await client.failureOf(client.debug.attachRequest({ pid: holder.pid } as object));
    assert.equal(failure, `This session watches process ${holder.pid} already. Start another session.`);
  });
});

describe('paused sampling', () => {
  it('shows the sections as variables of a stopped thread, while the process runs on', async () => {
    await using holder = await startHolder([`unmapped:3:${MIB}`, `mapped:1:${MIB}`]);
    await using client = Client.start();
    await client.attach({ pid: holder.pid, ...INTERVAL });
    const [stopped] = await Promise.all([
      client.debug.waitForEvent('stopped'),
      client.debug.pauseRequest({ threadId: 1 }),
    ]);
    assert.equal(
      (stopped.body as DebugProtocol.StoppedEvent['body']).description,
      'Sampling is paused, the process runs on',
    );
    const { threads } = (await client.debug.threadsRequest()).body;
    assert.deepEqual(threads, [{ id: 1, name: 'holder' }]);
    const { stackFrames } = (await client.debug.stackTraceRequest({ threadId: 1 })).body;
    assert.equal(stackFrames.length, 1);
    const { scopes } = (await client.debug.scopesRequest({ frameId: stackFrames[0]!.id })).body;
    assert.deepEqual(
      scopes.map(({ name, indexedVariables }) => [name, indexedVariables]),
      [
        ['Sections', 4],
        ['Totals', undefined],
        ['Memory lists', undefined],
      ],
    );
    const variables = async (variablesReference: number, page = {}) =>
      (await client.debug.variablesRequest({ variablesReference, ...page })).body.variables;
    const sections = await variables(scopes[0]!.variablesReference);
    assert.deepEqual(
      sections.map(({ name, value, type }) => [name, value, type]),
      [
        ['holder 100000', '1.0 MiB, 1.0 MiB in no view', 'unowned'],
        ['holder 100001', '1.0 MiB, 1.0 MiB in no view', 'unowned'],
        ['holder 100002', '1.0 MiB, 1.0 MiB in no view', 'unowned'],
        ['holder 200000', '1.0 MiB, 0 bytes in no view', 'mapped'],
      ],
    );
    const page = await variables(scopes[0]!.variablesReference, { filter: 'indexed', start: 1, count: 2 });
    assert.deepEqual(
      page.map(({ name }) => name),
      ['holder 100001', 'holder 100002'],
    );
    const fields = await variables(sections[0]!.variablesReference);
    const value = (name: string) => fields.find((field) => field.name === name)!.value;
    assert.equal(value('unownedBytes'), '1,048,576 bytes');
    assert.equal(value('holders'), `holder (${holder.pid})`);
    const [first] = await variables(fields.find(({ name }) => name === 'holders')!.variablesReference);
    assert.equal(first!.value, '1 handle, 0 bytes in views');
    const memory = await variables(scopes[2]!.variablesReference);
    assert.match(memory.find(({ name }) => name === 'shmem')!.value, /^[\d,]+ bytes$/u);
    assert.equal(await holder.command('replace'), 'replaced');
  });

  it('takes no samples until it continues', async () => {
    await using holder = await startHolder([`unmapped:1:${MIB}`]);
    await using client = Client.start();
    await client.attach({ pid: holder.pid, ...INTERVAL });
    await client.sample(1);
    await client.debug.pauseRequest({ threadId: 1 });
    const before = await state(client);
    assert.equal(before.paused, true);
    await holder.command('replace');
    assert.deepEqual(await state(client), before);
    await client.debug.continueRequest({ threadId: 1 });
    const next = await client.sample(before.sample!.sequence + 1);
    assert.ok('removed' in next);
    assert.equal(next.removed.length, 1);
    assert.equal((await state(client)).paused, false);
    assert.deepEqual((await client.debug.stackTraceRequest({ threadId: 1 })).body.stackFrames, []);
  });

  it('may be asked for by the panel, which leaves the focus where it is', async () => {
    await using holder = await startHolder([`unmapped:1:${MIB}`]);
    await using client = Client.start();
    await client.attach({ pid: holder.pid, ...INTERVAL });
    const [stopped] = await Promise.all([
      client.debug.waitForEvent('stopped'),
      client.debug.customRequest(PAUSE_SAMPLING_REQUEST, { paused: true }),
    ]);
    assert.equal((stopped.body as DebugProtocol.StoppedEvent['body']).preserveFocusHint, true);
    await Promise.all([
      client.debug.waitForEvent('continued'),
      client.debug.customRequest(PAUSE_SAMPLING_REQUEST, { paused: false }),
    ]);
    assert.equal((await state(client)).paused, false);
  });

  async function state(client: Client): Promise<StateResponseBody> {
    return (await client.debug.customRequest(STATE_REQUEST)).body as StateResponseBody;
  }
});

describe('a launched program', () => {
  it('is watched from its start, its output comes as events, and its exit code at the end', async () => {
    using flag = temporaryFlag();
    await using client = Client.start();
    const over = Promise.all([
      client.ended(),
      client.debug.waitForEvent('exited'),
      client.debug.waitForEvent('terminated'),
    ]);
    const script = `echo to you; echo to them >&2; ${flag.wait}; exit 3`;
    await client.launch({ program: 'sh', args: ['-c', script], ...INTERVAL });
    await client.sample(1);
    flag.raise();
    const [reason, exited] = await over;
    assert.deepEqual(exited.body as unknown, { exitCode: 3 });
    assert.match(reason, /has ended\. .* It ended with exit code 3\.$/u);
    assert.ok(client.output.includes('stdout: to you\n') && client.output.includes('stderr: to them\n'));
  });

  it('gets its folder and environment', async () => {
    using flag = temporaryFlag();
    await using client = Client.start();
    const over = client.debug.waitForEvent('terminated');
    const script = `echo "$(pwd) $ADDED \${HOME-none}"; ${flag.wait}`;
    await client.launch({ program: 'sh', args: ['-c', script], cwd: '/usr', env: { ADDED: 'here', HOME: null } });
    flag.raise();
    await over;
    assert.ok(client.output.includes('stdout: /usr here none\n'), client.output.join(''));
  });

  it('that ends at once is said to have, after what it printed', async () => {
    await using client = Client.start();
    await client.initialize();
    const launching = client.debug.launchRequest({ program: 'sh', args: ['-c', 'echo usage >&2; exit 64'] } as object);
    const outcome = await Promise.race([client.failureOf(launching), client.ended()]);
    // Whether it is seen before it ends is up to the machine.
    assert.match(outcome, /^sh ended with exit code 64 before it could be watched|It ended with exit code 64\.$/u);
    assert.ok(client.output.includes('stderr: usage\n'), client.output.join(''));
  });

  for (const [end, how] of [
    ['disconnects', ({ debug }: Running) => debug.disconnectRequest({})],
    ['is gone without a word', ({ debug }: Running) => debug.stop()],
    ['ends the adapter', ({ debug }: Running) => debug.kill()],
  ] as const) {
    it(`goes on when the client ${end}, also when it prints more than a pipe holds`, async () => {
      await using client = Client.start();
      const script = 'while :; do yes | head -c 100000; done';
      await client.launch({ program: 'sh', args: ['-c', script] });
      const { pid } = await client.firstSample();
      try {
        await how(client);
        await client.debug.stop();
        // What its children have written is added to its own when they end.
        const written = () => Number(/^wchar: (\d+)$/mu.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))![1]);
        const enough = written() + 2_000_000;
        while (written() < enough) {
          await delay(20);
        }
      } finally {
        process.kill(-pid, 'SIGKILL');
      }
    });
  }

  it('is ended where the client asks for it, by disconnect or by terminate', async () => {
    for (const end of ['disconnect', 'terminate'] as const) {
      await using client = Client.start();
      await client.launch({ program: 'sleep', args: ['60'] });
      const { pid } = await client.firstSample();
      await (end === 'disconnect'
        ? client.debug.disconnectRequest({ terminateDebuggee: true })
        : client.debug.terminateRequest());
      assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
    }
  });

  it('that does not start is answered with what is wrong and what to do', async () => {
    await using client = Client.start();
    await client.initialize();
    for (const [args, sentence] of [
      [{ program: '/no/such/program' }, /was not started: there is no such program\. Give its path/u],
      [{ program: '/etc/passwd' }, /was not started: it may not be executed\. Give an executable file/u],
      [{ program: 'sleep', cwd: '/no/such/folder' }, /there is no folder \/no\/such\/folder\. Give a working folder/u],
      [{ program: 'sleep', args: '60' }, /^"args" is "60"\. Give a list of texts/u],
      [{ program: 'sleep', args: ['1'], env: { A: 1 } }, /^"env" is \{"A":1\}\. Give names with a text each/u],
      [{}, /^"program" is not given\. Give the path of the program to start\.$/u],
    ] as const) {
      assert.match(await client.failureOf(client.debug.launchRequest(args as object)), sentence);
    }
  });
});

describe('the processes of this machine', () => {
  it('are listed before anything else is said', async () => {
    await using holder = await startHolder([`unmapped:1:${MIB}`]);
    await using client = Client.start();
    const response = await client.debug.customRequest(PROCESSES_REQUEST);
    const { processes } = response.body as ProcessesResponseBody;
    const found = processes.find(({ pid }) => pid === holder.pid)!;
    assert.equal(found.name, 'holder');
    assert.equal(found.parentPid, process.pid);
    assert.equal(found.refusal, null);
  });
});

describe('a scan of this machine', () => {
  it('is answered before anything else is said, with every section of every process', async () => {
    await using holder = await startHolder([`unmapped:3:${MIB}`]);
    await using client = Client.start();
    const response = await client.debug.customRequest(SCAN_REQUEST, { seconds: 0 });
    const { processes } = response.body as ScanResponseBody;
    const found = processes.find(({ pid }) => pid === holder.pid)!;
    assert.equal(found.totals.sections, 3);
    assert.deepEqual(found.totals.unownedBytes, { min: 3 * MIB, max: 3 * MIB });
  });
});

describe('the debug adapter as a server', () => {
  it('serves several sessions at once, each with its own process', async () => {
    await using one = await startHolder([`unmapped:1:${MIB}`]);
    await using other = await startHolder([`unmapped:2:${MIB}`]);
    await using server = await startServer();
    const clients = await Promise.all([Client.connect(server.port), Client.connect(server.port)]);
    await clients[0].attach({ pid: one.pid });
    await clients[1].attach({ pid: other.pid });
    const samples = await Promise.all(clients.map((client) => client.firstSample()));
    assert.deepEqual(
      samples.map(({ pid, totals }) => [pid, totals.sections]),
      [
        [one.pid, 1],
        [other.pid, 2],
      ],
    );
    await clients[0].debug.disconnectRequest({});
    await clients[0].debug.stop();
    await clients[1].sample(1);
    await clients[1].debug.stop();
  });

  it('listens for this machine only', async () => {
    await using server = await startServer();
    const outside = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
    for (const { address, internal } of outside) {
      if (!internal) {
        const connecting = createConnection(server.port, address);
        await assert.rejects(once(connecting, 'connect'));
      }
    }
    const local = createConnection(server.port, '127.0.0.1');
    await once(local, 'connect');
    local.destroy();
  });

  it('says what to do where the port is in use or is none', async () => {
    await using server = await startServer();
    for (const [port, sentence] of [
      [String(server.port), /Port \d+ is in use by another program\. Give another one, or --server=0/u],
      ['99999', /--server=99999 is no port\. Give a number from 1 to 65535/u],
      ['x', /--server=x is no port\./u],
    ] as const) {
      const child = spawn(process.execPath, [ADAPTER, `--server=${port}`], { stdio: ['ignore', 'ignore', 'pipe'] });
      let complaints = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
      const [code] = (await once(child, 'close')) as [number];
      assert.equal(code, 2);
      assert.match(complaints, sentence);
    }
  });
});

/** Something that a script waits for. */
function temporaryFlag() {
  const folder = mkdtempSync(join(tmpdir(), 'section-leaks-flag-'));
  const file = join(folder, 'raised');
  return {
    wait: `until [ -e ${file} ]; do sleep 0.02; done`,
    raise: () => {
      writeFileSync(file, '');
    },
    [Symbol.dispose]: () => {
      rmSync(folder, { recursive: true });
    },
  };
}
