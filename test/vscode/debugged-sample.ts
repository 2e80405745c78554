/** A sample that the user debugs: what it is told to hold, and what it says that it holds. */
import { eventually } from './eventually.ts';
import type { Workbench } from './workbench.ts';

/** Few and small enough for all that the sample prints to stay on the screen. */
export const SAMPLE_ARGUMENTS = ['--count', '5', '--bytes', '3MiB', '--pause', '20', '--hold', '120'];

export interface Holding {
  readonly pid: number;
  readonly sections: number;
  readonly bytes: number;
}

/** Waits in the Debug Console until the sample has made all its sections and says so. */
export async function whatSampleHolds(workbench: Workbench): Promise<Holding> {
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
