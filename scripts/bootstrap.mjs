/**
 * What `npm start`, `npm test`, `npm run code` and `npm run bench` run first: it installs the dependencies where they
 * are missing or outdated, then hands over to `scripts/<command>.ts` under the Node 24 that npm has pinned. It uses
 * nothing but Node itself, from version 20 on.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 20;
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const stampFile = join(modules, '.section-leaks-installed');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const pinnedVersion = manifest.devDependencies.node;
const pinnedNode = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

const [command, ...parameters] = process.argv.slice(2);
checkNode();
installDependencies();
providePinnedNode();
handOver(join(root, 'scripts', `${command}.ts`), parameters);

function checkNode() {
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
    stop(
      `this is Node ${process.versions.node}, and Node ${OLDEST_NODE} or later is needed. Install one, then run it again.`,
    );
  }
}

function installDependencies() {
  const stamp = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.platform}-${process.arch}`)
    .digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) {
    return;
  }
  say(`${existsSync(modules) ? 'The dependencies have changed' : 'No dependencies yet'}: npm ci, about a minute.`);
  // Said outright, because the user's npm may be set to leave these out.
  const status = npm(
    ['ci', '--include=dev', '--include=optional', '--bin-links=true', '--no-audit', '--no-fund'],
    root,
  );
  if (status !== 0) {
    stop(`npm ci failed (see above). It needs the npm registry, and package-lock.json as it was committed.`);
  }
  writeFileSync(stampFile, stamp);
}

/** The package `node` fetches its program in an install script, which the user's npm may be set not to run. */
function providePinnedNode() {
  if (!isPinned(pinnedNode)) {
    say(`Fetching Node ${pinnedVersion}.`);
    const folder = join(modules, 'node');
    spawnSync(process.execPath, ['installArchSpecificPackage'], {
      cwd: folder,
      stdio: 'inherit',
      env: { ...process.env, npm_config_ignore_scripts: 'false' },
    });
  }
  if (!isPinned(pinnedNode)) {
    stop(
      `npm's package node@${pinnedVersion} has no program that runs here (${process.platform}, ${process.arch}). ` +
        'Delete the folder node_modules and run it again; if that does not help, npm has no Node for this machine.',
    );
  }
}

function isPinned(program) {
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return stdout?.trim() === `v${pinnedVersion}`;
}

function npm(args, folder) {
  const script = process.env.npm_execpath ?? '';
  const byNode = basename(script) === 'npm-cli.js';
  const [program, first] = byNode ? [process.execPath, [script]] : ['npm', []];
  return spawnSync(program, [...first, ...args], { cwd: folder, stdio: 'inherit', shell: !byNode }).status;
}

function handOver(script, args) {
  const path = [dirname(pinnedNode), join(modules, '.bin'), process.env.PATH].join(delimiter);
  const child = spawn(pinnedNode, [script, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: path },
  });
  // Ctrl+C reaches the child by itself; this one waits for it to tidy up.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('close', (code, signal) => {
    process.exitCode = code ?? 128 + constants.signals[signal];
  });
}

function say(text) {
  console.log(`section-leaks: ${text}`);
}

function stop(reason) {
  console.error(`section-leaks: ${reason}`);
  process.exit(1);
}
