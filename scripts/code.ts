/**
 * `npm run code`: the real VS Code in a browser, with this extension and the samples, until Ctrl+C. Settings and
 * extensions are its own and go away with it.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { env, execPath, exit, platform, stderr, stdout } from 'node:process';
import expected from '../test/samples/expected.json' with { type: 'json' };
import { startCodeServer } from '../test/vscode/code-server.ts';
import { workbenchAddress } from '../test/vscode/workbench.ts';
import { provideCodeServer } from './setup/code-server.ts';
import { CODE_SERVER, LINUX, meet } from './setup/needs.ts';
import { run } from './setup/processes.ts';
import { findProgram } from './setup/programs.ts';

const REPOSITORY = join(import.meta.dirname, '..');
const SAMPLES = join(REPOSITORY, 'test', 'samples');
const SHOWN_SAMPLE = 'csharp/PageFileAllocator/PageFileAllocator.cs';

const interrupted = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
const unmet = await meet([LINUX, CODE_SERVER], { mayInstallPackages: process.argv.includes('--install') });
if (unmet.size > 0) {
  stderr.write(`${[...unmet.values()].join('\n')}\n`);
  exit(1);
}
const { code } = await run(execPath, ['scripts/build.ts'], { folder: REPOSITORY });
if (code !== 0) {
  exit(1);
}
/** Lets LLVM's lldb-dap debug the C sample. */
const lldbDapExtension = join(REPOSITORY, 'test', 'vscode', 'lldb-dap-extension');
await using server = await startCodeServer(await provideCodeServer(), {}, [lldbDapExtension]);
const address = workbenchAddress(server, {
  folder: SAMPLES,
  file: join(SAMPLES, SHOWN_SAMPLE),
  line: expected[SHOWN_SAMPLE][0]?.line ?? 1,
  extensions: [REPOSITORY],
});
stdout.write(
  `\nVS Code with the extension and test/samples:\n  ${address}\n\n` +
    'The lint marks the leaking line. Start a sample with F5 and run "Section Leaks: Attach Section Monitor".\n' +
    'Ctrl+C ends it.\n',
);
openBrowser(address);
await interrupted;

/** Where there is a desktop; else the user opens the printed address. */
function openBrowser(url: string): void {
  const hasDesktop = platform === 'darwin' || (env.DISPLAY ?? env.WAYLAND_DISPLAY ?? '') !== '';
  const opener = findProgram(platform === 'darwin' ? 'open' : 'xdg-open');
  if (hasDesktop && opener !== undefined) {
    spawn(opener, [url], { stdio: 'ignore', detached: true }).unref();
  }
}
