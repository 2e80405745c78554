/** Waiting for what happens by itself: a look at intervals, with an end that says what was last seen. */
import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';

const LIMIT_MS = 25_000;
const INTERVAL_MS = 50;

/** Looks until `holds` is true of what is seen, and gives that. */
export async function eventually<Seen>(
  what: string,
  look: () => Seen | Promise<Seen>,
  holds: (seen: Seen) => boolean,
): Promise<Seen> {
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const seen = await look();
    if (holds(seen)) {
      return seen;
    }
    if (Date.now() > deadline) {
      throw new Error(`Waited in vain for ${what}; last seen: ${inspect(seen, { depth: 4 })}`);
    }
    await delay(INTERVAL_MS);
  }
}
