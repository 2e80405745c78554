/** How the panel writes an allocation site, or several of which one is it. Pure. */
import type { SiteWithFinding } from '../../lint/protocol.ts';
import { certaintyInWords } from '../../sites/join.ts';

/** `PageFileAllocator.cs:60 Program.Allocate`. */
export function siteTitle({ file, range, function: name }: SiteWithFinding): string {
  return `${fileName(file)}:${range.start.line + 1} ${name}`.trimEnd();
}

/** The one site, `one of 3 sites`, or nothing where no site is known. */
export function sitesTitle(sites: readonly SiteWithFinding[]): string | null {
  const [first, ...others] = sites;
  if (first === undefined) {
    return null;
  }
  return others.length === 0 ? siteTitle(first) : certaintyInWords('one-of-sites', sites.length);
}

/** For a tooltip: every site on a line, with what the lint found there. */
export function sitesExplanation(sites: readonly SiteWithFinding[]): string {
  if (sites.length === 0) {
    return 'No allocation site that the lint knows in this workspace makes such sections.';
  }
  const certainty = certaintyInWords(sites.length === 1 ? 'only-site' : 'one-of-sites', sites.length);
  return [
    `Allocation site (${certainty}):`,
    ...sites.map((site) => `${siteTitle(site)}${site.finding === undefined ? '' : ` - ${site.finding.summary}`}`),
  ].join('\n');
}

/** The same for the same site, whatever the lint says about it meanwhile. */
export function siteKey({ file, range }: SiteWithFinding): string {
  return `${file}:${range.start.line}:${range.start.character}`;
}

function fileName(uri: string): string {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
