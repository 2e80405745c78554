/** The command line: which commands there are, and what each is given. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { DEFAULT_SCAN_SECONDS } from '../monitor/scan/scanning.ts';
import { DEFAULT_INTERVAL_MS, LEAST_INTERVAL_MS } from '../monitor/watching.ts';
import { REPORT_FORMATS, type ReportFormatName } from '../lint/report/index.ts';
import { TOOL } from '../lint/tool.ts';
import { bytesOption } from './bytes-option.ts';
import { DUMP_FORMATS, type DumpOptions, runDump } from './dump.ts';
import { type InferOptions, runInfer } from './infer.ts';
import { runLanguageServer } from './lsp.ts';
import { runLint } from './lint.ts';
import { EXIT_CODES, standardOutput } from './output.ts';
import { runScan, SCAN_FORMATS, type ScanOptions } from './scan.ts';
import { runSelftest, SELFTEST_FORMATS, type SelftestOptions } from './selftest.ts';
import { GROWTH_INTERVAL_MS, runWatch, WATCH_FORMATS, type WatchOptions } from './watch.ts';

const EXIT_CODE_HELP = `
Exit codes:
  ${EXIT_CODES.success}  lint: nothing found; watch, scan: it was watched; watch of a program that ended by itself: its code
  ${EXIT_CODES.findings}  lint: there are findings; watch: --fail-on-growth was exceeded; dump: --fail-on was; selftest: a fact is otherwise than the monitor expects
  ${EXIT_CODES.failed}  the command could not run: a path that does not exist or cannot be read, a process that
     does not exist or may not be read, a wrong option`;

interface LintArguments {
  readonly format: ReportFormatName;
  readonly strict: boolean;
  readonly exclude: readonly string[];
  readonly baseline?: string;
  readonly writeBaseline?: string;
}

function program(): Command {
  const command = new Command(TOOL.name)
    .description('Finds memory that belongs to no process: sections, views and pointers that are never released.')
    .version(TOOL.version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', EXIT_CODE_HELP)
    .exitOverride((error) => {
      // commander ends with 1 on a wrong option, which means "findings" here.
      process.exitCode = error.exitCode === 0 ? EXIT_CODES.success : EXIT_CODES.failed;
      throw error;
    });
  addLint(command);
  addInfer(command);
  addScan(command);
  addWatch(command);
  addDump(command);
  addSelftest(command);
  addLanguageServer(command);
  return command;
}

function addLint(parent: Command): void {
  parent
    .command('lint')
    .description('lint C, C++, C#, TypeScript and JavaScript sources; .gitignore files are obeyed')
    .argument('[paths...]', 'files and folders', ['.'])
    .addOption(
      new Option('--format <format>', 'how the findings are printed')
        .choices(Object.keys(REPORT_FORMATS))
        .default('text'),
    )
    .option('--strict', 'report uncertain findings too, as hints that name their doubts', false)
    .option('--baseline <file>', 'report only findings that this file does not know')
    .option('--write-baseline <file>', 'write the findings as such a file')
    .option('--exclude <glob>', 'leave out paths, in the manner of .gitignore; may be repeated', collect, [])
    .addHelpText('after', EXIT_CODE_HELP)
    .action(async (paths: readonly string[], options: LintArguments) => {
      process.exitCode = await runLint(paths, { ...options, folder: process.cwd() }, standardOutput());
    });
}

function addInfer(parent: Command): void {
  parent
    .command('infer')
    .description('print what functions make and give back, as a .section-leaks.json for those who lack their source')
    .argument('[paths...]', 'files and folders', ['.'])
    .option('--exclude <glob>', 'leave out paths, in the manner of .gitignore; may be repeated', collect, [])
    .action(async (paths: readonly string[], options: Pick<InferOptions, 'exclude'>) => {
      process.exitCode = await runInfer(paths, { ...options, folder: process.cwd() }, standardOutput());
    });
}

function addScan(parent: Command): void {
  parent
    .command('scan')
    .description('find the processes that hold sections whose bytes no view holds')
    .option('--seconds <n>', 'from the first look to the last: tells what grows', wholeNumber(0), DEFAULT_SCAN_SECONDS)
    .addOption(new Option('--format <format>', 'text, or one JSON object').choices(SCAN_FORMATS).default('text'))
    .option('--all', 'list processes too that hold nothing unowned', false)
    .addHelpText('after', EXIT_CODE_HELP)
    .action(async (options: ScanOptions) => {
      process.exitCode = await runScan(options, standardOutput());
    });
}

function addWatch(parent: Command): void {
  parent
    .command('watch')
    .description('watch the sections that a process holds, and those of their bytes that no view holds')
    .argument('[program...]', 'after --: a program to start and its arguments')
    .option('--pid <pid>', 'the process to watch; it is left running', wholeNumber(1))
    .option('--seconds <n>', 'how long to watch; without it until the process ends, or Ctrl+C', wholeNumber(1))
    .option(
      '--interval <ms>',
      `time between samples; ${DEFAULT_INTERVAL_MS}, and ${GROWTH_INTERVAL_MS} with --fail-on-growth`,
      wholeNumber(LEAST_INTERVAL_MS),
    )
    .addOption(
      new Option('--format <format>', 'text, or a JSON object a line: the first whole, then what changed')
        .choices(WATCH_FORMATS)
        .default('text'),
    )
    .option(
      '--children',
      'with --pid: watch what its children hold too; a program that is started is watched with them',
    )
    .option(
      '--fail-on-growth <bytes>',
      'end with 1 if the bytes held by no view have surely grown by more, for example 1MiB',
      bytesOption,
    )
    .option('--lint <folder>', 'the sources of the program: sections are shown by the line that made them')
    .addHelpText(
      'after',
      `
A program that is started here prints to standard error. If it ends by itself the watch ends with its exit code; else it
is ended when the watch is over.
${EXIT_CODE_HELP}`,
    )
    .action(async (program: readonly string[], options: Omit<WatchOptions, 'program' | 'folder'>) => {
      const watch = { ...options, program, folder: process.cwd() };
      process.exitCode = await runWatch(watch, standardOutput());
    });
}

function addDump(parent: Command): void {
  parent
    .command('dump')
    .description('say which sections a dump, a WinDbg log, a trace or a listing holds; two files are compared')
    .argument('<files...>', 'of any kind that is known; what is in a file decides, not its name')
    .addOption(new Option('--format <format>', 'how it is printed').choices(DUMP_FORMATS).default('text'))
    .option('--fail-on <bytes>', 'end with 1 if the sections of a file hold more, for example 1GiB', bytesOption)
    .option('--lint <folder>', 'the sources of the program: says what the lint finds at the lines that made sections')
    .addHelpText('after', EXIT_CODE_HELP)
    .action(async (files: readonly string[], options: Omit<DumpOptions, 'folder'>) => {
      process.exitCode = await runDump(files, { ...options, folder: process.cwd() }, standardOutput());
    });
}

function addSelftest(parent: Command): void {
  parent
    .command('selftest')
    .description('say which facts that the monitor stands on hold on this machine')
    .addOption(new Option('--format <format>', 'text, or one JSON object').choices(SELFTEST_FORMATS).default('text'))
    .option('--record <file>', 'write what the system answered there, as bytes to replay')
    .addOption(new Option('--hold-sections').hideHelp())
    .addHelpText('after', EXIT_CODE_HELP)
    .action(async (options: SelftestOptions) => {
      process.exitCode = await runSelftest(options, standardOutput());
    });
}

function wholeNumber(least: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (!/^\d+$/u.test(value) || number < least || !Number.isSafeInteger(number)) {
      throw new InvalidArgumentError(`It is a whole number, ${least} or more.`);
    }
    return number;
  };
}

function addLanguageServer(parent: Command): void {
  parent
    .command('lsp')
    .description('speak the Language Server Protocol on standard input and output')
    .action(runLanguageServer);
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') {
    throw error;
  }
});

program()
  .parseAsync()
  .catch((error: unknown) => {
    // commander has printed its own errors and set the exit code.
    if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('commander.'))) {
      process.stderr.write(`section-leaks: ${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = EXIT_CODES.failed;
    }
  });
