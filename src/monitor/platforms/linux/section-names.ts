/** What the path that Linux shows for an object of shared memory tells of it. */
import type { Maker } from '../../../analyzers/finding.ts';
import type { SectionKind } from '../../section.ts';

export interface SectionName {
  readonly kind: SectionKind;
  /** Without decoration; null where it has none. */
  readonly name: string | null;
  readonly maker: Maker | null;
}

const DELETED = ' (deleted)';

/** MemoryMappedFile.CreateNew: `/dotnet_` and a part of a GUID (facts seen with .NET 10; older ones use shm_open). */
const DOTNET_NAME = /^\/?(dotnet_[0-9a-f]{16,32})$/u;

/**
 * Made by .NET for itself: the mapper that keeps code either writable or executable, and what its diagnostics share
 * with child processes. They are distinctive enough to be known by the name alone.
 */
const DOTNET_RUNTIME_NAMES = new Set(['doublemapper', 'dotnet_ipc_created']);
/** .NET tries memfd_create under this name; programs may use it too. */
const DOTNET_PROBE_NAME = 'test';

/**
 * @param path of a descriptor's link or of a mapping
 * @param linked whether the file still has a name in the file system; null where only the path tells
 * @param inDotnet whether a .NET runtime is in the process
 * @returns null for a path of something else
 */
export function sectionName(path: string, linked: boolean | null, inDotnet: boolean): SectionName | null {
  if (path.startsWith('/memfd:')) {
    return memfdName(withoutDeleted(path).slice('/memfd:'.length), inDotnet);
  }
  if (path.startsWith('/dev/shm/')) {
    const named = linked ?? !path.endsWith(DELETED);
    const name = (named ? path : withoutDeleted(path)).slice('/dev/shm'.length);
    const dotnet = DOTNET_NAME.exec(name)?.[1];
    return {
      kind: named ? 'named' : 'page-file',
      name: dotnet ?? name,
      maker: dotnet === undefined ? 'shm' : 'dotnet',
    };
  }
  if (path.startsWith('/SYSV')) {
    return { kind: 'sysv', name: systemVName(path.slice('/SYSV'.length, '/SYSV'.length + 8)), maker: null };
  }
  return path === `/dev/zero${DELETED}` ? { kind: 'page-file', name: null, maker: null } : null;
}

/** The key of a System V segment; private ones have none. */
export function systemVName(key: string): string | null {
  return /^0*$/u.test(key) ? null : `key 0x${key}`;
}

function memfdName(name: string, inDotnet: boolean): SectionName {
  if (DOTNET_RUNTIME_NAMES.has(name) || (inDotnet && name === DOTNET_PROBE_NAME)) {
    return { kind: 'runtime', name, maker: null };
  }
  const dotnet = DOTNET_NAME.exec(name)?.[1];
  return dotnet === undefined
    ? { kind: 'page-file', name: name === '' ? null : name, maker: 'memfd' }
    : { kind: 'page-file', name: dotnet, maker: 'dotnet' };
}

function withoutDeleted(path: string): string {
  return path.endsWith(DELETED) ? path.slice(0, -DELETED.length) : path;
}
