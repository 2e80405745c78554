/** Collections of C++: what is put into one is reached through it, and stays open when it is taken out. */
import type { CatalogEntry, CatalogTable } from './entry.ts';

const cpp: CatalogEntry[] = [
  {
    names: ['push_back', 'emplace_back', 'push_front', 'emplace_front', 'push', 'emplace', 'insert', 'try_emplace'],
    method: true,
    effect: { effect: 'collect' },
  },
  {
    names: [
      'erase',
      'clear',
      'pop_back',
      'pop_front',
      'reserve',
      'resize',
      'size',
      'empty',
      'find',
      'count',
      'contains',
    ],
    method: true,
    effect: { effect: 'borrow' },
  },
];

export const CPP_COLLECTIONS: CatalogTable = { languages: ['cpp'], entries: cpp, words: [] };
