/**
 * The real VS Code of the tests and of `npm run code`: npm's `code-server` with a Node 24 of its own, in the user's
 * cache folder. Run as a program it installs what is missing.
 *
 * code-server compiles its native modules against the headers of the Node that runs it, so that Node comes as a package
 * with headers, and `nodedir` points to it whatever the user's npm configuration says. Its install script reads the
 * version of Node out of `npm_config_user_agent`, which an outer `npm test` under another Node hands down: it is taken
 * out, so that npm writes it anew.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { arch, env, platform, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import { cacheFolder, fillFolder } from './cache.ts';
import { runNpm, type NpmOptions } from './npm.ts';

const CODE_SERVER_VERSION = '4.139.1';
const NODE_VERSION = '24.21.0';
const MARKER = 'installed.json';

/** npm packages that hold nothing but Node's program and headers, by the platform they are for. */
const NODE_PACKAGE = `${platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node'}-${platform}-${arch}`;

export interface CodeServer {
  /** The Node program to run it with. */
  readonly node: string;
  /** The script to give to that Node. */
  readonly entry: string;
  /** To be first on the server's PATH. */
  readonly binFolder: string;
}

/** @returns undefined where it is not installed, or only half */
export async function findCodeServer(): Promise<CodeServer | undefined> {
  const folder = installationFolder();
  const marker = await readFile(join(folder, MARKER), 'utf8').catch(() => '');
  const found = pathsIn(folder);
  return marker === markerText() && existsSync(found.node) && existsSync(found.entry) ? found : undefined;
}

/** Finds it, or installs it; says what it does. @throws where the installation fails */
export async function provideCodeServer(): Promise<CodeServer> {
  const found = await findCodeServer();
  if (found !== undefined) {
    return found;
  }
  const folder = installationFolder();
  stdout.write(
    `Installing code-server ${CODE_SERVER_VERSION} (the real VS Code) into ${folder}:\n` +
      '  once, about 620 MB; it compiles native modules, which takes two to five minutes.\n',
  );
  await fillFolder(folder, installInto);
  stdout.write(`code-server ${CODE_SERVER_VERSION} is installed.\n`);
  return pathsIn(folder);
}

async function installInto(folder: string): Promise<void> {
  await installPackage(join(folder, 'node'), NODE_PACKAGE, NODE_VERSION);
  const { binFolder, node } = pathsIn(folder);
  await installPackage(join(folder, 'server'), 'code-server', CODE_SERVER_VERSION, {
    node,
    environment: {
      ...env,
      PATH: `${binFolder}${delimiter}${env.PATH ?? ''}`,
      npm_config_nodedir: dirname(binFolder),
      npm_config_user_agent: undefined,
    },
  });
  await writeFile(join(folder, MARKER), markerText());
}

async function installPackage(folder: string, name: string, version: string, options: NpmOptions = {}): Promise<void> {
  await mkdir(folder, { recursive: true });
  // npm 11 runs the install scripts of allowed packages only; older ones run all.
  const manifest = { private: true, allowScripts: { [name]: true } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await runNpm(['install', '--ignore-scripts=false', '--no-audit', '--no-fund', `${name}@${version}`], {
    ...options,
    folder,
  });
}

function pathsIn(folder: string): CodeServer {
  const binFolder = join(folder, 'node', 'node_modules', NODE_PACKAGE, 'bin');
  return {
    binFolder,
    node: join(binFolder, 'node'),
    entry: join(folder, 'server', 'node_modules', 'code-server', 'out', 'node', 'entry.js'),
  };
}

function installationFolder(): string {
  return cacheFolder(`code-server-${CODE_SERVER_VERSION}`);
}

function markerText(): string {
  return JSON.stringify({ codeServer: CODE_SERVER_VERSION, node: NODE_VERSION, platform, arch });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await provideCodeServer();
}
