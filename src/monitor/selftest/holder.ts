/**
 * A process of our own that holds sections of which everything is known. It is this program again, started with an
 * option that only we use, and ends when we do.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Held, HeldSection } from './held.ts';
import { holdLinuxSections } from './linux/sections.ts';
import { holdWindowsSections } from './windows/sections.ts';

export interface Holder extends AsyncDisposable {
  readonly pid: number;
  readonly sections: readonly HeldSection[];
}

const HOLD_OPTION = '--hold-sections';

/** @returns a sentence where there is none */
export async function startHolder(): Promise<Holder | string> {
  const [, script = ''] = process.argv;
  const child = fork(script, ['selftest', HOLD_OPTION], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const ended = once(child, 'exit');
  const held = await Promise.race([
    once(child, 'message').then(([message]) => message as Held),
    ended.then(([code]): Held => ({ reason: `it ended with exit code ${String(code)}` })),
  ]);
  if ('reason' in held) {
    return `The program that makes known sections failed: ${held.reason}.`;
  }
  return {
    pid: child.pid ?? 0,
    sections: held.sections,
    [Symbol.asyncDispose]: async () => {
      child.disconnect();
      await ended;
    },
  };
}

/** What the holder itself does: it makes them, tells them, and waits. */
export async function holdSections(): Promise<void> {
  const held = process.platform === 'win32' ? await holdWindowsSections() : await holdLinuxSections();
  process.send?.(held);
  if ('sections' in held) {
    await once(process, 'disconnect');
  }
}
