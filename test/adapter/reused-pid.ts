/**
 * Run in a pid name space of its own (`unshare --pid`), where the next pid can be chosen: watches a process, lets it
 * end, gives its number to another one, and prints what the target says of that.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { openPlatform } from '../../src/monitor/platforms/index.ts';

const platform = await openPlatform();
assert.ok(!('refusal' in platform));
const first = start();
const target = platform.open(first.pid!);
assert.ok(!('refusal' in target));
await end(first);
// Start times are told in ticks of 10 ms (proc(5), field 22): within one tick two processes of a number look the same.
await setTimeout(50);
writeFileSync('/proc/sys/kernel/ns_last_pid', String(first.pid! - 1));
const second = start();
assert.equal(second.pid, first.pid);
process.stdout.write(JSON.stringify([target.look(), target.ended()]));
await end(second);

function start(): ChildProcess {
  return spawn('sleep', ['60']);
}

async function end(child: ChildProcess): Promise<void> {
  child.kill();
  await once(child, 'close');
}
