/**
 * Runs the suite of `suite/` inside the extension host of code-server, by the same `run()` that `@vscode/test-electron`
 * calls (`run-electron.ts`). The host's own exit code is not enough: one that crashed reports 0 too, so the results that
 * `run()` writes as its last act are required. An argument chooses the tests whose names contain it.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { format } from 'node:util';
import { startCodeServer } from './code-server.ts';
import { codeServerInstallation, startBrowser } from './parts.ts';
import { conclude, type TestResult } from './results.ts';
import { bundleSuite, suiteEnvironment } from './suite-bundle.ts';
import { workbenchAddress } from './workbench.ts';
import { REPOSITORY, samplesWorkspace } from './workspace.ts';

const EVIDENCE = join(REPOSITORY, 'test-results', 'vscode', 'host');
const LIMIT_MS = 150_000;

const installation = await codeServerInstallation();
await using browser = await startBrowser();
using workspace = samplesWorkspace();
const suite = await bundleSuite();
const environment = suiteEnvironment(workspace);
rmSync(environment.SECTION_LEAKS_HOST_RESULTS, { force: true });

await using server = await startCodeServer(installation, {
  ...environment,
  SECTION_LEAKS_HOST_TESTS: process.argv[2] ?? '',
});
const page = await browser.newPage();
const ended = Promise.withResolvers<string>();
const said: string[] = [];
await page.exposeFunction('codeAutomationExit', (code: number) => {
  ended.resolve(`exit code ${code}`);
});
await page.exposeFunction('codeAutomationLog', (kind: string, words: unknown[]) => {
  said.push(`${kind}: ${format(...words)}`);
});
await page.goto(workbenchAddress(server, { folder: workspace.folder, extensions: [REPOSITORY], tests: suite }));
const how = await Promise.race([ended.promise, delay(LIMIT_MS, `no end within ${LIMIT_MS / 1_000} s`, { ref: false })]);
const tests = testsOf(environment.SECTION_LEAKS_HOST_RESULTS) ?? [
  { name: 'the extension host runs the suite to its end', ok: false, error: `${how}\n${said.join('\n')}`, ms: 0 },
];
if (tests.some((test) => !test.ok)) {
  server.keepLogs(EVIDENCE);
  await page.screenshot({ path: join(EVIDENCE, 'workbench.png') });
}
conclude(tests);

function testsOf(file: string): readonly TestResult[] | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { tests: TestResult[] }).tests : undefined;
}
