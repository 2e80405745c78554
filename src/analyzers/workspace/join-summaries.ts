/** One summary for several functions that a call may reach. */
import { MOST_OUTCOMES, type Outcome, type Summary } from '../flow/summary.ts';
import { UNKNOWN } from '../flow/values.ts';

/** Of a function that does nothing to what it is given. */
export const UNTOUCHING: Summary = {
  outcomes: [{ result: UNKNOWN, gains: [] }],
  releases: [],
  handsOver: [],
  stores: [],
};

export function joinSummaries(summaries: readonly Summary[]): Summary {
  const [only] = summaries;
  if (only !== undefined && summaries.length === 1) return only;
  const outcomes = new Map<string, Outcome>();
  for (const outcome of summaries.flatMap((summary) => summary.outcomes))
    outcomes.set(JSON.stringify(outcome), outcome);
  return {
    outcomes: [...outcomes.values()].slice(0, MOST_OUTCOMES),
    releases: [...new Set(summaries.flatMap(({ releases }) => releases))],
    handsOver: summaries.flatMap(({ handsOver }) => handsOver),
    stores: summaries.flatMap(({ stores }) => stores),
  };
}
