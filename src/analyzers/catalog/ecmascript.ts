/** JavaScript and Node.js: collections keep what is put into them; some functions only look at what they are given. */
import type { CatalogEntry, CatalogTable } from './entry.ts';

const entries: CatalogEntry[] = [
  { names: ['push', 'unshift', 'add', 'set'], method: true, effect: { effect: 'collect' } },
  {
    names: [
      'delete',
      'clear',
      'has',
      'includes',
      'indexOf',
      'lastIndexOf',
      'keys',
      'get',
      'at',
      'slice',
      'splice',
      'join',
    ],
    method: true,
    effect: { effect: 'borrow' },
  },
  {
    names: ['log', 'error', 'warn', 'info', 'debug', 'assert', 'table', 'dir'],
    qualifiers: ['console'],
    effect: { effect: 'borrow' },
  },
  { names: ['String', 'Boolean', 'isNaN'], effect: { effect: 'borrow' } },
  {
    names: ['isInteger', 'isSafeInteger', 'isNaN', 'isFinite', 'isArray'],
    qualifiers: ['Number', 'Array'],
    effect: { effect: 'borrow' },
  },
  { names: ['decode', 'encode', 'view', 'sizeof'], qualifiers: ['koffi'], effect: { effect: 'borrow' } },
  { names: ['exit', 'abort', 'reallyExit'], qualifiers: ['process'], effect: { effect: 'end' } },
];

export const ECMASCRIPT: CatalogTable = { languages: ['typescript'], entries, words: [] };
