/** `section-leaks scan`: which processes of the machine hold sections whose bytes no view holds, the worst first. */
import { openPlatform } from '../monitor/platforms/index.ts';
import { scanMachine } from '../monitor/scan/scanning.ts';
import { EXIT_CODES, type Output } from './output.ts';
import { scanText } from './scan-text.ts';

export const SCAN_FORMATS = ['text', 'json'] as const;

export interface ScanOptions {
  /** From the first look to the last. */
  readonly seconds: number;
  readonly format: (typeof SCAN_FORMATS)[number];
  /** Print processes too that hold nothing unowned. */
  readonly all: boolean;
}

/** @returns the exit code of the process */
export async function runScan({ seconds, format, all }: ScanOptions, output: Output): Promise<number> {
  const platform = await openPlatform();
  const scanner = 'refusal' in platform ? platform : platform.openScanner();
  if ('refusal' in scanner) {
    output.error(`section-leaks: ${scanner.refusal}\n`);
    return EXIT_CODES.failed;
  }
  const stop = new AbortController();
  const interrupt = () => {
    stop.abort();
  };
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const report = await scanMachine(scanner, seconds, stop.signal);
  await output.print(format === 'json' ? `${JSON.stringify(report)}\n` : scanText(report, all, output));
  return EXIT_CODES.success;
}
