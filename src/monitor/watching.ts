/**
 * Watches a target: a sample at once and then at every interval, until the target ends or the watcher does. Knows
 * neither the debug adapter protocol nor the command line.
 */
import { formatBounds } from '../sites/format-bytes.ts';
import type { HistoryPoint } from './verdicts/history-point.ts';
import type { Refusal, Snapshot, Target } from './platforms/platform.ts';
import { Sampler } from './sampler.ts';
import type { FullSample, Sample } from './section.ts';

export const DEFAULT_INTERVAL_MS = 1000;
export const LEAST_INTERVAL_MS = 50;

export interface WatchListener {
  sampled(sample: Sample, watching: Watching): void;
  /** Said once. Nothing follows it. */
  ended(reason: string): void;
}

export class Watching {
  readonly #target: Target;
  readonly #intervalMs: number;
  readonly #listener: WatchListener;
  readonly #sampler: Sampler;
  #timer: NodeJS.Timeout | undefined;
  #paused = false;
  #over = false;

  /** @param started whether the target was started to be watched */
  constructor(target: Target, intervalMs: number, listener: WatchListener, started = false) {
    this.#target = target;
    this.#intervalMs = intervalMs;
    this.#listener = listener;
    this.#sampler = new Sampler(target.pid, started);
  }

  get target(): Target {
    return this.#target;
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** The whole state as of the last sample. */
  get sample(): FullSample | null {
    return this.#sampler.full();
  }

  get points(): readonly HistoryPoint[] {
    return this.#sampler.history.points;
  }

  /** By how many bytes what no view holds has surely grown since the first sample; negative where it fell. */
  get leastGrowth(): number {
    return this.#sampler.leastGrowth;
  }

  /** Takes the first sample before it returns; nothing is told to the listener if that is refused. */
  start(): Refusal | null {
    const refusal = this.#look();
    if (refusal === null) {
      this.#schedule(Date.now());
    }
    return refusal;
  }

  /** Whether samples are taken; the end of the target is noticed either way. */
  pause(paused: boolean): void {
    this.#paused = paused;
  }

  /** One sample more than the interval gives, unless the target has ended meanwhile. */
  lookOnce(): void {
    if (!this.#over) {
      this.#tell(this.#look());
    }
  }

  /** Notices at once that the target has ended. */
  check(): void {
    if (!this.#over) {
      this.#tell(this.#target.ended());
    }
  }

  /** Ends it without a word. */
  stop(): void {
    this.#over = true;
    clearTimeout(this.#timer);
  }

  #schedule(last: number): void {
    const wait = Math.max(0, last + this.#intervalMs - Date.now());
    this.#timer = setTimeout(() => {
      const begun = Date.now();
      this.#tell(this.#paused ? this.#target.ended() : this.#look());
      if (!this.#over) {
        this.#schedule(begun);
      }
    }, wait);
  }

  #look(): Refusal | null {
    const snapshot = this.#snapshot();
    if ('refusal' in snapshot) {
      return snapshot;
    }
    this.#listener.sampled(this.#sampler.take(snapshot, new Date()), this);
    return null;
  }

  /** A failure of ours is told like any other end, with what was seen until then. */
  #snapshot(): Snapshot | Refusal {
    try {
      return this.#target.look();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return {
        refusal: `The monitor failed to read process ${this.#target.pid} (${message}). Attach again, and please report it.`,
      };
    }
  }

  #tell(refusal: Refusal | null): void {
    if (refusal !== null) {
      this.stop();
      this.#listener.ended(`${refusal.refusal}${this.#lastFigures()}`);
    }
  }

  #lastFigures(): string {
    const totals = this.#sampler.totals;
    return totals === null
      ? ''
      : ` When last seen it held ${totals.sections} section${totals.sections === 1 ? '' : 's'} with ${formatBounds(totals.unownedBytes)} in no view; the system frees what no other process holds.`;
  }
}
