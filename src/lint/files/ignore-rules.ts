/** Which paths are left out: .gitignore files of every folder on the way, the user's globs, and what no one lints. */
import { readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** Rules that hold below `folder`. */
interface Scope {
  readonly folder: string;
  readonly rules: Ignore;
}

/** Innermost last, as git reads them: a later rule may take an earlier one back. */
export type IgnoreScopes = readonly Scope[];

const NEVER_LINTED: ReadonlySet<string> = new Set(['node_modules', '.git', '.hg', '.svn']);

/** The build output of .NET lies beside the project file; elsewhere folders of these names may hold sources. */
const DOTNET_OUTPUT: ReadonlySet<string> = new Set(['bin', 'obj']);

export function isNeverLinted(folderName: string, siblings: readonly string[]): boolean {
  return (
    NEVER_LINTED.has(folderName) ||
    (DOTNET_OUTPUT.has(folderName) && siblings.some((name) => /\.(cs|vb|fs)proj$/u.test(name)))
  );
}

/** The user's globs, in the manner of .gitignore, relative to `folder`. */
export function scopeOf(folder: string, globs: readonly string[]): Scope {
  return { folder, rules: ignore().add(globs) };
}

/** The .gitignore of a folder, if it has one that can be read. */
export async function gitignoreOf(folder: string): Promise<IgnoreScopes> {
  return scopeOfFile(folder, join(folder, '.gitignore'));
}

/** The .gitignore files above a folder, up to the root of its repository; none outside a repository. */
export async function scopesAbove(folder: string): Promise<IgnoreScopes> {
  const parents: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    if (await exists(join(at, '.git'))) {
      const outermost = await scopeOfFile(at, join(at, '.git', 'info', 'exclude'));
      const inner = await Promise.all(parents.reverse().map(gitignoreOf));
      return [...outermost, ...inner.flat()];
    }
    if (at === dirname(at)) {
      return [];
    }
    parents.push(dirname(at));
  }
}

export function isIgnored(scopes: IgnoreScopes, path: string, isFolder: boolean): boolean {
  let ignored = false;
  for (const { folder, rules } of scopes) {
    const name = relative(folder, path).split(sep).join('/');
    if (!ignore.isPathValid(name)) {
      continue;
    }
    const result = rules.test(isFolder ? `${name}/` : name);
    ignored = result.ignored || (ignored && !result.unignored);
  }
  return ignored;
}

async function scopeOfFile(folder: string, file: string): Promise<IgnoreScopes> {
  try {
    return [{ folder, rules: ignore().add(await readFile(file, 'utf8')) }];
  } catch {
    // No such file, a folder of that name, or unreadable: git goes on without it as well.
    return [];
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
