/**
 * The join of a recorded stack with the sources: the allocation site on whose line a frame stands. The recording has the paths of
 * the machine on which the program was built, so that files meet by the end of their paths. Pure.
 */
import type { SiteWithFinding } from '../lint/protocol.ts';
import type { Frame, Stack } from '../postmortem/recording.ts';

/** The innermost frame that is a site; null where none is, or where several files may be meant. */
export function siteOfStack(stack: Stack, sites: readonly SiteWithFinding[]): SiteWithFinding | null {
  for (const { source } of stack) {
    const site = source === null ? null : siteAt(source, sites);
    if (site !== null) {
      return site;
    }
  }
  return null;
}

function siteAt(
  { file, line }: NonNullable<Frame['source']>,
  sites: readonly SiteWithFinding[],
): SiteWithFinding | null {
  const path = partsOf(file);
  const alike = sites
    .filter(({ resource, range }) => resource === 'section' && range.start.line < line && line <= range.end.line + 1)
    .map((site) => ({ site, common: commonParts(path, partsOf(site.file)) }))
    .filter(({ common }) => common > 0)
    .toSorted((a, b) => b.common - a.common);
  const [best, next] = alike;
  return best !== undefined && best.common > (next?.common ?? 0) ? best.site : null;
}

/** From the file name upwards. Letter case means nothing on Windows. */
function partsOf(path: string): readonly string[] {
  return path.toLowerCase().split(/[\\/]/u).reverse();
}

function commonParts(one: readonly string[], other: readonly string[]): number {
  const different = one.findIndex((part, index) => part !== other[index]);
  return different === -1 ? one.length : different;
}
