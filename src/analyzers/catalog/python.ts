/**
 * Python. A mmap object and a SharedMemory are given back when their last reference goes, which CPython does at once: only
 * what a collection keeps can leak. The name that SharedMemory makes stays until `unlink`, whatever becomes of the object;
 * the front end calls that `SharedMemory.create`. Sources: the library reference of Python 3.14, mmap and
 * multiprocessing.shared_memory.
 */
import type { CatalogEntry, CatalogTable } from './entry.ts';

const entries: CatalogEntry[] = [
  {
    names: ['mmap'],
    effect: {
      effect: 'acquire',
      resource: 'section',
      into: 'result',
      failure: 'exception',
      reclaimed: true,
      typeName: 'mmap object',
      releasedBy: '$.close()',
    },
  },
  {
    names: ['SharedMemory.create'],
    effect: {
      effect: 'acquire',
      resource: 'section',
      into: 'result',
      failure: 'exception',
      maker: 'shm',
      nameArgument: 0,
      typeName: 'SharedMemory',
      releasedBy: '$.unlink()',
    },
  },
  {
    names: ['memfd_create'],
    qualifiers: ['os'],
    effect: {
      effect: 'acquire',
      resource: 'section',
      into: 'result',
      failure: 'exception',
      maker: 'memfd',
      nameArgument: 0,
      typeName: 'memory file descriptor',
      releasedBy: 'os.close($)',
    },
  },
  { names: ['close'], qualifiers: ['os'], effect: { effect: 'release', resources: ['section'], of: 0 } },
  {
    names: ['ftruncate', 'truncate', 'fstat', 'write', 'pwrite', 'read', 'pread', 'lseek', 'set_inheritable', 'fsync'],
    qualifiers: ['os'],
    effect: { effect: 'borrow' },
  },
  {
    names: ['unlink'],
    method: true,
    effect: { effect: 'release', resources: ['section'], of: 'receiver', typeName: 'SharedMemory' },
  },
  {
    names: ['close', '__exit__'],
    method: true,
    effect: { effect: 'release', resources: ['section'], of: 'receiver', typeName: 'mmap object' },
  },
  { names: ['append', 'add', 'insert', 'appendleft', 'setdefault'], method: true, effect: { effect: 'collect' } },
  {
    names: [
      'read',
      'readline',
      'read_byte',
      'write',
      'write_byte',
      'seek',
      'tell',
      'find',
      'rfind',
      'flush',
      'size',
      'resize',
      'move',
      'madvise',
      'index',
      'count',
      'get',
      'keys',
      'items',
      'values',
      'format',
      'join',
    ],
    method: true,
    effect: { effect: 'borrow' },
  },
  {
    names: [
      'print',
      'len',
      'hex',
      'str',
      'repr',
      'bool',
      'isinstance',
      'id',
      'memmove',
      'memset',
      'string_at',
      'wstring_at',
      'get_last_error',
      'GetLastError',
      'FormatError',
      'WinError',
      'sizeof',
      'unpack_from',
      'pack_into',
    ],
    effect: { effect: 'borrow' },
  },
  { names: ['_exit', 'abort'], qualifiers: ['os'], effect: { effect: 'end' } },
];

export const PYTHON: CatalogTable = {
  languages: ['python'],
  entries,
  words: ['mmap', 'SharedMemory', 'memfd_create'],
};
