/**
 * Runs the scenarios of `scenarios/<name>/scenario.ts` in one code-server and one browser, each with a page and a copy of
 * the samples of its own: `node test/vscode/run-scenarios.ts [--update-images] [name ...]`. Of a scenario that failed,
 * pictures of its pages and the server's logs are in `test-results/vscode/<name>/`.
 */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { startCodeServer, type CodeServer } from './code-server.ts';
import { codeServerInstallation, requireLldbDap, startBrowser } from './parts.ts';
import { conclude, describeError, type TestResult } from './results.ts';
import type { Scenario } from './scenario.ts';
import { Workbench } from './workbench.ts';
import { REPOSITORY, samplesWorkspace } from './workspace.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'update-images': { type: 'boolean', default: false } },
});
const RESULTS = join(REPOSITORY, 'test-results', 'vscode');
const SCENARIOS = join(import.meta.dirname, 'scenarios');
const LLDB_DAP_EXTENSION = join(import.meta.dirname, 'lldb-dap-extension');
const pictures = values['update-images'] ? join(REPOSITORY, 'docs', 'images') : join(RESULTS, 'images');

requireLldbDap();
const installation = await codeServerInstallation();
await using browser = await startBrowser();
await using server = await startCodeServer(installation, {}, [LLDB_DAP_EXTENSION]);
const tests: TestResult[] = [];
for (const name of readdirSync(SCENARIOS).toSorted()) {
  if (positionals.length === 0 || positionals.includes(name)) {
    tests.push(await play(name, browser, server));
  }
}
conclude(tests);

async function play(name: string, browser: Browser, server: CodeServer): Promise<TestResult> {
  const { scenario } = (await import(join(SCENARIOS, name, 'scenario.ts'))) as { scenario: Scenario };
  const evidence = join(RESULTS, name);
  rmSync(evidence, { recursive: true, force: true });
  using workspace = samplesWorkspace();
  await using pages = new AsyncDisposableStack();
  const opened: Workbench[] = [];
  const started = performance.now();
  const took = (): number => Math.round(performance.now() - started);
  try {
    await scenario.run({
      workspace,
      pictures,
      open: async (options) => {
        const workbench = await Workbench.open(browser, server, {
          folder: workspace.folder,
          extensions: [REPOSITORY],
          ...options,
        });
        opened.push(pages.use(workbench));
        return workbench;
      },
    });
    return { name: scenario.title, ok: true, ms: took() };
  } catch (error) {
    server.keepLogs(evidence);
    for (const [index, { page }] of opened.entries()) {
      // A page that is gone has no picture; why the scenario failed is told all the same.
      await page.screenshot({ path: join(evidence, `page-${index}.png`) }).catch(() => undefined);
    }
    return { name: scenario.title, ok: false, error: describeError(error), ms: took() };
  }
}
