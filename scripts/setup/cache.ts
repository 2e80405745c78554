/**
 * The user's cache folder, where the large things of the tests lie (the real VS Code, browser profiles): outside of the
 * clone, so that several clones share them and a cleaned clone keeps them.
 */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { env, platform } from 'node:process';

/** One folder a thing, with its version in the name. */
export function cacheFolder(thing: string): string {
  return join(baseFolder(), 'section-leaks', thing);
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
