/**
 * The user's cache folder, where the large things of the tests lie (the real VS Code, browser profiles): outside of the
 * clone, so that several clones share them and a cleaned clone keeps them.
 */
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { env, pid, platform } from 'node:process';
import { isRunning } from './processes.ts';

const PARTIAL = '.partial-';

/** One folder a thing, with its version in the name. */
export function cacheFolder(thing: string): string {
  return join(baseFolder(), 'section-leaks', thing);
}

/** Fills a folder of the cache: in one beside it, which takes its place once it is whole. */
export async function fillFolder(folder: string, fill: (folder: string) => Promise<void>): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  await removeLeftovers(folder, PARTIAL);
  const partial = `${folder}${PARTIAL}${pid}`;
  try {
    await mkdir(partial);
    await fill(partial);
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** Removes what programs that have ended have left beside a folder: its name, an ending, and the program's number. */
export async function removeLeftovers(folder: string, ending: string): Promise<void> {
  const parent = dirname(folder);
  for (const name of await readdir(parent)) {
    const [, owner] = name.split(`${basename(folder)}${ending}`);
    if (owner !== undefined && !isRunning(Number(owner))) {
      await rm(join(parent, name), { recursive: true, force: true });
    }
  }
}

function baseFolder(): string {
  switch (platform) {
    case 'win32':
      return env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
    case 'darwin':
      return join(homedir(), 'Library', 'Caches');
    default:
      return nonEmpty(env.XDG_CACHE_HOME) ?? join(homedir(), '.cache');
  }
}

function nonEmpty(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
