/** Looks at the whole machine for some seconds, so that what grows is told from what is merely large. */
import { setTimeout as delay } from 'node:timers/promises';
import type { MachineScanner } from '../platforms/platform.ts';
import type { ScanReport } from './report.ts';
import { Scan } from './scan.ts';

export const DEFAULT_SCAN_SECONDS = 3;

const BETWEEN_LOOKS_MS = 1000;

/**
 * One look at once, then one a second.
 * @param stop ends it early: what was seen until then is reported
 */
export async function scanMachine(scanner: MachineScanner, seconds: number, stop?: AbortSignal): Promise<ScanReport> {
  const scan = new Scan();
  const begun = Date.now();
  for (let second = 0; ; second += 1) {
    scan.take(scanner.look(), new Date());
    if (second >= seconds || stop?.aborted === true) {
      break;
    }
    // The wait is cut short, not failed, by who stops it.
    const wait = Math.max(0, begun + (second + 1) * BETWEEN_LOOKS_MS - Date.now());
    await delay(wait, undefined, { signal: stop }).catch(() => undefined);
  }
  const report = scan.report();
  if (report === null) {
    throw new Error('a scan without a look');
  }
  return report;
}
