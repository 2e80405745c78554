/**
 * Rust: the crates windows, windows-sys and winapi have the names of Windows; what they return as Result or Option counts
 * as null where it is an error. Of the standard library: collections that keep what they are given.
 */
import type { CatalogEntry, CatalogTable } from './entry.ts';
import { POSIX } from './posix.ts';
import { WIN32 } from './win32.ts';

const entries: CatalogEntry[] = [
  ...WIN32.entries,
  // Descriptors of the crate libc are numbers; those of nix and rustix own what they stand for.
  ...POSIX.entries.map((entry) => ({ ...entry, qualifiers: ['libc'] })),
  { names: ['push', 'push_back', 'push_front', 'insert', 'extend'], method: true, effect: { effect: 'collect' } },
  {
    names: ['len', 'is_empty', 'contains', 'contains_key', 'fmt', 'write_fmt', 'read', 'write', 'copy_from', 'copy_to'],
    method: true,
    effect: { effect: 'borrow' },
  },
  {
    names: [
      'copy_nonoverlapping',
      'copy',
      'write_bytes',
      'read_volatile',
      'write_volatile',
      'read_unaligned',
      'write_unaligned',
      'GetLastError',
      'VirtualProtectEx',
      'size_of_val',
    ],
    effect: { effect: 'borrow' },
  },
  { names: ['exit', 'abort'], qualifiers: ['process'], effect: { effect: 'end' } },
];

export const RUST: CatalogTable = { languages: ['rust'], entries, words: [...WIN32.words, ...POSIX.words] };
