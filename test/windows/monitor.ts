/** The section monitor as it is shipped, in Windows Node, spoken to by its protocol over a port of this machine. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { STATE_REQUEST, type StateResponseBody } from '../../src/monitor/protocol.ts';
import type { FullSample } from '../../src/monitor/section.ts';
import { Client } from '../adapter/client.ts';
import { REPOSITORY, startWindowsNode } from './machine.ts';

export const MONITOR = join(REPOSITORY, 'dist', 'monitor.cjs');
export const COMMAND_LINE = join(REPOSITORY, 'dist', 'cli.cjs');

export interface Monitor extends AsyncDisposable {
  readonly port: number;
}

export async function startMonitor(): Promise<Monitor> {
  const node = await startWindowsNode(MONITOR, ['--server=0']);
  const [, port] = await node.complaint(/127\.0\.0\.1:(\d+)\r?\n/u);
  return { port: Number(port), [Symbol.asyncDispose]: () => node[Symbol.asyncDispose]() };
}

export interface Watch extends AsyncDisposable {
  readonly client: Client;
  /** A sample that was begun after the call. */
  look(): Promise<FullSample>;
}

/** Watches a process by its Windows process id. */
export async function watch({ port }: Monitor, pid: number): Promise<Watch> {
  const client = await Client.connect(port);
  await client.attach({ pid, intervalMs: 50 });
  return {
    client,
    look: async () => {
      // One may be on its way, taken before.
      await client.sample(client.samples.length + 1);
      const response = await client.debug.customRequest(STATE_REQUEST);
      const { sample } = response.body as StateResponseBody;
      assert.ok(sample !== null);
      return sample;
    },
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  };
}
