/** The sections of a sample in groups, for people: by allocation site where one is known, else by name. Pure. */
import type { SiteWithFinding } from '../lint/protocol.ts';
import type { Bounds, FullSample, SectionRecord } from '../monitor/section.ts';
import { certaintyInWords, joinSites, type SiteGroup } from '../sites/join.ts';

export interface SectionRow {
  readonly sections: number;
  readonly unownedBytes: Bounds;
  readonly label: string;
  /** What the lint says of the site, and who holds what is not unowned; may be empty. */
  readonly note: string;
}

/** The most unowned bytes first. The runtime's own sections are left out. */
export function sectionRows(
  { sections }: Pick<FullSample, 'sections'>,
  sites: readonly SiteWithFinding[],
): readonly SectionRow[] {
  const { groups, remaining } = joinSites(
    sections.filter(({ kind }) => kind !== 'runtime'),
    sites,
  );
  const byName = new Map<string, SectionRecord[]>();
  for (const section of remaining) {
    const label = nameLabel(section);
    byName.set(label, [...(byName.get(label) ?? []), section]);
  }
  const rows = [
    ...groups.map(siteRow),
    ...[...byName].map(([label, members]) => row(label, members, unownedBytesOf(members), [])),
  ];
  return rows.toSorted((a, b) => b.unownedBytes.max - a.unownedBytes.max || b.sections - a.sections);
}

function siteRow({ sites, certainty, sections, unownedBytes }: SiteGroup<SiteWithFinding>): SectionRow {
  const [first] = sites;
  if (certainty === 'only-site') {
    return row(`${place(first)}  ${first.function}`, sections, unownedBytes, lintNote(first));
  }
  const places = sites.map(place).join(', ');
  return row(`${certaintyInWords(certainty, sites.length)}: ${places}`, sections, unownedBytes, []);
}

function row(
  label: string,
  sections: readonly SectionRecord[],
  unownedBytes: Bounds,
  notes: readonly string[],
): SectionRow {
  return { sections: sections.length, unownedBytes, label, note: [...notes, ...holderNotes(sections)].join('; ') };
}

function lintNote({ finding }: SiteWithFinding): readonly string[] {
  return finding === undefined ? [] : [`lint: ${finding.summary} (${finding.rule})`];
}

function holderNotes(sections: readonly SectionRecord[]): readonly string[] {
  const count = (state: SectionRecord['state']) => sections.filter((section) => section.state === state).length;
  return [
    [count('mapped'), 'in views'] as const,
    [count('mapped-elsewhere'), 'in views of other processes only'] as const,
    [count('view-only'), 'kept by a view alone'] as const,
  ].flatMap(([sectionCount, words]) => (sectionCount === 0 ? [] : [`${sectionCount} ${words}`]));
}

function place({ file, range }: SiteWithFinding): string {
  return `${file.slice(file.lastIndexOf('/') + 1)}:${range.start.line + 1}`;
}

/** Sections without a name that are of another kind than most. */
const WINDOWS_LABELS: Partial<Record<SectionRecord['kind'], string>> = {
  reserve: 'reserved section (SEC_RESERVE)',
  'large-pages': 'section in large pages, not counted',
  file: 'mapped file, not counted',
  image: 'mapped image, not counted',
};

function nameLabel({ kind, maker, name }: SectionRecord): string {
  if (kind === 'sysv') {
    return name === null ? 'private System V segment' : `System V segment, ${name}`;
  }
  switch (maker) {
    case 'dotnet':
      return 'MemoryMappedFile (.NET)';
    case 'memfd':
      return name === null ? 'memfd_create' : `memfd_create "${name}"`;
    case 'shm':
      return `shm_open "${name ?? ''}"${kind === 'named' ? '' : ', unlinked'}`;
    case 'win32':
      return name ?? WINDOWS_LABELS[kind] ?? 'section in the page file';
    case null:
      return name ?? 'anonymous shared memory';
  }
}

function unownedBytesOf(sections: readonly SectionRecord[]): Bounds {
  return {
    min: sections.reduce((sum, { unownedBytes }) => sum + unownedBytes.min, 0),
    max: sections.reduce((sum, { unownedBytes }) => sum + unownedBytes.max, 0),
  };
}
