/**
 * The present state of a watched process, made from its samples: the first is full, each later one says only what is
 * different. Used on both sides of the panel, so that the view applies the same differences as the extension. Pure.
 */
import type { FullSample, Sample, SectionRecord } from '../section.ts';

/** What a sample says about the whole, without its list of sections. */
export type SampleSummary = Omit<FullSample, 'sections'>;

export type Applied =
  | 'applied'
  /** A sample before this one is missing: the state stands as it was, and the whole must be asked for. */
  | 'gap';

export class SampledSections {
  readonly #sections = new Map<string, SectionRecord>();
  #summary: SampleSummary | null = null;

  /** Null until the first full sample. */
  get summary(): SampleSummary | null {
    return this.#summary;
  }

  get sections(): ReadonlyMap<string, SectionRecord> {
    return this.#sections;
  }

  apply(sample: Sample): Applied {
    if ('sections' in sample) {
      const { sections, ...summary } = sample;
      this.#sections.clear();
      this.#put(sections);
      this.#summary = summary;
      return 'applied';
    }
    if (this.#summary === null || sample.sequence > this.#summary.sequence + 1) {
      return 'gap';
    }
    if (sample.sequence <= this.#summary.sequence) {
      // Already contained in the full sample that was asked for meanwhile.
      return 'applied';
    }
    const { changed, removed, ...summary } = sample;
    for (const id of removed) {
      this.#sections.delete(id);
    }
    this.#put(changed);
    this.#summary = summary;
    return 'applied';
  }

  /** Everything as one full sample, for somebody who comes later; null until there was one. */
  full(): FullSample | null {
    return this.#summary === null ? null : { ...this.#summary, sections: [...this.#sections.values()] };
  }

  #put(records: readonly SectionRecord[]): void {
    for (const record of records) {
      this.#sections.set(record.id, record);
    }
  }
}
