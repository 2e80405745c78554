/**
 * The order in which files are analysed. One file is analysed at a time, and the process turns to requests between any
 * two, so that typing is answered while a large workspace is worked off. A change starts the order anew: results that
 * it would outdate are not worked out at all.
 */
import { setImmediate } from 'node:timers/promises';

export interface LintQueueEvents {
  lint(file: string): void;
  /** `done` of `total` files of the present order. */
  onProgress(done: number, total: number): void;
  /** The files that were wanted first are done; called again when all are. */
  onSettled(): void;
}

export class LintQueue {
  readonly #events: LintQueueEvents;
  #order: readonly string[] = [];
  #done = 0;
  #first = 0;
  #isPaused = false;
  #isRunning = false;
  readonly #waiters: (() => void)[] = [];

  constructor(events: LintQueueEvents) {
    this.#events = events;
  }

  /** Any file may have other findings now; `first` are those that the user looks at. */
  restart(first: readonly string[], all: readonly string[]): void {
    const order = new Set(first);
    this.#first = order.size;
    this.#order = [...order, ...all.filter((file) => !order.has(file))];
    this.#done = 0;
    this.#isPaused = false;
    void this.#run();
  }

  /** The user types: what would be worked out now is outdated soon. Until the next `restart`. */
  pause(): void {
    this.#isPaused = true;
  }

  /** Leaves out everything but the files that were wanted first. */
  cancel(): void {
    this.#order = this.#order.slice(0, Math.max(this.#first, this.#done));
    if (!this.#isRunning && this.#done === this.#order.length) {
      this.#settleAll();
    }
  }

  /** Resolves when every file is analysed, or the rest was cancelled. */
  async whenIdle(): Promise<void> {
    if (this.#isRunning || this.#done < this.#order.length) {
      await new Promise<void>((resolve) => this.#waiters.push(resolve));
    }
  }

  async #run(): Promise<void> {
    if (this.#isRunning) {
      return;
    }
    this.#isRunning = true;
    for (let file = this.#order[this.#done]; file !== undefined && !this.#isPaused; file = this.#order[this.#done]) {
      this.#done += 1;
      this.#events.lint(file);
      this.#events.onProgress(this.#done, this.#order.length);
      if (this.#done === this.#first && this.#done < this.#order.length) {
        this.#events.onSettled();
      }
      await setImmediate();
    }
    this.#isRunning = false;
    if (this.#done === this.#order.length) {
      this.#settleAll();
    }
  }

  #settleAll(): void {
    this.#events.onSettled();
    this.#waiters.splice(0).forEach((resolve) => {
      resolve();
    });
  }
}
