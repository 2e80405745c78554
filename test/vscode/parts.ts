/** What the tests in the real VS Code need of the machine: where each part is, or a sentence on how to get it. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { findCodeServer, type CodeServer as CodeServerInstallation } from '../../scripts/setup/code-server.ts';
import { missing } from './results.ts';

/** Quiet: nothing is looked up, updated or synchronised behind the test's back. */
const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The installation in the cache; ends the program where it is not there. */
export async function codeServerInstallation(): Promise<CodeServerInstallation> {
  return (
    (await findCodeServer()) ?? missing('code-server is not in the cache; run `node scripts/setup/code-server.ts`.')
  );
}

/** Starts the system's Chromium; ends the program where it is not there. */
export async function startBrowser(): Promise<Browser> {
  const executablePath =
    onPath('chromium', 'chromium-browser', 'google-chrome') ??
    missing('there is no Chromium; on Debian `apt-get install chromium`.');
  return await chromium.launch({ executablePath, args: CHROMIUM_ARGUMENTS });
}

export function lldbDap(): string {
  return onPath('lldb-dap-19', 'lldb-dap') ?? missing('there is no lldb-dap; on Debian `apt-get install lldb-19`.');
}

export function cCompiler(): string {
  return onPath('cc', 'gcc', 'clang') ?? missing('there is no C compiler; on Debian `apt-get install gcc libc6-dev`.');
}

function onPath(...names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => existsSync(file));
}
