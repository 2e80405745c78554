/**
 * One running code-server: a real VS Code whose workbench is served to a browser and whose extension host is Node. It
 * gets a home of its own (settings, extensions, configuration), a free port and a process group, and ends with all that
 * it started, whatever happens to the run.
 */
import { spawn } from 'node:child_process';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Where the cache holds code-server and the Node that it was built for. */
export interface CodeServerInstallation {
  readonly node: string;
  readonly entry: string;
}

export interface CodeServer extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** `127.0.0.1:PORT`, the authority of `vscode-remote:` URIs. */
  readonly authority: string;
  /** Copies what the server and the extension host wrote to a folder. */
  keepLogs(folder: string): void;
}

/** Inherited by all that the server starts; by it a left-over is told from everybody else's processes. */
const RUN_MARK = 'SECTION_LEAKS_TEST_RUN';
const START_SECONDS = 60;

/**
 * Starts a server; `env` is what its extension hosts get on top of ours. Extensions in the folders `installed` are there
 * as if somebody had installed them: a page's address can name only one extension under development.
 */
export async function startCodeServer(
  installation: CodeServerInstallation,
  env: NodeJS.ProcessEnv = {},
  installed: readonly string[] = [],
): Promise<CodeServer> {
  // Not below the repository: sockets lie in it, whose paths may have a hundred characters only.
  const home = mkdtempSync(join(tmpdir(), 'section-leaks-vscode-'));
  writeHome(home, installed);
  const port = await freePort();
  const mark = `${process.pid}-${port}`;
  const output = openSync(join(home, 'server.log'), 'w');
  const server = spawn(installation.node, [installation.entry, ...serverArguments(home, port)], {
    env: {
      ...process.env,
      ...env,
      EXTENSIONS_GALLERY: '{"serviceUrl":""}',
      PATH: [dirname(installation.node), process.env.PATH].join(delimiter),
      [RUN_MARK]: mark,
    },
    detached: true,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const endNow = (): void => {
    endGroup(server.pid, 'SIGKILL');
    endMarked(mark);
  };
  process.once('exit', endNow);
  const stop = async (): Promise<void> => {
    process.off('exit', endNow);
    const ended = new Promise((resolve) => server.once('exit', resolve));
    if (server.exitCode === null && server.signalCode === null) {
      endGroup(server.pid, 'SIGTERM');
      await Promise.race([ended, delay(5_000, undefined, { ref: false })]);
    }
    endNow();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  const keepLogs = (folder: string): void => {
    mkdirSync(folder, { recursive: true });
    cpSync(join(home, 'server.log'), join(folder, 'server.log'));
    const logs = join(home, 'data', 'logs');
    if (existsSync(logs)) {
      cpSync(logs, join(folder, 'logs'), { recursive: true });
    }
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    await untilHealthy(url, () => server.exitCode ?? server.signalCode);
  } catch (error) {
    const said = readFileSync(join(home, 'server.log'), 'utf8');
    await stop();
    throw new Error(`code-server did not start: ${said}`, { cause: error });
  }
  return { url, authority: `127.0.0.1:${port}`, keepLogs, [Symbol.asyncDispose]: stop };
}

function writeHome(home: string, installed: readonly string[]): void {
  mkdirSync(join(home, 'data', 'User'), { recursive: true });
  mkdirSync(join(home, 'extensions'), { recursive: true });
  for (const extension of installed) {
    cpSync(extension, join(home, 'extensions', basename(extension)), { recursive: true });
  }
  writeFileSync(join(home, 'config.yaml'), '');
  writeFileSync(join(home, 'data', 'User', 'settings.json'), JSON.stringify(SETTINGS, null, 2));
}

/** Nothing but the workbench itself: no welcome, no chat, no tips, no questions. */
const SETTINGS = {
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.colorTheme': 'Dark Modern',
  'workbench.enableExperiments': false,
  'window.commandCenter': false,
  'security.workspace.trust.enabled': false,
  'editor.minimap.enabled': false,
  'editor.stickyScroll.enabled': false,
  // Else it hides the CodeLens of the line.
  'editor.hover.above': false,
  'files.autoSave': 'off',
  'git.enabled': false,
  'debug.openDebug': 'neverOpen',
  'debug.console.wordWrap': false,
  // The samples are without the types of Node.
  'typescript.validate.enable': false,
  'debug.onTaskErrors': 'debugAnyway',
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
};

function serverArguments(home: string, port: number): string[] {
  return [
    ...['--config', join(home, 'config.yaml')],
    ...['--user-data-dir', join(home, 'data')],
    ...['--extensions-dir', join(home, 'extensions')],
    ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`],
    ...['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust'],
    // Without it the payload in the page's address (extensions under development, tests) is ignored silently.
    ...['--vscode-option', 'enable-smoke-test-driver'],
  ];
}

async function untilHealthy(url: string, exited: () => number | string | null): Promise<void> {
  const deadline = Date.now() + START_SECONDS * 1_000;
  while (Date.now() < deadline) {
    const how = exited();
    if (how !== null) {
      throw new Error(`it ended with ${how}`);
    }
    const healthy = await fetch(`${url}/healthz`).then(
      (response) => response.ok,
      () => false,
    );
    if (healthy) {
      return;
    }
    await delay(100);
  }
  throw new Error(`it did not answer within ${START_SECONDS} s`);
}

function endGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid !== undefined) {
    killQuietly(-pid, signal);
  }
}

/** Debuggees and terminals have process groups of their own: on Linux they are found by the mark they inherited. */
function endMarked(mark: string): void {
  if (!existsSync('/proc/self/environ')) {
    return;
  }
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (Number.isInteger(pid) && pid !== process.pid && environmentOf(pid).includes(`${RUN_MARK}=${mark}\0`)) {
      killQuietly(pid, 'SIGKILL');
    }
  }
}

function environmentOf(pid: number): string {
  try {
    return `${readFileSync(`/proc/${pid}/environ`, 'latin1')}\0`;
  } catch {
    return '';
  }
}

function killQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended already.
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') {
    throw new Error('The system gave no free port.');
  }
  return address.port;
}
