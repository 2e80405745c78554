/**
 * The files below a path that the lint reads. Symbolic links inside a folder are not followed, as git does not follow
 * them: nothing is read twice and no loop can arise. A path named by the user may itself be a link.
 */
import { readdir, stat } from 'node:fs/promises';
import type { Dirent } from 'node:fs';
import { join, relative } from 'node:path';
import { isLintable } from '../../analyzers/workspace.ts';
import { gitignoreOf, type IgnoreScopes, isIgnored, isNeverLinted, scopeOf, scopesAbove } from './ignore-rules.ts';
import { accessProblem, type FileProblem } from './problem.ts';

export interface DiscoveryOptions {
  /** Globs in the manner of .gitignore. */
  readonly exclude: readonly string[];
  /** The folder to which the globs are relative. */
  readonly base: string;
}

export type Discovered =
  | { readonly file: string }
  /** `atRoot`: the very path that was asked for cannot be linted, not something below it. */
  | { readonly problem: FileProblem; readonly atRoot: boolean };

/** Files in the order of their names, depth first; a file given as `root` is taken even where it is ignored. */
export async function* discover(root: string, options: DiscoveryOptions): AsyncGenerator<Discovered> {
  const kind = await kindOf(root);
  if (typeof kind === 'object') {
    yield { problem: kind, atRoot: true };
  } else if (kind === 'file') {
    yield isLintable(root) ? { file: root } : { problem: notLintable(root), atRoot: true };
  } else {
    // The base of globs outside the root would never match: then they are relative to the root.
    const base = relative(options.base, root).startsWith('..') ? root : options.base;
    yield* discoverBelow(root, { git: await scopesAbove(root), user: [scopeOf(base, options.exclude)] }, true);
  }
}

/** Two lists, for a .gitignore must not take back what the user excludes. */
interface Exclusion {
  readonly git: IgnoreScopes;
  readonly user: IgnoreScopes;
}

async function* discoverBelow(folder: string, outer: Exclusion, atRoot: boolean): AsyncGenerator<Discovered> {
  let entries: readonly Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    yield { problem: accessProblem(folder, error), atRoot };
    return;
  }
  const names = entries.map((entry) => entry.name);
  const git = names.includes('.gitignore') ? [...outer.git, ...(await gitignoreOf(folder))] : outer.git;
  const isExcluded = (path: string, isFolder: boolean): boolean =>
    isIgnored(git, path, isFolder) || isIgnored(outer.user, path, isFolder);
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isFile() && isLintable(entry.name) && !isExcluded(path, false)) {
      yield { file: path };
    } else if (entry.isDirectory() && !isNeverLinted(entry.name, names) && !isExcluded(path, true)) {
      yield* discoverBelow(path, { git, user: outer.user }, false);
    }
  }
}

async function kindOf(path: string): Promise<'file' | 'folder' | FileProblem> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) {
      return 'folder';
    }
    return found.isFile()
      ? 'file'
      : { path, what: 'is neither a file nor a folder', next: 'Name a source file or a folder.' };
  } catch (error) {
    return accessProblem(path, error);
  }
}

function notLintable(path: string): FileProblem {
  return { path, what: 'is not C, C++, C# or TypeScript by its ending', next: 'Name a source file or a folder.' };
}
