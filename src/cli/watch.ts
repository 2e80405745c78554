/**
 * `section-leaks watch`: watches what one process holds, a process that runs or a program that is started for it, and
 * prints a sample at once and then at every interval.
 */
import type { LaunchOrder } from '../monitor/launch.ts';
import { openPlatform } from '../monitor/platforms/index.ts';
import type { Platform, Refusal } from '../monitor/platforms/platform.ts';
import type { Sample } from '../monitor/section.ts';
import { watchProcess, watchProgram, type WatchedProgram } from '../monitor/watch-target.ts';
import { DEFAULT_INTERVAL_MS, type Watching, type WatchListener } from '../monitor/watching.ts';
import { formatBytes } from '../sites/format-bytes.ts';
import { EXIT_CODES, type Output } from './output.ts';
import type { LintedSites } from './watch-sites.ts';
import { WatchText } from './watch-text.ts';

export const WATCH_FORMATS = ['text', 'json'] as const;

export interface WatchOptions {
  readonly pid?: number;
  /** The program to start and its arguments, where there is no pid. */
  readonly program: readonly string[];
  /** Watches until the process ends where it is absent. */
  readonly seconds?: number;
  /** Between samples, in milliseconds. */
  readonly interval?: number;
  /** Of a process that runs: its children too. */
  readonly children?: boolean;
  /** The bytes held by no view may surely grow by so many; any number where it is absent. */
  readonly failOnGrowth?: number;
  readonly format: (typeof WATCH_FORMATS)[number];
  /** A folder with the sources of the program. */
  readonly lint?: string;
  /** The working folder. */
  readonly folder: string;
}

/** Where a leak of a program that runs for a moment only is to be seen. */
export const GROWTH_INTERVAL_MS = 50;

/** @returns the exit code of the process */
export async function runWatch(options: WatchOptions, output: Output): Promise<number> {
  const fail = (reason: string) => {
    output.error(`section-leaks: ${reason}\n`);
    return EXIT_CODES.failed;
  };
  const [program, ...args] = options.program;
  if ((options.pid === undefined) === (program === undefined)) {
    return fail('watch needs one process: give --pid N, or -- and a program with its arguments.');
  }
  const linted = await lintedSites(options);
  for (const problem of linted?.problems ?? []) {
    output.error(`section-leaks: ${problem}\n`);
  }
  if (linted?.failed === true) {
    return EXIT_CODES.failed;
  }
  const platform = await openPlatform();
  if ('refusal' in platform) {
    return fail(platform.refusal);
  }
  const launched = program !== undefined;
  const printer = new Printer(options, output, new WatchText(linted?.sites ?? [], output.colour), launched);
  const interrupt = () => {
    printer.finish('interrupted');
  };
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const watched = await begin(
    platform,
    options,
    program === undefined ? null : { program, args, output: 'standard-error' },
    printer,
  );
  if ('refusal' in watched) {
    return fail(watched.refusal);
  }
  return await watchUntilOver(watched, options, printer, output);
}

/** The analysis is loaded only where it is asked for: a watch has to begin at once. */
async function lintedSites({ lint, folder }: WatchOptions): Promise<LintedSites | undefined> {
  return lint === undefined ? undefined : await (await import('./watch-sites.ts')).lintedSites(lint, folder);
}

async function begin(
  platform: Platform,
  options: WatchOptions,
  order: LaunchOrder | null,
  printer: Printer,
): Promise<WatchedProgram | { readonly watching: Watching; readonly launched?: never } | Refusal> {
  if (order !== null) {
    return await watchProgram(platform, order, intervalOf(options), printer, { withChildren: true });
  }
  const { pid = 0, children = false } = options;
  const watching = watchProcess(platform, pid, intervalOf(options), printer, { withChildren: children });
  return 'refusal' in watching ? watching : { watching };
}

function intervalOf({ interval, failOnGrowth }: WatchOptions): number {
  return interval ?? (failOnGrowth === undefined ? DEFAULT_INTERVAL_MS : GROWTH_INTERVAL_MS);
}

async function watchUntilOver(
  { watching, launched }: { readonly watching: Watching; readonly launched?: WatchedProgram['launched'] },
  options: WatchOptions,
  printer: Printer,
  output: Output,
): Promise<number> {
  const { seconds } = options;
  const timeIsOver = () => {
    printer.finish('time is over');
  };
  const deadline = seconds === undefined ? undefined : setTimeout(timeIsOver, seconds * 1000);
  const end = await printer.over;
  clearTimeout(deadline);
  const last = Date.parse(watching.sample?.time ?? '');
  if (end === 'time is over' && Date.now() - last > intervalOf(options) / 2) {
    watching.lookOnce();
  }
  watching.stop();
  if (launched !== undefined && typeof end === 'string') {
    await launched.terminate();
    output.error(`section-leaks: process ${launched.pid} was started for this watch and is ended with it.\n`);
  }
  await printer.printEnd(watching, typeof end === 'string' ? null : end.reason);
  const growth = watching.leastGrowth;
  if (options.failOnGrowth !== undefined && growth > options.failOnGrowth) {
    output.error(
      `section-leaks: the bytes held by no view have grown by ${formatBytes(growth)} at least, and ${formatBytes(options.failOnGrowth)} are allowed.\n`,
    );
    return EXIT_CODES.findings;
  }
  return launched !== undefined && typeof end !== 'string' ? (await launched.ended).exitCode : EXIT_CODES.success;
}

/** Why a watch is over: the watcher's reasons, or the process's own. */
type End = 'time is over' | 'interrupted' | 'nobody reads' | { readonly reason: string };

class Printer implements WatchListener {
  readonly #options: WatchOptions;
  readonly #output: Output;
  readonly #text: WatchText;
  /** What the program prints would stand between what is drawn. */
  readonly #redraws: boolean;
  #printing = Promise.resolve(true);
  readonly over: Promise<End>;
  #finish: (end: End) => void = () => undefined;

  constructor(options: WatchOptions, output: Output, text: WatchText, launched: boolean) {
    this.#options = options;
    this.#output = output;
    this.#text = text;
    this.#redraws = output.columns !== null && !launched;
    this.over = new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  finish(end: End): void {
    this.#finish(end);
  }

  sampled(sample: Sample, watching: Watching): void {
    this.#print(this.#sampleText(sample, watching));
  }

  ended(reason: string): void {
    this.finish({ reason });
  }

  /** @param reason of the process, where it is not running any more */
  async printEnd({ sample }: Watching, reason: string | null): Promise<void> {
    if (reason !== null && this.#options.format === 'json') {
      this.#output.error(`section-leaks: ${reason}\n`);
    } else if (sample !== null && this.#options.format === 'text') {
      // On a terminal the rows stand there already.
      const rows = this.#redraws ? '' : this.#text.details(sample);
      this.#print(`${rows}${this.#text.notes(sample)}${reason === null ? '' : `${reason}\n`}`);
    }
    await this.#printing;
  }

  #sampleText(sample: Sample, { sample: full, points }: Watching): string {
    if (this.#options.format === 'json') {
      return `${JSON.stringify(sample)}\n`;
    }
    if (full === null) {
      return '';
    }
    return this.#redraws ? this.#text.redraw(full, points, this.#output.columns ?? 0) : this.#text.line(full, points);
  }

  #print(text: string): void {
    this.#printing = this.#printing.then(async () => {
      const read = await this.#output.print(text);
      if (!read) {
        this.finish('nobody reads');
      }
      return read;
    });
  }
}
