/**
 * What an extension host calls: runs all tests and, as its last act, writes what became of them. The host ends when the
 * promise is settled; it has failed when it is rejected.
 */
import Mocha from 'mocha';
import { describeError, writeResults, type TestResult } from '../results.ts';

/** Two cores shared with a browser: analysis and monitor need their time. */
const TEST_LIMIT_MS = 30_000;

export async function run(): Promise<void> {
  process.setSourceMapsEnabled(true);
  const mocha = new Mocha({ ui: 'bdd', timeout: TEST_LIMIT_MS });
  mocha.fgrep(process.env.SECTION_LEAKS_HOST_TESTS ?? '');
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await import('./activation.test.ts');
  await import('./diagnostics.test.ts');
  await import('./editing.test.ts');
  await import('./monitor.test.ts');
  const results: TestResult[] = [];
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('pass', (test) => {
      results.push({ name: test.fullTitle(), ok: true, ms: test.duration ?? 0 });
    });
    runner.on('fail', (test, error) => {
      results.push({ name: test.fullTitle(), ok: false, error: describeError(error), ms: test.duration ?? 0 });
    });
  });
  const file = process.env.SECTION_LEAKS_HOST_RESULTS;
  if (file !== undefined) {
    writeResults(file, results);
  }
  if (failures > 0) {
    throw new Error(`${failures} tests failed`);
  }
}
