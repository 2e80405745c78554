/** What the monitor may not read, and processes that end: real ones, seen with the rights of an ordinary user. */
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { openPlatform } from '../../src/monitor/platforms/index.ts';
import type { Platform, Refusal, Snapshot, Target } from '../../src/monitor/platforms/platform.ts';
import { Sampler } from '../../src/monitor/sampler.ts';
import { startHolder } from './holder.ts';

const MIB = 1024 * 1024;
const NOBODY = 65_534;
const UNSHARE = 'unshare';
const isRoot = process.geteuid!() === 0;

/** Runs a program as an ordinary user: as nobody where the tests are run by root. */
const ORDINARY = isRoot ? ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'] : [];
const UNSHARE_PIDS = [...(isRoot ? [] : ['--user', '--map-root-user']), '--pid', '--fork', '--mount-proc'];

describe('a process that the monitor may not read', () => {
  let platform: Platform;
  before(async () => {
    platform = await thePlatform();
  });

  it('is refused with its owner and who may watch it', async () => {
    await using roots = isRoot ? await startHolder(['unmapped:1:4096']) : { pid: 1, [Symbol.asyncDispose]: nothing };
    const { refusal } = asOrdinary(() => platform.open(roots.pid)) as Refusal;
    assert.match(
      refusal,
      /^Process \d+ \(.+\) belongs to root and may not be read by .+\. Run the monitor as root\.$/u,
    );
  });

  it('is listed for a picker with the refusal, beside others without one', async () => {
    await using own = await startHolder(['unmapped:1:4096'], { through: ORDINARY });
    const listed = asOrdinary(() => platform.processes());
    const holder = listed.find(({ pid }) => pid === own.pid)!;
    assert.equal(holder.refusal, null);
    assert.match(holder.commandLine, /holder unmapped:1:4096$/u);
    assert.equal(holder.parentPid, process.pid);
    assert.match(listed.find(({ pid }) => pid === 1)!.refusal!, /belongs to root/u);
    assert.ok(!listed.some(({ pid }) => pid === process.pid), 'the monitor itself');
  });

  it('leaves the figures exact where nothing leads to it, and is named', async () => {
    const { sample, unreadable } = await seenByOrdinary([`unmapped:2:${MIB}`]);
    assert.deepEqual(sample.totals.unownedBytes, { min: 2 * MIB, max: 2 * MIB });
    assert.match(unreadable[0]!, /may not be read: run the monitor as .+; nothing leads from these sections to them/u);
  });

  it('makes figures of named sections "at most"', async () => {
    const { sample, unreadable } = await seenByOrdinary([`named:2:${MIB}`]);
    assert.equal(sample.totals.unownedBytes.max, 2 * MIB);
    assert.ok(sample.totals.unownedBytes.min < 2 * MIB);
    assert.match(unreadable[0]!, /bytes that only they map count as 'at most'/u);
  });

  for (const [kind, relation] of [
    ['kin', 'a child of the holder'],
    ['peer', 'at the other end of one of its sockets'],
  ] as const) {
    it(`makes figures "at most" where it is ${relation}`, async () => {
      const { sample } = await seenByOrdinary([`${kind}:1:${MIB}`]);
      assert.ok('sections' in sample);
      const [section] = sample.sections;
      assert.equal(section!.unownedBytes.max, MIB);
      assert.ok(section!.unownedBytes.min < MIB);
      assert.match(section!.how, /may not be read could have views of it, so it is at most this much/u);
    });
  }

  it('and is no longer readable ends the watch with what to do', async () => {
    await using holder = await startHolder(['unmapped:1:4096']);
    if (isRoot) {
      const target = opened(platform.open(holder.pid));
      const { refusal } = asOrdinary(() => target.look()) as Refusal;
      assert.match(refusal, /may not be read any more.*Run the monitor as root and attach again/u);
    } else {
      assert.ok('sections' in opened(platform.open(holder.pid)).look());
    }
  });

  async function seenByOrdinary(orders: readonly string[]) {
    // In a session of its own nothing of the user that runs the tests is its relative.
    await using holder = await startHolder(orders, { through: ['setsid', ...ORDINARY] });
    const snapshot = asOrdinary(() => opened(platform.open(holder.pid)).look()) as Snapshot;
    return { sample: new Sampler(holder.pid).take(snapshot, new Date()), unreadable: snapshot.unreadable };
  }
});

describe('a process that ends', () => {
  let platform: Platform;
  before(async () => {
    platform = await thePlatform();
  });

  it('is noticed by the next look', async () => {
    const holder = await startHolder([`unmapped:1:${MIB}`]);
    const target = opened(platform.open(holder.pid));
    assert.equal(target.ended(), null);
    await holder.stop();
    const expected = { refusal: `Process ${holder.pid} (holder) has ended.` };
    assert.deepEqual(target.ended(), expected);
    assert.deepEqual(target.look(), expected);
  });

  it('was not there in the first place', () => {
    const { refusal } = platform.open(2 ** 22 + 1) as Refusal;
    assert.match(refusal, /^There is no process 4194305: it may have ended\./u);
  });

  it('and waits for its parent is told from one that runs', async () => {
    // The shell becomes a program that never asks for its child.
    const parent = spawn('sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const [line] = (await once(parent.stdout, 'data')) as [Buffer];
      const child = Number(line.toString());
      while (!readFileSync(`/proc/${child}/stat`, 'utf8').includes(') Z ')) {
        await setImmediate();
      }
      const { refusal } = platform.open(child) as Refusal;
      assert.match(refusal, new RegExp(`has ended and only waits for its parent, process ${parent.pid!}:`, 'u'));
    } finally {
      parent.kill();
      await once(parent, 'close');
    }
  });

  it('is not a thread: its process is named instead', () => {
    const thread = readdirSync('/proc/self/task')
      .map(Number)
      .find((id) => id !== process.pid)!;
    const { refusal } = platform.open(thread) as Refusal;
    assert.equal(refusal, `${thread} is a thread of process ${process.pid}. Choose ${process.pid}.`);
  });

  if (canMakePidNamespace()) {
    it('and whose number is given to another one is not taken for that', () => {
      const script = join(import.meta.dirname, 'reused-pid.ts');
      const said = execFileSync(UNSHARE, [...UNSHARE_PIDS, process.execPath, script], { encoding: 'utf8' });
      for (const { refusal } of JSON.parse(said) as Refusal[]) {
        assert.match(
          refusal,
          /^Process \d+ \(sleep\) has ended\. Its number was given to another process \(sleep\): attach again if that is meant\.$/u,
        );
      }
    });
  }
});

async function thePlatform(): Promise<Platform> {
  const opened = await openPlatform();
  assert.ok(!('refusal' in opened));
  return opened;
}

function opened(target: Target | Refusal): Target {
  assert.ok(!('refusal' in target), JSON.stringify(target));
  return target;
}

/** With the rights of an ordinary user, and then with ours again. */
function asOrdinary<Result>(look: () => Result): Result {
  if (!isRoot) {
    return look();
  }
  process.setegid!(NOBODY);
  process.seteuid!(NOBODY);
  try {
    return look();
  } finally {
    process.seteuid!(0);
    process.setegid!(0);
  }
}

/** Root may, and others on some systems. */
function canMakePidNamespace(): boolean {
  return spawnSync(UNSHARE, [...UNSHARE_PIDS, 'test', '-w', '/proc/sys/kernel/ns_last_pid']).status === 0;
}

async function nothing(): Promise<void> {
  await Promise.resolve();
}
