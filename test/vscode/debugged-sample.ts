/** A sample that the user debugs, watched by the section monitor from its first figures to its end. */
import assert from 'node:assert/strict';
import { eventually } from './eventually.ts';
import { ATTACH_COMMAND, SectionsPanel } from './sections-panel.ts';
import type { Workbench } from './workbench.ts';

/** Few and small enough for all that the sample prints to stay on the screen. */
export const SAMPLE_ARGUMENTS = ['--count', '5', '--bytes', '3MiB', '--pause', '20', '--hold', '120'];

interface Holding {
  readonly pid: number;
  readonly sections: number;
  readonly bytes: number;
}

/** Attaches from the palette, without being asked for a process, and compares the panel with the Debug Console. */
export async function seeDebuggedSample(workbench: Workbench): Promise<void> {
  const { pid, ...held } = await whatSampleHolds(workbench);
  await workbench.command(ATTACH_COMMAND);
  const panel = new SectionsPanel(workbench);
  await panel.title.filter({ hasText: `(pid ${pid})` }).waitFor();
  const shown = await panel.totals('the figures of the sample', ({ sections }) => sections === held.sections);
  assert.deepEqual(shown, { sections: held.sections, unownedBytes: held.bytes });

  process.kill(pid, 'SIGKILL');
  await panel.status.filter({ hasText: 'ended' }).waitFor();
  await panel.content
    .getByRole('alert')
    .filter({ hasText: `${pid}` })
    .waitFor();
  await panel.content.getByRole('button', { name: 'Attach again' }).waitFor();
}

/** Waits in the Debug Console until the sample has made all its sections and says so. */
async function whatSampleHolds(workbench: Workbench): Promise<Holding> {
  const text = await eventually(
    'the sample to say what it holds',
    () => workbench.debugConsole.innerText(),
    (seen) => /holding \d+ sections, [\d,]+ bytes/u.test(seen),
  );
  const [, pid] = /\(pid (\d+)\)/u.exec(text) ?? [];
  const [, sections, bytes] = /holding (\d+) sections, ([\d,]+) bytes/u.exec(text) ?? [];
  return { pid: numberOf(pid), sections: numberOf(sections), bytes: numberOf(bytes) };
}

function numberOf(digits: string | undefined): number {
  const number = Number(digits?.replaceAll(',', ''));
  if (!Number.isInteger(number)) {
    throw new Error(`The sample did not print the expected number, but ${digits ?? 'none'}.`);
  }
  return number;
}
