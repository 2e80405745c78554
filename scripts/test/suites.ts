/** The suites of `npm test`, in their order, and how one is run. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { env, execPath } from 'node:process';
import {
  C_COMPILER,
  CHROMIUM,
  CODE_SERVER,
  DOTNET,
  LINUX,
  LLDB_DAP,
  MINGW,
  type Need,
  WINDOWS,
} from '../setup/needs.ts';
import { run } from '../setup/processes.ts';
import { readResults, RESULTS_VARIABLE, type TestResult } from './results.ts';

export interface Suite {
  readonly name: string;
  readonly title: string;
  readonly needs: readonly Need[];
  /** It runs what `build` has bundled. */
  readonly usesBundles: boolean;
  run(): Promise<readonly TestResult[]>;
}

/** A script for Node and its parameters. */
type Command = readonly [script: string, ...parameters: string[]];

const RESULTS_FOLDER = 'test-results';
const MODULES = 'node_modules';
const CHECK_MINUTES = 15;
const SUITE_MINUTES = 30;

const TSC = join(MODULES, 'typescript', 'bin', 'tsc');
const DEPCRUISE = join(MODULES, 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');

export const SUITES: readonly Suite[] = [
  checks('format', 'Formatting by prettier', [[join(MODULES, 'prettier', 'bin', 'prettier.cjs'), '--check', '.']]),
  checks('eslint', 'Rules of typescript-eslint', [[join(MODULES, 'eslint', 'bin', 'eslint.js'), '.']]),
  checks('types', 'Types', [
    [TSC, '-p', '.'],
    [TSC, '-p', 'src/monitor/panel/view'],
  ]),
  checks('walls', 'Walls between the parts', [[DEPCRUISE, '--config', '.dependency-cruiser.json', 'src', 'native']]),
  checks('unused', 'Unused code by knip', [[join(MODULES, 'knip', 'bin', 'knip.js')]]),
  checks('build', 'Bundles', [['scripts/build.ts']]),
  mocha('unit', 'Unit tests', 'test/unit/**/*.test.ts'),
  mocha('server', 'Language server by its protocol', 'test/server/**/*.test.ts'),
  mocha('adapter', 'Debug adapter by its protocol', 'test/adapter/**/*.test.ts', [LINUX, C_COMPILER, DOTNET]),
  mocha('cli', 'Command line and samples', 'test/cli/**/*.test.ts', [C_COMPILER, DOTNET]),
  mocha('windows', 'Windows programs under Wine', 'test/windows/**/*.test.ts', [WINDOWS, MINGW, DOTNET]),
  mocha('panel', "The panel's page in a browser", 'test/panel/**/*.test.ts', [CHROMIUM]),
  program(
    'host',
    'Inside the extension host of the real VS Code',
    ['test/vscode/run-in-host.ts'],
    [LINUX, CODE_SERVER, CHROMIUM, C_COMPILER],
  ),
  program(
    'scenarios',
    "The user's way in the real VS Code",
    ['test/vscode/run-scenarios.ts'],
    [LINUX, CODE_SERVER, CHROMIUM, LLDB_DAP, C_COMPILER],
  ),
];

/** Each command is one test. */
function checks(name: string, title: string, commands: readonly Command[]): Suite {
  return {
    name,
    title,
    needs: [],
    usesBundles: false,
    run: async () => {
      const results: TestResult[] = [];
      for (const command of commands) {
        results.push(await check(command));
      }
      return results;
    },
  };
}

async function check(command: Command): Promise<TestResult> {
  const name = command.join(' ');
  const started = performance.now();
  const { code, reason } = await run(execPath, command, { limitMinutes: CHECK_MINUTES });
  const ms = performance.now() - started;
  return code === 0 ? { name, ok: true, ms } : { name, ok: false, error: reason ?? `exit code ${code ?? '?'}`, ms };
}

function mocha(name: string, title: string, pattern: string, needs: readonly Need[] = []): Suite {
  return program(name, title, ['scripts/test/mocha.ts', pattern], needs);
}

/** A program that leaves a results file. */
function program(name: string, title: string, command: Command, needs: readonly Need[]): Suite {
  return { name, title, needs, usesBundles: true, run: () => runReporting(name, command) };
}

async function runReporting(name: string, command: Command): Promise<readonly TestResult[]> {
  const file = join(process.cwd(), RESULTS_FOLDER, `${name}.json`);
  await mkdir(RESULTS_FOLDER, { recursive: true });
  await rm(file, { force: true });
  const { code, reason } = await run(execPath, command, {
    environment: { ...env, [RESULTS_VARIABLE]: file },
    limitMinutes: SUITE_MINUTES,
  });
  const tests = (await readResults(file))?.tests ?? [];
  const problem = problemOf(tests, code, reason);
  return problem === undefined ? tests : [...tests, { name: command.join(' '), ok: false, error: problem, ms: 0 }];
}

/** What is wrong with the run as a whole, beyond the tests that say so themselves. */
function problemOf(tests: readonly TestResult[], code: number | null, reason: string | undefined): string | undefined {
  if (code === null) {
    return reason ?? 'it ended without an exit code';
  }
  if (tests.length === 0) {
    return `it ended with exit code ${code} and no test ran`;
  }
  return code !== 0 && tests.every(({ ok }) => ok) ? `no test failed, but it ended with exit code ${code}` : undefined;
}
