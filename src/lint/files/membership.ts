/** Whether discovery from a folder would come upon a path: for what a file watcher names, without a new walk. */
import { lstat, readdir } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { isLintable } from '../../analyzers/workspace.ts';
import type { DiscoveryOptions } from './discovery.ts';
import { gitignoreOf, isIgnored, isNeverLinted, scopeOf, scopesAbove } from './ignore-rules.ts';

/** @returns what discovery would see at the path; undefined where it would not come upon it */
export async function kindBelow(
  root: string,
  path: string,
  { exclude, base }: DiscoveryOptions,
): Promise<'file' | 'folder' | undefined> {
  const fromRoot = relative(root, path);
  const below = fromRoot.split(sep);
  if (fromRoot === '' || below[0] === '..' || isAbsolute(fromRoot) || below.some((name) => isNeverLinted(name, []))) {
    return undefined;
  }
  const kind = await kindWithoutLinks(path);
  // Most of what a watcher names is no source: it is told apart before any .gitignore file is read.
  if (kind === undefined || (kind === 'file' && !isLintable(path))) {
    return undefined;
  }
  const user = [scopeOf(base, exclude)];
  let git = await scopesAbove(root);
  let at = root;
  for (const [depth, name] of below.entries()) {
    git = [...git, ...(await gitignoreOf(at))];
    at = join(at, name);
    const isFolder = depth < below.length - 1 || kind === 'folder';
    if (isIgnored(git, at, isFolder) || isIgnored(user, at, isFolder) || (isFolder && (await isLeftOut(at, name)))) {
      return undefined;
    }
  }
  return kind;
}

/** A symbolic link is neither: discovery does not follow it. */
async function kindWithoutLinks(path: string): Promise<'file' | 'folder' | undefined> {
  try {
    const found = await lstat(path);
    return found.isFile() ? 'file' : found.isDirectory() ? 'folder' : undefined;
  } catch {
    // Gone again, or not to be seen by this user: discovery would not see it either.
    return undefined;
  }
}

async function isLeftOut(folder: string, name: string): Promise<boolean> {
  try {
    return isNeverLinted(name, await readdir(dirname(folder)));
  } catch {
    return true;
  }
}
