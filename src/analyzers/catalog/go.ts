/**
 * Go: packages syscall, golang.org/x/sys/windows and golang.org/x/sys/unix. A call's last result is its result here, those
 * before it go to places after its arguments, as the front end gives them. What is called in a DLL by NewProc has the names
 * and results of Windows, and stands behind `kernel32`. Sources: the packages' documentation.
 */
import type { Acquire, CatalogEntry, CatalogTable } from './entry.ts';
import { WIN32 } from './win32.ts';

/** @param count of arguments: the place of the first result stands after them */
const section = (count: number, more: Partial<Acquire>): Acquire => ({
  effect: 'acquire',
  resource: 'section',
  into: count,
  failure: 'status',
  typeName: 'section handle',
  releasedBy: 'windows.CloseHandle($)',
  ...more,
});

const view = (count: number, more: Partial<Acquire>): Acquire => ({
  effect: 'acquire',
  resource: 'view',
  into: count,
  failure: 'status',
  parent: 0,
  typeName: 'view',
  releasedBy: 'windows.UnmapViewOfFile($)',
  ...more,
});

const WINDOWS = ['windows', 'syscall'];
const UNIX = ['unix', 'syscall'];

const entries: CatalogEntry[] = [
  ...WIN32.entries.map((entry) => ({ ...entry, qualifiers: ['kernel32'] })),
  {
    names: ['CreateFileMapping'],
    qualifiers: WINDOWS,
    effect: section(6, { maker: 'win32', nameArgument: 5 }),
  },
  {
    names: ['CreateToolhelp32Snapshot'],
    qualifiers: WINDOWS,
    effect: section(2, { maker: 'win32', typeName: 'snapshot handle' }),
  },
  { names: ['MapViewOfFile'], qualifiers: WINDOWS, effect: view(5, {}) },
  { names: ['UnmapViewOfFile'], qualifiers: WINDOWS, effect: { effect: 'release', resources: ['view'], of: 0 } },
  {
    names: ['CloseHandle', 'Close'],
    qualifiers: [...WINDOWS, 'unix'],
    effect: { effect: 'release', resources: ['section'], of: 0 },
  },
  {
    names: ['DuplicateHandle'],
    qualifiers: WINDOWS,
    effect: {
      effect: 'release',
      resources: ['section'],
      of: 1,
      where: { argument: 6, contains: 'DUPLICATE_CLOSE_SOURCE' },
    },
  },
  {
    names: ['MemfdCreate'],
    qualifiers: ['unix'],
    effect: section(2, {
      maker: 'memfd',
      nameArgument: 0,
      typeName: 'memory file descriptor',
      releasedBy: 'unix.Close($)',
    }),
  },
  {
    names: ['Mmap'],
    qualifiers: UNIX,
    effect: view(5, { needsParent: true, releasedBy: 'unix.Munmap($)' }),
  },
  { names: ['Munmap'], qualifiers: UNIX, effect: { effect: 'release', resources: ['view'], of: 0 } },
  {
    names: [
      'Ftruncate',
      'Fstat',
      'Fchmod',
      'FcntlInt',
      'Read',
      'Write',
      'Pread',
      'Pwrite',
      'Seek',
      'Msync',
      'Madvise',
      'Mlock',
      'Munlock',
      'Mprotect',
      'FlushViewOfFile',
      'VirtualLock',
      'VirtualUnlock',
      'VirtualProtect',
      'VirtualQuery',
      'GetFileType',
      'SetHandleInformation',
      'WaitForSingleObject',
      'Process32First',
      'Process32Next',
      'Module32First',
      'Module32Next',
      'Thread32First',
      'Thread32Next',
    ],
    qualifiers: [...WINDOWS, 'unix'],
    effect: { effect: 'borrow' },
  },
  {
    names: [
      'Print',
      'Printf',
      'Println',
      'Sprint',
      'Sprintf',
      'Sprintln',
      'Errorf',
      'Fprintf',
      'Fprintln',
      'NewSyscallError',
    ],
    qualifiers: ['fmt', 'log', 'os', 't', 'b'],
    effect: { effect: 'borrow' },
  },
  { names: ['len', 'cap', 'copy', 'print', 'println', 'clear', 'min', 'max'], effect: { effect: 'borrow' } },
  {
    names: ['Exit', 'Fatal', 'Fatalf', 'Fatalln', 'Goexit'],
    qualifiers: ['os', 'log', 'runtime'],
    effect: { effect: 'end' },
  },
];

export const GO: CatalogTable = {
  languages: ['go'],
  entries,
  words: [...WIN32.words, 'MemfdCreate'],
};
