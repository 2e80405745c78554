/** Steps that wait for the disk or the client, one after the other: none sees what another has half done. */

export class SerialWork {
  readonly #onFailure: (reason: string) => void;
  #last: Promise<void> = Promise.resolve();

  constructor(onFailure: (reason: string) => void) {
    this.#onFailure = onFailure;
  }

  /** Resolves when the step is done or has failed; a failure does not keep the next step from running. */
  add(step: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(step).catch((error: unknown) => {
      this.#onFailure(error instanceof Error ? error.message : String(error));
    });
    return this.#last;
  }
}
