/** Which files of the workspace's folders are linted: found by discovery, kept up to date by the client's file watcher. */
import { sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { discover } from '../files/discovery.ts';
import { kindBelow } from '../files/membership.ts';
import type { FileProblem } from '../files/problem.ts';
import { readSource } from '../files/read-source.ts';
import type { Folder, Folders } from './folders.ts';
import type { Texts } from './texts.ts';

/** Files that are read at the same time. */
const READ_AT_ONCE = 32;

export interface IndexRun {
  readonly signal: AbortSignal;
  /** Read files that are known already again: something may have gone past the watcher. */
  readonly readAgain: boolean;
  /** A file was taken in; `count` of them so far. */
  onFile(count: number): void;
}

export class SourceIndex {
  readonly #texts: Texts;
  readonly #report: (problem: FileProblem) => void;

  constructor(texts: Texts, report: (problem: FileProblem) => void) {
    this.#texts = texts;
    this.#report = report;
  }

  /**
   * Takes in every file of the folders and forgets those that are not among them any more.
   * @returns false where the run was aborted: then nothing is forgotten
   */
  async update(folders: Folders, run: IndexRun): Promise<boolean> {
    const seen = new Set<string>();
    let batch: string[] = [];
    const readBatch = async (): Promise<void> => {
      await Promise.all(batch.map((file) => this.#read(file)));
      batch = [];
      run.onFile(seen.size);
      await setImmediate();
    };
    for await (const file of this.#discoverAll(folders)) {
      if (run.signal.aborted) {
        return false;
      }
      if (!seen.has(file)) {
        seen.add(file);
        if (run.readAgain || !this.#texts.isOnDisk(file)) {
          batch.push(file);
        }
      }
      if (batch.length >= READ_AT_ONCE) {
        await readBatch();
      }
    }
    await readBatch();
    for (const file of this.#texts.onDisk) {
      if (!seen.has(file)) {
        this.#texts.removeFromDisk(file);
      }
    }
    return !run.signal.aborted;
  }

  /** A path was created or changed. @returns the files whose texts may be other ones now */
  async changed(path: string, folders: Folders): Promise<readonly string[]> {
    if (this.#texts.isOnDisk(path)) {
      await this.#read(path);
      return [path];
    }
    const taken: string[] = [];
    for (const folder of folders.enabled) {
      if ((await kindBelow(folder.path, path, optionsOf(folder))) !== undefined) {
        for await (const found of discover(path, optionsOf(folder))) {
          if ('file' in found && folders.wants(found.file) && !this.#texts.isOnDisk(found.file)) {
            await this.#read(found.file);
            taken.push(found.file);
          }
        }
      }
    }
    return taken;
  }

  /** A path is gone: a file, or a folder with all that was in it. */
  removed(path: string): readonly string[] {
    const gone = this.#texts.isOnDisk(path) ? [path] : this.#texts.onDisk.filter((file) => file.startsWith(path + sep));
    for (const file of gone) {
      this.#texts.removeFromDisk(file);
    }
    return gone;
  }

  /** The editor let go of the file: what counts now is what the disk holds. */
  async closed(file: string): Promise<void> {
    this.#texts.close(file);
    if (this.#texts.isOnDisk(file)) {
      await this.#read(file);
    }
  }

  async *#discoverAll(folders: Folders): AsyncGenerator<string> {
    for (const folder of folders.enabled) {
      for await (const found of discover(folder.path, optionsOf(folder))) {
        if ('problem' in found) {
          this.#report(found.problem);
        } else if (folders.wants(found.file)) {
          yield found.file;
        }
      }
    }
  }

  async #read(file: string): Promise<void> {
    const source = await readSource(file);
    if ('text' in source) {
      this.#texts.setOnDisk(file, source.text);
    } else {
      this.#texts.removeFromDisk(file);
      this.#report(source.problem);
    }
  }
}

function optionsOf({ path, settings }: Folder): { exclude: readonly string[]; base: string } {
  return { exclude: settings.exclude, base: path };
}
