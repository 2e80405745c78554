/** Whether a language server that has ended is to be started again: not for ever, and not where it never ran. Pure. */

/** A server that crashes more often than this within the time below will crash again. */
export const MOST_RESTARTS = 4;
const WITHIN_MS = 3 * 60 * 1000;

export class Restarts {
  readonly #now: () => number;
  #times: readonly number[] = [];

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** The server has ended by itself. @returns whether to start it once more */
  allows(): boolean {
    const now = this.#now();
    this.#times = [...this.#times.filter((time) => now - time < WITHIN_MS), now];
    return this.#times.length <= MOST_RESTARTS;
  }
}
