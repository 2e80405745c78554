/** The sections of a recording by what made them: one group for each line or function of the program. Pure. */
import { frameLabel, siteOf } from './frames.ts';
import type { Frame, RecordedSection, Stack } from './recording.ts';
import { sumOf, type Sum } from './totals.ts';

export interface RecordedGroup extends Sum {
  /** The line or function; words where it is not known, or is one of several. */
  readonly label: string;
  /** The frames that may stand for it: one where it is known. */
  readonly sites: readonly Frame[];
  /** One of its stacks, for reading on. */
  readonly stack: Stack;
  readonly members: readonly RecordedSection[];
}

interface Group {
  readonly sites: readonly Frame[];
  readonly stack: Stack;
  readonly members: RecordedSection[];
}

/** Of more sites the number is told. */
const MOST_NAMED = 3;

/** The most bytes first. */
export function groupsOf(sections: readonly RecordedSection[]): readonly RecordedGroup[] {
  const groups = new Map<string, Group>();
  /** Most sections share the list of their stacks with others. */
  const byStacks = new Map<readonly Stack[], Group>();
  for (const section of sections) {
    let group = byStacks.get(section.created);
    if (group === undefined) {
      const sites = distinctSites(section.created);
      const key = sites.map(frameLabel).join('\n');
      group = groups.get(key) ?? { sites, stack: section.created[0] ?? [], members: [] };
      groups.set(key, group);
      byStacks.set(section.created, group);
    }
    group.members.push(section);
  }
  return [...groups.values()]
    .map((group) => ({ ...group, ...sumOf(group.members), label: labelOf(group.sites) }))
    .toSorted((a, b) => b.bytes - a.bytes || b.sections - a.sections);
}

function distinctSites(stacks: readonly Stack[]): readonly Frame[] {
  const sites = stacks.map(siteOf).filter((site) => site !== null);
  return [...new Map(sites.map((site) => [frameLabel(site), site])).values()];
}

function labelOf(sites: readonly Frame[]): string {
  const [first] = sites;
  if (first === undefined) {
    return 'made where the file does not tell';
  }
  if (sites.length === 1) {
    return frameLabel(first);
  }
  const named = sites.slice(0, MOST_NAMED).map(frameLabel).join(', ');
  return `one of ${sites.length} places: ${named}${sites.length > MOST_NAMED ? ', …' : ''}`;
}
