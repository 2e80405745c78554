/** The section monitor watches a real process: samples arrive, ends are told, and the process is left as it was. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import * as vscode from 'vscode';
import {
  DEBUG_TYPE,
  ENDED_EVENT,
  SAMPLE_EVENT,
  type EndedEventBody,
  type SampleEventBody,
} from '../../../src/monitor/protocol.ts';
import { eventually } from '../eventually.ts';

const SECTIONS = 6;
const SECTION_BYTES = 1 << 20;

/** Everything that the section monitor's sessions have said. */
class Heard implements vscode.Disposable {
  readonly samples: SampleEventBody[] = [];
  readonly reasons: string[] = [];
  readonly #subscriptions: vscode.Disposable[];

  constructor() {
    this.#subscriptions = [
      vscode.debug.onDidReceiveDebugSessionCustomEvent(({ session, event, body }) => {
        if (session.type === DEBUG_TYPE && event === SAMPLE_EVENT) {
          this.samples.push(body as SampleEventBody);
        } else if (session.type === DEBUG_TYPE && event === ENDED_EVENT) {
          this.reasons.push((body as EndedEventBody).reason);
        }
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
  }
}

const program = process.env.SECTION_LEAKS_SAMPLE_PROGRAM;

// Where the section monitor has no platform yet, there is no program to watch.
if (program !== undefined) {
  describe('section monitor', () => {
    let target: ChildProcess;
    let pid: number;
    let heard: Heard;

    beforeEach(async () => {
      target = spawn(program, ['--count', `${SECTIONS}`, '--bytes', `${SECTION_BYTES}`, '--pause', '1']);
      pid = target.pid!;
      heard = new Heard();
      await lineThatStartsWith(target, 'holding');
    });

    afterEach(async () => {
      heard.dispose();
      target.kill('SIGKILL');
      await eventually('the end of every session', monitorSession, (session) => session === undefined);
    });

    it('finds what the process says it holds: in no view, exactly', async () => {
      await attach(pid);
      const [first] = await eventually(
        'a sample',
        () => heard.samples,
        (samples) => samples.length > 0,
      );
      assert.equal(first!.pid, pid);
      assert.equal(first!.totals.sections, SECTIONS);
      assert.deepEqual(first!.totals.unownedSections, { min: SECTIONS, max: SECTIONS });
      const bytes = SECTIONS * SECTION_BYTES;
      assert.deepEqual(first!.totals.unownedBytes, { min: bytes, max: bytes });
    });

    it('goes on sampling, the later ones as differences', async () => {
      await attach(pid);
      const [, second] = await eventually(
        'two samples',
        () => heard.samples,
        (samples) => samples.length > 1,
      );
      assert.ok('changed' in second!);
      assert.equal(second.sequence, 1);
    });

    it('ends with a reason when the process ends', async () => {
      await attach(pid);
      await eventually(
        'a sample',
        () => heard.samples,
        (samples) => samples.length > 0,
      );
      target.kill('SIGTERM');
      const [reason] = await eventually(
        'a reason',
        () => heard.reasons,
        (reasons) => reasons.length > 0,
      );
      assert.match(reason!, new RegExp(`${pid}`, 'u'));
      await eventually('the end of the session', monitorSession, (session) => session === undefined);
    });

    it('leaves the process running when it is told to stop', async () => {
      await vscode.commands.executeCommand('sectionLeaks.attachMonitor', { pid });
      await eventually(
        'a sample',
        () => heard.samples,
        (samples) => samples.length > 0,
      );
      await vscode.debug.stopDebugging(monitorSession());
      await eventually('the end of the session', monitorSession, (session) => session === undefined);
      assert.equal(target.exitCode, null);
      assert.equal(target.signalCode, null);
      assert.ok(process.kill(pid, 0));
    });

    it('does not start to watch a process that is gone, and leaves no session behind', async () => {
      target.kill('SIGKILL');
      await once(target, 'exit');
      assert.equal(await attach(pid), false);
      await eventually('the end of the session', monitorSession, (session) => session === undefined);
      assert.deepEqual(heard.samples, []);
    });
  });
}

let latest: vscode.DebugSession | undefined;
vscode.debug.onDidStartDebugSession((session) => {
  if (session.type === DEBUG_TYPE) {
    latest = session;
  }
});
vscode.debug.onDidTerminateDebugSession((session) => {
  if (session === latest) {
    latest = undefined;
  }
});

/** The section monitor's session that runs, if one does. */
function monitorSession(): vscode.DebugSession | undefined {
  return latest;
}

async function attach(pid: number): Promise<boolean> {
  return await vscode.debug.startDebugging(undefined, {
    type: DEBUG_TYPE,
    request: 'attach',
    name: `Sections of ${pid}`,
    pid,
  });
}

async function lineThatStartsWith(child: ChildProcess, start: string): Promise<void> {
  for await (const line of createInterface({ input: child.stdout! })) {
    if (line.startsWith(start)) {
      return;
    }
  }
  throw new Error(`The sample ended without a line that starts with "${start}".`);
}
