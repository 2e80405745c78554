/** How long something takes as a multiple of something else, where the machine is not quiet. */

export interface Multiple {
  readonly milliseconds: number;
  readonly baseMilliseconds: number;
  /** The median of the pairs' quotients: what disturbs both of a pair falls out. */
  readonly multiple: number;
}

/** Runs both alternately, so that neither always goes first; each gets the number of its pair. */
export function measurePairs(pairs: number, subject: (pair: number) => void, base: (pair: number) => void): Multiple {
  const subjects: number[] = [];
  const bases: number[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const steps = [
      () =>
        subjects.push(
          timed(() => {
            subject(pair);
          }),
        ),
      () =>
        bases.push(
          timed(() => {
            base(pair);
          }),
        ),
    ];
    for (const step of pair % 2 === 0 ? steps : steps.reverse()) {
      step();
    }
  }
  return {
    milliseconds: median(subjects),
    baseMilliseconds: median(bases),
    multiple: median(subjects.map((milliseconds, pair) => milliseconds / (bases[pair] ?? Number.NaN))),
  };
}

function timed(run: () => void): number {
  const started = performance.now();
  run();
  return performance.now() - started;
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return ((sorted[middle] ?? Number.NaN) + (sorted[sorted.length - 1 - middle] ?? Number.NaN)) / 2;
}
