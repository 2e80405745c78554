/**
 * What the view knows: the watched processes, the sections of the one that is shown joined with the allocation sites,
 * the figures over time and the layout. It changes by messages of the provider and by the user's layout. Pure.
 */
import type { SiteWithFinding } from '../../lint/protocol.ts';
import { joinSites } from '../../sites/join.ts';
import type { Sample, SectionRecord } from '../section.ts';
import { SampledSections, type Applied, type SampleSummary } from '../session/samples.ts';
import { DEFAULT_LAYOUT, type PanelLayout } from './layout.ts';
import type { ToView, WatchLabel } from './protocol.ts';
import { type Row, rowOf } from './row.ts';
import { tableOf, type Table } from './table-model.ts';
import { timePoint, withPoint, type TimePoint } from './timeline.ts';

/** One array for all of them, as the join has one for each group. */
const NO_SITES: readonly SiteWithFinding[] = [];

export class PanelModel {
  #layout = DEFAULT_LAYOUT;
  #watches: readonly WatchLabel[] = [];
  #shownId: string | null = null;
  #sampled = new SampledSections();
  #timeline: readonly TimePoint[] = [];
  #sites: readonly SiteWithFinding[] = [];
  readonly #rows = new Map<string, Row>();
  #table: Table | null = null;

  get layout(): PanelLayout {
    return this.#layout;
  }

  get watches(): readonly WatchLabel[] {
    return this.#watches;
  }

  /** The process that is shown; null where none is watched. */
  get shown(): WatchLabel | null {
    return this.#watches.find(({ id }) => id === this.#shownId) ?? null;
  }

  /** Null until the first sample. */
  get summary(): SampleSummary | null {
    return this.#sampled.summary;
  }

  get timeline(): readonly TimePoint[] {
    return this.#timeline;
  }

  row(sectionId: string): Row | undefined {
    return this.#rows.get(sectionId);
  }

  /** Made anew only when something that it shows has changed. */
  get table(): Table {
    this.#table ??= tableOf(this.#rows.values(), this.#layout);
    return this.#table;
  }

  /** `gap`: the view has missed something and has to ask for everything. */
  receive(message: ToView): Applied {
    switch (message.type) {
      case 'show':
        this.#show(message);
        return 'applied';
      case 'watches':
        this.#watches = message.watches;
        return this.#shownId !== null && this.shown === null ? 'gap' : 'applied';
      case 'sites':
        this.#sites = message.sites;
        this.#join(this.#sampled.sections.values());
        return 'applied';
      case 'sample':
        return this.#sample(message.sample);
    }
  }

  arrange(change: Partial<PanelLayout>): void {
    this.#layout = { ...this.#layout, ...change };
    this.#table = null;
  }

  #show({ layout, watches, shown, sites }: Extract<ToView, { type: 'show' }>): void {
    this.#layout = layout;
    this.#watches = watches;
    this.#shownId = shown?.id ?? null;
    this.#sampled = new SampledSections();
    this.#timeline = shown?.timeline ?? [];
    this.#sites = sites;
    this.#rows.clear();
    if (shown?.sample != null) {
      this.#sampled.apply(shown.sample);
    }
    this.#join(this.#sampled.sections.values());
  }

  #sample(sample: Sample): Applied {
    const sequence = this.#sampled.summary?.sequence ?? -1;
    if (this.#shownId === null || this.#sampled.apply(sample) === 'gap') {
      return 'gap';
    }
    if ('sections' in sample) {
      this.#rows.clear();
      this.#join(sample.sections);
    } else if (sample.sequence > sequence && sample.changed.length + sample.removed.length > 0) {
      for (const id of sample.removed) {
        this.#rows.delete(id);
      }
      this.#join(sample.changed);
    }
    if (this.#sampled.summary !== null && sample.sequence > sequence) {
      this.#timeline = withPoint(this.#timeline, timePoint(this.#sampled.summary));
    }
    return 'applied';
  }

  /** Puts the rows of these sections; others keep their row, and with it what was worked out for it. */
  #join(sections: Iterable<SectionRecord>): void {
    const changed = [...sections];
    const { groups } = joinSites(changed, this.#sites);
    const sitesOf = new Map(groups.flatMap((group) => group.sections.map(({ id }) => [id, group.sites] as const)));
    for (const section of changed) {
      this.#rows.set(section.id, rowOf(section, sitesOf.get(section.id) ?? NO_SITES));
    }
    this.#table = null;
  }
}
