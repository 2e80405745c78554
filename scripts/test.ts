/**
 * `npm test`: prepares what the suites need, runs them in order and counts.
 *
 *     npm test -- [--only NAME[,NAME]] [--install] [--list]
 *
 * A suite whose needs cannot be met is skipped with the reason; with CI=true it fails. System packages are installed
 * with CI=true or --install only.
 */
import { env, exit, stderr, stdout } from 'node:process';
import { parseArgs, styleText } from 'node:util';
import { meet, type Need } from './setup/needs.ts';
import type { TestResult } from './test/results.ts';
import { type Suite, SUITES } from './test/suites.ts';

interface SuiteOutcome {
  readonly suite: Suite;
  readonly tests: readonly TestResult[];
  /** Why it did not run. */
  readonly skipped?: string;
  readonly seconds: number;
}

const inCi = env.CI === 'true';
const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    install: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
});

if (options.list) {
  stdout.write(SUITES.map(({ name, title }) => `${name.padEnd(10)} ${title}\n`).join(''));
} else {
  const suites = chooseSuites(options.only.flatMap((names) => names.split(',')));
  const unmet = await prepare(suites);
  const outcomes: SuiteOutcome[] = [];
  for (const suite of suites) {
    outcomes.push(await runSuite(suite, unmet));
  }
  report(outcomes);
}

function chooseSuites(names: readonly string[]): readonly Suite[] {
  const unknown = names.filter((name) => !SUITES.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    stderr.write(`There is no suite ${unknown.join(', ')}; there are ${SUITES.map(({ name }) => name).join(', ')}.\n`);
    exit(2);
  }
  if (names.length === 0) {
    return SUITES;
  }
  const buildFirst = SUITES.some(({ name, usesBundles }) => usesBundles && names.includes(name));
  return SUITES.filter(({ name }) => names.includes(name) || (buildFirst && name === 'build'));
}

async function prepare(suites: readonly Suite[]): Promise<ReadonlyMap<Need, string>> {
  heading('set-up', 'What the suites need');
  const needs = [...new Set(suites.flatMap((suite) => suite.needs))];
  const unmet = await meet(needs, { mayInstallPackages: inCi || options.install });
  const state = needs.map((need) => unmet.get(need) ?? `${need.what}: there.`);
  stdout.write(state.length === 0 ? 'Nothing but npm ci.\n' : `${state.join('\n')}\n`);
  return unmet;
}

async function runSuite(suite: Suite, unmet: ReadonlyMap<Need, string>): Promise<SuiteOutcome> {
  heading(suite.name, suite.title);
  const reasons = suite.needs.flatMap((need) => unmet.get(need) ?? []);
  if (reasons.length > 0) {
    const reason = reasons.join(' ');
    stdout.write(styleText('yellow', `${inCi ? 'CANNOT RUN' : 'SKIPPED'}: ${reason}\n`));
    const failure = { name: suite.title, ok: false, error: `it cannot run: ${reason}`, ms: 0 };
    return inCi ? { suite, tests: [failure], seconds: 0 } : { suite, tests: [], skipped: reason, seconds: 0 };
  }
  const started = performance.now();
  const tests = await suite.run();
  const seconds = (performance.now() - started) / 1000;
  stdout.write(`${suite.name}: ${counts(tests)} (${seconds.toFixed(1)} s)\n`);
  return { suite, tests, seconds };
}

function report(outcomes: readonly SuiteOutcome[]): void {
  heading('summary', 'All suites');
  for (const { suite, tests, skipped, seconds } of outcomes) {
    const line = `${suite.name.padEnd(10)} ${(skipped === undefined ? counts(tests) : 'skipped').padEnd(24)} ${seconds.toFixed(1).padStart(7)} s`;
    stdout.write(`${line}${skipped === undefined ? '' : `  ${skipped}`}\n`);
    for (const { name, error } of tests.filter(({ ok }) => !ok)) {
      stdout.write(styleText('red', `  failed: ${name}: ${firstLine(error)}\n`));
    }
  }
  const tests = outcomes.flatMap((outcome) => outcome.tests);
  const skipped = outcomes.filter((outcome) => outcome.skipped !== undefined).length;
  stdout.write(`\n${counts(tests)}${skipped === 0 ? '' : `, ${skipped} skipped`}\n`);
  process.exitCode = tests.every(({ ok }) => ok) ? 0 : 1;
}

function counts(tests: readonly TestResult[]): string {
  const passed = tests.filter(({ ok }) => ok).length;
  return `${passed} passed, ${tests.length - passed} failed`;
}

function firstLine(text = 'it failed'): string {
  return text.split('\n', 1).join('');
}

function heading(name: string, title: string): void {
  stdout.write(`\n${styleText('bold', `== ${name}: ${title} ==`)}\n`);
}
