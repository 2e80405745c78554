/**
 * What a watched process held over time, and what that means: growth, its pattern, what it explains of the machine's own
 * growth, and when the first limit is met. Pure.
 */
import { formatBytes } from '../sites/format-bytes.ts';
import { durationInWords } from '../sites/format-duration.ts';
import type { Growth, Trend } from './section.ts';
import { explanationInWords } from './verdicts/attribution.ts';
import { heldBounds, type HistoryPoint } from './verdicts/history-point.ts';
import { machineNoise } from './verdicts/noise.ts';
import { isConstantRate, type TimedValue, trendOf } from './verdicts/pattern.ts';

/** When so many are kept every second one goes, and only every second one is kept from then on. */
const MOST_POINTS = 2000;

export class History {
  #kept: HistoryPoint[] = [];
  /** Every how many points one is kept. */
  #stride = 1;
  #count = 0;
  #last: HistoryPoint | null = null;
  #sectionsFell = false;
  #unownedFell = false;

  /** Evenly over the whole watch, however long it was; the last one is the newest. */
  get points(): readonly HistoryPoint[] {
    return this.#last === null || this.#kept.at(-1) === this.#last ? this.#kept : [...this.#kept, this.#last];
  }

  add(point: HistoryPoint): void {
    if (this.#last !== null) {
      this.#sectionsFell ||= point.sections < this.#last.sections;
      this.#unownedFell ||= point.unownedBytes.max < this.#last.unownedBytes.max;
    }
    this.#last = point;
    if (this.#count % this.#stride === 0) {
      if (this.#kept.length === MOST_POINTS) {
        this.#kept = this.#kept.filter((_, index) => index % 2 === 0);
        this.#stride *= 2;
      }
      this.#kept.push(point);
    }
    this.#count += 1;
  }

  growth(): Growth {
    const [first, last] = [this.#kept[0], this.#last];
    if (first === undefined || last === null || first === last) {
      return NOT_YET;
    }
    const { points } = this;
    const unowned = points.map(({ time, unownedBytes }): TimedValue => ({ time, value: unownedBytes.max }));
    const counts = points.map(({ time, sections }): TimedValue => ({ time, value: sections }));
    const ofBytes = trendOf(unowned, this.#unownedFell);
    const ofSections = trendOf(counts, this.#sectionsFell);
    const trend = ofBytes === 'level' ? ofSections : ofBytes;
    const change: Change = {
      seconds: Math.round((last.time - first.time) / 100) / 10,
      sections: last.sections - first.sections,
      unownedBytes: last.unownedBytes.max - first.unownedBytes.max,
      mappedBytes: last.mappedBytes - first.mappedBytes,
      exact: first.unownedBytes.min === first.unownedBytes.max && last.unownedBytes.min === last.unownedBytes.max,
      certain: last.unownedBytes.min > first.unownedBytes.min,
    };
    const bytesPerMinute = change.seconds === 0 ? 0 : Math.round((change.unownedBytes * 60) / change.seconds);
    const leaks = trend === 'steady' && change.unownedBytes > 0 && change.certain;
    const secondsToLimit = leaks ? secondsUntil(last.machine.left, bytesPerMinute) : null;
    return {
      seconds: change.seconds,
      sections: change.sections,
      unownedBytes: change.unownedBytes,
      bytesPerMinute,
      secondsToLimit,
      trend,
      verdict: verdictOf(trend, change),
      notes: [
        ...(leaks ? [outlook({ bytesPerMinute, secondsToLimit, limit: last.machine.limit, steps: unowned })] : []),
        ...explanations(points),
      ],
    };
  }
}

const NOT_YET: Growth = {
  seconds: 0,
  sections: 0,
  unownedBytes: 0,
  bytesPerMinute: 0,
  secondsToLimit: null,
  trend: 'unknown',
  verdict: 'watched too briefly to tell',
  notes: [],
};

function secondsUntil(left: number | null, bytesPerMinute: number): number | null {
  return left === null ? null : Math.round((Math.max(0, left) * 60) / bytesPerMinute);
}

/** Longer than this nobody plans ahead for. */
const FAR_SECONDS = 30 * 24 * 3600;

interface Outlook {
  readonly bytesPerMinute: number;
  readonly secondsToLimit: number | null;
  readonly limit: string;
  readonly steps: readonly TimedValue[];
}

function outlook({ bytesPerMinute, secondsToLimit, limit, steps }: Outlook): string {
  const rate = `+${formatBytes(bytesPerMinute)} a minute${isConstantRate(steps) ? ', at a constant rate, as a timer would make it' : ''}`;
  return secondsToLimit === null || secondsToLimit > FAR_SECONDS
    ? rate
    : `${rate}: ${limit} is reached in about ${durationInWords(secondsToLimit)}`;
}

/** What the process explains of the machine's growth, where both are known. */
function explanations(points: readonly HistoryPoint[]): readonly string[] {
  const [first, last] = [points[0], points.at(-1)];
  const [before, after] = [first?.machine.charged ?? null, last?.machine.charged ?? null];
  if (first === undefined || last === undefined || before === null || after === null) {
    return [];
  }
  const [least, most] = [heldBounds(first), heldBounds(last)];
  const process = { min: most.min - least.max, max: most.max - least.min };
  const gains = { process, machine: after - before, noise: machineNoise(points) };
  return [explanationInWords(gains, last.machine.chargedName)].filter((sentence) => sentence !== null);
}

interface Change {
  readonly seconds: number;
  readonly sections: number;
  readonly unownedBytes: number;
  readonly mappedBytes: number;
  readonly exact: boolean;
  /** Whether the lower bound has grown: else it may all be in views. */
  readonly certain: boolean;
}

function verdictOf(trend: Trend, change: Change): string {
  switch (trend) {
    case 'steady':
      return change.unownedBytes === 0
        ? `steady growth, all of it in views: ${changeInWords(change)}`
        : `${change.certain ? 'steady leak' : 'steady growth, in views or not'}: ${changeInWords(change)}`;
    case 'burst':
      return `one burst, and nothing since: ${changeInWords(change)}`;
    case 'levelling':
      return `levels off, as a cache does: ${changeInWords(change)}`;
    case 'grown':
      return `growth: ${changeInWords(change)}`;
    case 'shrunk':
      return `less than before: ${changeInWords(change)}`;
    case 'level':
    case 'unknown':
      return `no growth in ${durationInWords(change.seconds)}`;
  }
}

/** `+6 sections, +96.0 MiB in 10 s`; where no unowned byte came or went, what views gained. */
function changeInWords({ seconds, sections, unownedBytes, mappedBytes, exact }: Change): string {
  const count = `${signed(sections, String(sections))} ${Math.abs(sections) === 1 ? 'section' : 'sections'}`;
  const bytes =
    unownedBytes === 0
      ? `${signed(mappedBytes, formatBytes(mappedBytes))} in views`
      : `${exact ? '' : 'at most '}${signed(unownedBytes, formatBytes(unownedBytes))}`;
  return `${count}, ${bytes} in ${durationInWords(seconds)}`;
}

function signed(number: number, text: string): string {
  return number < 0 ? text : `+${text}`;
}
