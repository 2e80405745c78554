/** The panel's words for what a section is and where it is mapped, each with the sentence that explains it. Pure. */
import type { SectionKind, SectionState } from '../section.ts';

export interface Word {
  readonly label: string;
  readonly explanation: string;
}

export const KIND_WORDS: Readonly<Record<SectionKind, Word>> = {
  'page-file': {
    label: 'anonymous',
    explanation: 'Backed by the page file (Windows) or by swap (Linux), under no name that other processes can open.',
  },
  named: {
    label: 'named',
    explanation: 'Backed by the page file or by swap, under a name by which other processes can open it.',
  },
  reserve: {
    label: 'reserved',
    explanation: 'In the page file, its pages committed one by one: how many are, Windows does not tell.',
  },
  'large-pages': {
    label: 'large pages',
    explanation: 'In large pages, which stay in memory and are never written to the page file.',
  },
  file: { label: 'file', explanation: 'A file on disk: its pages go back to it, so that none counts here.' },
  image: { label: 'image', explanation: 'The code of a program or library: its pages go back to its file.' },
  sysv: { label: 'System V', explanation: 'A System V shared memory segment: it lives until somebody removes it.' },
  runtime: { label: 'runtime', explanation: 'Made by the language runtime for itself, not by the program.' },
};

export const STATE_WORDS: Readonly<Record<SectionState, Word>> = {
  mapped: { label: 'mapped', explanation: 'A view of this process covers some of it.' },
  'mapped-elsewhere': {
    label: 'mapped elsewhere',
    explanation: 'No view of this process covers it, but one of another process does.',
  },
  'view-only': {
    label: 'view only',
    explanation: 'A view covers it and no handle of this process is left: it goes with the view.',
  },
  unowned: {
    label: 'in no view',
    explanation: 'No view of any process that could be read covers it: its memory belongs to no process.',
  },
};
