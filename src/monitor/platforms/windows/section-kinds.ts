/** What the attributes and the name of a section tell of it. Pure. */
import type { SectionKind } from '../../section.ts';

const SEC_LARGE_PAGES = 0x8000_0000;
const SEC_RESERVE = 0x0400_0000;
const SEC_IMAGE = 0x0100_0000;
const SEC_FILE = 0x0080_0000;

/**
 * The mapper with which .NET keeps code either writable or executable: 2 TiB that are reserved, and no other program
 * makes one of just this length.
 */
const DOTNET_MAPPER_BYTES = 0x200_0000_0000;

export interface SectionNature {
  readonly bytes: number;
  /** As NtQuerySection tells them. */
  readonly attributes: number;
  /** Without the folder of the object namespace; null where it has none. */
  readonly name: string | null;
}

export function kindOf({ bytes, attributes, name }: SectionNature): SectionKind {
  const has = (flag: number) => (attributes & flag) !== 0;
  if (has(SEC_IMAGE)) {
    return 'image';
  }
  if (has(SEC_FILE)) {
    return 'file';
  }
  if (has(SEC_LARGE_PAGES)) {
    return 'large-pages';
  }
  if (has(SEC_RESERVE)) {
    return bytes === DOTNET_MAPPER_BYTES && name === null ? 'runtime' : 'reserve';
  }
  return name === null ? 'page-file' : 'named';
}

/** `cache` for `\Sessions\1\BaseNamedObjects\cache`; `Global\cache` is the same as `\BaseNamedObjects\cache`. */
export function shownName(path: string): string | null {
  if (path === '') {
    return null;
  }
  return (
    /^\\(?:Sessions\\\d+\\)?(?:AppContainerNamedObjects\\[^\\]+|BaseNamedObjects)\\(.+)$/su.exec(path)?.[1] ?? path
  );
}
