/**
 * `npm run test:electron`: the suite of `suite/` in a VS Code that `@vscode/test-electron` downloads. It needs the
 * network and, on Linux, a display; where a download cannot be had `run-in-host.ts` runs the same suite in code-server.
 */
import { runTests } from '@vscode/test-electron';
import { bundleSuite, suiteEnvironment } from './suite-bundle.ts';
import { REPOSITORY, samplesWorkspace } from './workspace.ts';

using workspace = samplesWorkspace();
process.exitCode = await runTests({
  extensionDevelopmentPath: REPOSITORY,
  extensionTestsPath: await bundleSuite(),
  extensionTestsEnv: suiteEnvironment(workspace),
  launchArgs: [workspace.folder, '--disable-extensions', '--disable-workspace-trust'],
});
