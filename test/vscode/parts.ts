/** What the tests in the real VS Code need of the machine: where each part is, or a sentence on how to get it. */
import { chromium, type Browser } from 'playwright-core';
import { findCodeServer, type CodeServer as CodeServerInstallation } from '../../scripts/setup/code-server.ts';
import { findCCompiler, findChromium, findLldbDap } from '../../scripts/setup/programs.ts';
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
  const executablePath = findChromium() ?? missing('there is no Chromium; on Debian `apt-get install chromium`.');
  return await chromium.launch({ executablePath, args: CHROMIUM_ARGUMENTS });
}

/** Ends the program where there is no lldb-dap; `lldb-dap-extension` finds it by the same names. */
export function requireLldbDap(): void {
  if (findLldbDap() === undefined) {
    missing('there is no lldb-dap; on Debian `apt-get install lldb-19`.');
  }
}

export function cCompiler(): string {
  return findCCompiler() ?? missing('there is no C compiler; on Debian `apt-get install gcc libc6-dev`.');
}
