/** `section-leaks selftest`: which facts that the monitor stands on hold on this machine. */
import { writeFile } from 'node:fs/promises';
import { createColors } from 'picocolors';
import { TOOL } from '../lint/tool.ts';
import type { Fact, Outcome } from '../monitor/selftest/fact.ts';
import { holdSections } from '../monitor/selftest/holder.ts';
import { runSelftest as run, type Selftest, type SelftestReport } from '../monitor/selftest/selftest.ts';
import { EXIT_CODES, type Output } from './output.ts';

export const SELFTEST_FORMATS = ['text', 'json'] as const;

export interface SelftestOptions {
  readonly format: (typeof SELFTEST_FORMATS)[number];
  /** The file for the bytes that the system answered. */
  readonly record?: string;
  /** This process makes known sections for another one that runs the test. */
  readonly holdSections?: boolean;
}

/** @returns the exit code of the process */
export async function runSelftest(
  { format, record, holdSections: holds }: SelftestOptions,
  output: Output,
): Promise<number> {
  if (holds === true) {
    await holdSections();
    return EXIT_CODES.success;
  }
  const selftest = await run();
  if (typeof selftest === 'string') {
    output.error(`section-leaks: ${selftest}\n`);
    return EXIT_CODES.failed;
  }
  const { report } = selftest;
  await output.print(
    format === 'json' ? `${JSON.stringify({ tool: TOOL.version, ...report })}\n` : text(report, output.colour),
  );
  if (record !== undefined) {
    const problem = await writeRecord(record, selftest);
    if (problem !== null) {
      output.error(`section-leaks: ${problem}\n`);
      return EXIT_CODES.failed;
    }
  }
  return report.facts.some(({ outcome }) => outcome === 'differs') ? EXIT_CODES.findings : EXIT_CODES.success;
}

async function writeRecord(file: string, { report, answers }: Selftest): Promise<string | null> {
  try {
    await writeFile(file, `${JSON.stringify({ tool: TOOL.version, ...report, answers }, null, 1)}\n`);
    return null;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `The record was not written (${reason}). Give a file in a folder that exists and may be written to.`;
  }
}

function text({ system, facts }: SelftestReport, colour: boolean): string {
  const { bold, dim, green, yellow, red } = createColors(colour);
  const paint: Readonly<Record<Outcome, (words: string) => string>> = { holds: green, missing: yellow, differs: red };
  const count = (outcome: Outcome) => facts.filter((fact) => fact.outcome === outcome).length;
  const { platform, release, architecture, node } = system;
  const width = Math.max(...facts.map(({ id }) => id.length));
  const row = ({ id, what, outcome, detail }: Fact) =>
    `${paint[outcome](outcome.padEnd(7))}  ${id.padEnd(width)}  ${what}\n${dim(`${' '.repeat(width + 11)}${detail}`)}\n`;
  return [
    `${bold(`${TOOL.displayName} ${TOOL.version}`)} on ${platform} ${release}, ${architecture}, Node ${node}\n\n`,
    ...facts.map(row),
    `\n${count('holds')} hold, ${count('missing')} missing (the monitor does without and says so), ${count('differs')} differ\n`,
  ].join('');
}
