/**
 * Runs mocha over the files that match the given patterns and leaves a results file: what the mocha suites of
 * `npm test` are. A test that is skipped counts as failed.
 */
import { globSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { argv, env, exit } from 'node:process';
import Mocha from 'mocha';
import configuration from '../../.mocharc.json' with { type: 'json' };
import { RESULTS_VARIABLE, type Results, type TestResult } from './results.ts';

const mocha = new Mocha({ ...configuration, reporter: 'dot' });
mocha.files = argv
  .slice(2)
  .flatMap((pattern) => globSync(pattern))
  .toSorted();
await mocha.loadFilesAsync();

const tests: TestResult[] = [];
const runner = mocha.run(() => {
  void finish({ tests });
});
runner.on(Mocha.Runner.constants.EVENT_TEST_PASS, (test) => {
  tests.push({ name: test.fullTitle(), ok: true, ms: test.duration ?? 0 });
});
runner.on(Mocha.Runner.constants.EVENT_TEST_FAIL, (test, error: Error) => {
  tests.push({ name: test.fullTitle(), ok: false, error: error.message, ms: test.duration ?? 0 });
});
runner.on(Mocha.Runner.constants.EVENT_TEST_PENDING, (test) => {
  tests.push({ name: test.fullTitle(), ok: false, error: 'it is skipped', ms: 0 });
});

async function finish(results: Results): Promise<void> {
  const file = env[RESULTS_VARIABLE];
  if (file !== undefined) {
    await writeFile(file, JSON.stringify(results));
  }
  exit(results.tests.every(({ ok }) => ok) ? 0 : 1);
}
