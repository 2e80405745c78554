/** How fast something counted grows, from what was counted over the last minute. Pure. */

const WINDOW_MS = 60_000;

/** A rate from less than this would be mostly chance. */
const SHORTEST_MS = 10_000;

interface Count {
  readonly time: number;
  readonly count: number;
}

export class Growth {
  readonly #counts = new Map<string, readonly Count[]>();

  /** Takes the present counts by key. Keys that are not among them are forgotten. */
  record(time: number, counts: ReadonlyMap<string, number>): void {
    for (const key of this.#counts.keys()) {
      if (!counts.has(key)) {
        this.#counts.delete(key);
      }
    }
    for (const [key, count] of counts) {
      const recent = (this.#counts.get(key) ?? []).filter((earlier) => time - earlier.time <= WINDOW_MS);
      this.#counts.set(key, [...recent, { time, count }]);
    }
  }

  /** Rounded to whole ones; undefined while it was not counted for long enough. */
  perMinute(key: string): number | undefined {
    const counts = this.#counts.get(key) ?? [];
    const first = counts.at(0);
    const last = counts.at(-1);
    if (first === undefined || last === undefined || last.time - first.time < SHORTEST_MS) {
      return undefined;
    }
    return Math.round(((last.count - first.count) * WINDOW_MS) / (last.time - first.time));
  }
}
