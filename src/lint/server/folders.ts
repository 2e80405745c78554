/** The workspace's folders with the settings that hold in each, and whether a file is to be linted under them. */
import { dirname, isAbsolute, relative, sep } from 'node:path';
import { isLintable } from '../../analyzers/workspace.ts';
import { isIgnored, scopeOf } from '../files/ignore-rules.ts';
import type { LintSettings } from '../protocol.ts';

export interface Folder {
  readonly path: string;
  readonly settings: LintSettings;
}

export class Folders {
  readonly all: readonly Folder[];
  /** Settings of the workspace, for files in none of its folders and for what no folder can choose for itself. */
  readonly common: LintSettings;

  constructor(all: readonly Folder[], common: LintSettings) {
    // Innermost first, so that the first folder that contains a file is the one whose settings hold.
    this.all = all.toSorted((a, b) => b.path.length - a.path.length);
    this.common = common;
  }

  settingsOf(file: string): LintSettings {
    return this.#folderOf(file)?.settings ?? this.common;
  }

  /** Whether the user wants the file linted when it is open; .gitignore files do not matter then. */
  wants(file: string): boolean {
    const folder = this.#folderOf(file);
    const { enable, exclude } = folder?.settings ?? this.common;
    return enable && isLintable(file) && !isIgnored([scopeOf(folder?.path ?? dirname(file), exclude)], file, false);
  }

  /** Folders that are to be indexed: those inside others are indexed with their own settings, too. */
  get enabled(): readonly Folder[] {
    return this.all.filter(({ settings }) => settings.enable);
  }

  /** Whether other files belong to the index under `other` than under these. */
  indexesDifferently(other: Folders): boolean {
    return indexKey(this) !== indexKey(other);
  }

  #folderOf(file: string): Folder | undefined {
    return this.all.find(({ path }) => isBelow(file, path));
  }
}

function isBelow(file: string, folder: string): boolean {
  const path = relative(folder, file);
  return path !== '' && path.split(sep)[0] !== '..' && !isAbsolute(path);
}

function indexKey({ all, common }: Folders): string {
  return JSON.stringify([
    common.strictness,
    all.map(({ path, settings }) => [path, settings.enable, settings.exclude]),
    [common.enable, common.exclude],
  ]);
}
