/** A section with what the table needs to know of it; made once a change of the section, not once a showing. Pure. */
import type { SiteWithFinding } from '../../lint/protocol.ts';
import type { SectionRecord } from '../section.ts';
import type { Figures } from './columns.ts';
import { sitesTitle, siteTitle } from './site-words.ts';
import { KIND_WORDS, STATE_WORDS } from './words.ts';

export interface Row {
  readonly section: SectionRecord;
  /** The allocation sites that may have made it: none, the one, or several of which one is it. */
  readonly sites: readonly SiteWithFinding[];
  readonly figures: Figures;
}

export function rowOf(section: SectionRecord, sites: readonly SiteWithFinding[]): Row {
  const figures: Figures = {
    label: section.name ?? sitesTitle(sites) ?? '',
    kind: KIND_WORDS[section.kind].label,
    state: STATE_WORDS[section.state].label,
    maximumBytes: section.maximumBytes,
    allocatedBytes: section.allocatedBytes,
    unownedBytes: section.unownedBytes,
    holders: section.holders.length,
    since: section.since,
  };
  return { section, sites, figures };
}

/** Every word of the filter has to be somewhere in the row. */
export function filterOf(filter: string): (row: Row) => boolean {
  const words = filter
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');
  return (row) => words.every((word) => searchedText(row).includes(word));
}

const searchedTexts = new WeakMap<Row, string>();

function searchedText(row: Row): string {
  const known = searchedTexts.get(row);
  if (known !== undefined) {
    return known;
  }
  const { section, sites, figures } = row;
  const text = [
    section.name ?? 'nameless',
    section.id,
    figures.kind,
    figures.state,
    ...section.holders.map(({ name, pid }) => `${name} ${pid}`),
    ...sites.flatMap((site) => [siteTitle(site), site.finding?.summary ?? '']),
  ]
    .join('\n')
    .toLowerCase();
  searchedTexts.set(row, text);
  return text;
}
