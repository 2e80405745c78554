/**
 * What a watched process held over time, and whether that is a leak: simple words so far, from the figures of the
 * process alone. Pure.
 */
import { formatBytes } from '../sites/format-bytes.ts';
import { durationInWords } from '../sites/format-duration.ts';
import type { Bounds, Growth, Trend } from './section.ts';

export interface HistoryPoint {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly sections: number;
  readonly mappedBytes: number;
  readonly unownedBytes: Bounds;
}

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
    const first = this.#kept[0];
    const last = this.#last;
    if (first === undefined || last === null || first === last) {
      return { seconds: 0, sections: 0, unownedBytes: 0, trend: 'unknown', verdict: 'watched too briefly to tell' };
    }
    const middle = this.#pointAt((first.time + last.time) / 2) ?? first;
    const sections = last.sections - first.sections;
    const unownedBytes = last.unownedBytes.max - first.unownedBytes.max;
    const seconds = Math.round((last.time - first.time) / 100) / 10;
    const trend = trendOf(
      [first, middle, last].map((point) => point.unownedBytes.max),
      this.#unownedFell,
    );
    const sectionTrend = trendOf(
      [first, middle, last].map((point) => point.sections),
      this.#sectionsFell,
    );
    const leads = trend === 'level' ? sectionTrend : trend;
    const change = {
      seconds,
      sections,
      unownedBytes,
      mappedBytes: last.mappedBytes - first.mappedBytes,
      exact: first.unownedBytes.min === first.unownedBytes.max && last.unownedBytes.min === last.unownedBytes.max,
    };
    return { seconds, sections, unownedBytes, trend: leads, verdict: verdictOf(leads, change) };
  }

  #pointAt(time: number): HistoryPoint | undefined {
    return this.#kept.findLast((point) => point.time <= time);
  }
}

function trendOf([first = 0, middle = 0, last = 0]: readonly number[], fell: boolean): Trend {
  if (last === first) {
    return 'level';
  }
  if (last < first) {
    return 'shrunk';
  }
  return !fell && middle > first && last > middle ? 'steady' : 'grown';
}

interface Change {
  readonly seconds: number;
  readonly sections: number;
  readonly unownedBytes: number;
  readonly mappedBytes: number;
  readonly exact: boolean;
}

function verdictOf(trend: Trend, change: Change): string {
  switch (trend) {
    case 'steady':
      return change.unownedBytes > 0
        ? `steady leak: ${changeInWords(change)}`
        : `steady growth, all of it in views: ${changeInWords(change)}`;
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
