/**
 * `section-leaks dump FILE...`: the sections that a dump, a log, a trace or a listing holds, with the totals and groups of a
 * live process; two files of one process are compared.
 */
import { compare } from '../postmortem/comparison.ts';
import { readRecording } from '../postmortem/readers.ts';
import { openSource } from '../postmortem/source.ts';
import { recordedTotals } from '../postmortem/totals.ts';
import { dumpJson } from './dump-json.ts';
import type { DumpReport, ReadFile } from './dump-report.ts';
import { dumpSarif } from './dump-sarif.ts';
import { dumpText } from './dump-text.ts';
import { EXIT_CODES, type Output } from './output.ts';

export const DUMP_FORMATS = ['text', 'json', 'sarif'] as const;

export interface DumpOptions {
  readonly format: (typeof DUMP_FORMATS)[number];
  /** More bytes than this in the sections of one file are a failure. */
  readonly failOn?: number;
  /** The sources of the program. */
  readonly lint?: string;
  /** The working folder. */
  readonly folder: string;
}

/** @returns the exit code of the process */
export async function runDump(
  paths: readonly string[],
  { format, failOn, lint, folder }: DumpOptions,
  output: Output,
): Promise<number> {
  const files: ReadFile[] = [];
  const refusals: string[] = [];
  for (const path of paths) {
    const read = readFile(path);
    if ('refusal' in read) {
      refusals.push(read.refusal);
    } else {
      files.push(read);
    }
  }
  const linted = lint === undefined ? null : await (await import('./watch-sites.ts')).lintedSites(lint, folder);
  for (const problem of linted?.problems ?? []) {
    output.error(`section-leaks: ${problem}\n`);
  }
  const [before, after] = files;
  const report: DumpReport = {
    files,
    refusals,
    comparison:
      files.length === 2 && before !== undefined && after !== undefined
        ? compare(before.recording, after.recording)
        : null,
    failOn: failOn ?? null,
    sites: linted?.sites ?? [],
    folder,
  };
  if (files.length > 0 || format !== 'text') {
    const render = { text: dumpText, json: dumpJson, sarif: dumpSarif }[format];
    await output.print(render(report, output));
  }
  const unknown = failOn === undefined ? [] : files.filter(({ totals }) => isUnknown(totals)).map(unknownSentence);
  for (const sentence of [...refusals, ...unknown]) {
    output.error(`section-leaks: ${sentence}\n`);
  }
  if (refusals.length > 0 || unknown.length > 0 || linted?.failed === true) {
    return EXIT_CODES.failed;
  }
  return failOn !== undefined && files.some(({ totals }) => totals.bytes > failOn)
    ? EXIT_CODES.findings
    : EXIT_CODES.success;
}

function readFile(path: string): ReadFile | { readonly refusal: string } {
  const opened = openSource(path);
  if ('refusal' in opened) {
    return opened;
  }
  using source = opened;
  const recording = readRecording(source, path);
  return 'refusal' in recording ? recording : { path, recording, totals: recordedTotals(recording) };
}

/** A file that tells no lengths is within no limit. */
function isUnknown({ sections, unsized, bytes }: ReadFile['totals']): boolean {
  return bytes === 0 && (unsized > 0 || sections === 0);
}

function unknownSentence({ path, totals }: ReadFile): string {
  return totals.sections === 0
    ? `${path} holds no sections, so that --fail-on cannot be answered: name a file that lists them.`
    : `${path} does not tell how long its sections are, so that --fail-on cannot be answered.`;
}
