/**
 * The texts that the analysis sees. What the editor holds wins over what the disk holds, so that nobody has to save
 * to see a finding come or go.
 */
import type { Workspace } from '../../analyzers/workspace.ts';

export class Texts {
  readonly #workspace: Pick<Workspace, 'setText' | 'remove' | 'files'>;
  readonly #open = new Set<string>();
  readonly #onDisk = new Set<string>();

  constructor(workspace: Pick<Workspace, 'setText' | 'remove' | 'files'>) {
    this.#workspace = workspace;
  }

  /** Every file that the analysis knows, in the order of their names. */
  get all(): readonly string[] {
    return this.#workspace.files();
  }

  get open(): readonly string[] {
    return [...this.#open];
  }

  get onDisk(): readonly string[] {
    return [...this.#onDisk];
  }

  has(file: string): boolean {
    return this.#open.has(file) || this.#onDisk.has(file);
  }

  isOnDisk(file: string): boolean {
    return this.#onDisk.has(file);
  }

  setOpen(file: string, text: string): void {
    this.#open.add(file);
    this.#workspace.setText(file, text);
  }

  /** The editor let go of it. Until the caller has read it again, a file on disk keeps the text it was closed with. */
  close(file: string): void {
    this.#open.delete(file);
    this.#removeIfUnknown(file);
  }

  /** The text on disk; it counts once the file is not open any more. */
  setOnDisk(file: string, text: string): void {
    this.#onDisk.add(file);
    if (!this.#open.has(file)) {
      this.#workspace.setText(file, text);
    }
  }

  removeFromDisk(file: string): void {
    this.#onDisk.delete(file);
    this.#removeIfUnknown(file);
  }

  #removeIfUnknown(file: string): void {
    if (!this.has(file)) {
      this.#workspace.remove(file);
    }
  }
}
