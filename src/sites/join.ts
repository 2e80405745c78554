/**
 * The join of what runs with what is written: which allocation site made which open sections. Pure.
 *
 * Without stacks it goes by maker and name: a site matches when it makes sections the way the section was made and,
 * where both names are known, under the same name. One matching site is the answer; several are said as "one of N
 * sites" and never guessed from.
 */
import type { AllocationSite, Maker } from '../analyzers/finding.ts';
import type { Bounds, SectionRecord } from '../monitor/section.ts';

export type Certainty =
  /** No other site that is known makes such sections. */
  | 'only-site'
  /** Each of the sections came from one of several sites, it is not known from which. */
  | 'one-of-sites';

/** Open sections, with every site that may have made them. A section is in one group only. */
export interface SiteGroup<Site extends AllocationSite> {
  /** Exactly one where the certainty is `only-site`; in the order in which the sites were given. */
  readonly sites: readonly [Site, ...Site[]];
  readonly certainty: Certainty;
  readonly sections: readonly SectionRecord[];
  readonly unownedBytes: Bounds;
}

/** One site's part. Of sections that may have come from another site it has none at least and all at most. */
export interface SiteShare<Site extends AllocationSite> {
  readonly site: Site;
  /** Every section that may have come from here. */
  readonly sections: readonly SectionRecord[];
  readonly sectionCount: Bounds;
  readonly unownedBytes: Bounds;
  readonly certainty: Certainty;
  /** How many sites these sections may have come from, this one included; 1 for `only-site`. */
  readonly candidates: number;
}

export interface Join<Site extends AllocationSite> {
  /** The most unowned bytes first. */
  readonly groups: readonly SiteGroup<Site>[];
  /** Sections that no known site makes, the runtime's own among them. */
  readonly remaining: readonly SectionRecord[];
}

export function joinSites<Site extends AllocationSite>(
  sections: readonly SectionRecord[],
  sites: readonly Site[],
): Join<Site> {
  const candidatesOf = siteIndex(sites);
  const grouped = new Map<readonly Site[], SectionRecord[]>();
  const remaining: SectionRecord[] = [];
  for (const section of sections) {
    const candidates = candidatesOf(section);
    if (candidates.length === 0) {
      remaining.push(section);
      continue;
    }
    const group = grouped.get(candidates);
    if (group === undefined) {
      grouped.set(candidates, [section]);
    } else {
      group.push(section);
    }
  }
  const groups = [...grouped].map(([candidates, members]) => siteGroup(candidates, members));
  return { groups: groups.toSorted(byUnownedBytes), remaining };
}

/** The join seen from the sites, for a mark at each one's line; sites without open sections are left out. */
export function sharesOfSites<Site extends AllocationSite>({ groups }: Join<Site>): readonly SiteShare<Site>[] {
  const groupsOf = new Map<Site, SiteGroup<Site>[]>();
  for (const group of groups) {
    for (const site of group.sites) {
      groupsOf.set(site, [...(groupsOf.get(site) ?? []), group]);
    }
  }
  return [...groupsOf].map(([site, parts]) => {
    const certain = parts.filter((part) => part.certainty === 'only-site');
    const sections = parts.flatMap((part) => part.sections);
    return {
      site,
      sections,
      sectionCount: { min: certain.reduce((sum, part) => sum + part.sections.length, 0), max: sections.length },
      unownedBytes: {
        min: certain.reduce((sum, part) => sum + part.unownedBytes.min, 0),
        max: parts.reduce((sum, part) => sum + part.unownedBytes.max, 0),
      },
      certainty: certain.length === parts.length ? 'only-site' : 'one-of-sites',
      candidates: Math.max(...parts.map((part) => part.sites.length)),
    };
  });
}

/** For the terminal, the CodeLens and the panel alike. */
export function certaintyInWords(certainty: Certainty, candidates: number): string {
  return certainty === 'only-site' ? 'only site of its kind' : `one of ${candidates} sites`;
}

/** Looks up a section's candidates. The same set of sites is the same array, so that it can serve as a group's key. */
function siteIndex<Site extends AllocationSite>(sites: readonly Site[]): (section: SectionRecord) => readonly Site[] {
  const sectionSites = sites.filter((site) => site.resource === 'section' && site.maker !== undefined);
  const byMakerAndName = new Map<string, readonly Site[]>();
  const sets = new Map<string, readonly Site[]>();

  function matching(maker: Maker, name: string | null): readonly Site[] {
    const positions = sectionSites.flatMap((site, position) => {
      const written = givenName(maker, site.sectionName ?? null);
      return mayBeMade(site.maker, maker) && (name === null || written === null || name === written) ? [position] : [];
    });
    const set = sets.get(positions.join()) ?? positions.flatMap((position) => sectionSites[position] ?? []);
    sets.set(positions.join(), set);
    return set;
  }

  return ({ maker, kind, name }) => {
    if (maker === null || kind === 'runtime') {
      return [];
    }
    const given = givenName(maker, name);
    // A name may hold any character but NUL.
    const key = given === null ? maker : `${maker}\0${given}`;
    const candidates = byMakerAndName.get(key) ?? matching(maker, given);
    byMakerAndName.set(key, candidates);
    return candidates;
  };
}

/** On Windows .NET makes its sections by the same call as everybody, under the name that the program gives. */
function mayBeMade(by: Maker | undefined, maker: Maker): boolean {
  return by === maker || (maker === 'win32' && by === 'dotnet');
}

/** The name as the program gave it, or null where it gave none, so that the one of the source can be compared. */
function givenName(maker: Maker, name: string | null): string | null {
  switch (maker) {
    case 'dotnet':
      // On Linux .NET takes no names, and invents `dotnet_` + hexadecimal digits.
      return name?.startsWith('dotnet_') === true ? null : name;
    case 'win32':
      // The system shows the folder that these lead to, not them.
      return name?.replace(/^(?:Local|Global)\\/u, '') ?? null;
    case 'shm':
      // shm_open drops leading slashes.
      return name?.replace(/^\/+/u, '') ?? null;
    default:
      return name;
  }
}

function siteGroup<Site extends AllocationSite>(
  candidates: readonly Site[],
  sections: readonly SectionRecord[],
): SiteGroup<Site> {
  const [first, ...others] = candidates;
  if (first === undefined) {
    throw new Error('a group of sections has a site');
  }
  return {
    sites: [first, ...others],
    certainty: others.length === 0 ? 'only-site' : 'one-of-sites',
    sections,
    unownedBytes: sections.reduce<Bounds>(
      (sum, { unownedBytes }) => ({ min: sum.min + unownedBytes.min, max: sum.max + unownedBytes.max }),
      { min: 0, max: 0 },
    ),
  };
}

function byUnownedBytes<Site extends AllocationSite>(a: SiteGroup<Site>, b: SiteGroup<Site>): number {
  return b.unownedBytes.max - a.unownedBytes.max || b.sections.length - a.sections.length;
}
