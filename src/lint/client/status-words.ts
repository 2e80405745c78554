/** The words of the status item. Pure. */
import type { StatusParams } from '../protocol.ts';

export interface StatusWords {
  readonly text: string;
  readonly detail: string;
}

export function statusWords({ state, files, findings, reason }: StatusParams): StatusWords {
  switch (state) {
    case 'starting':
      return { text: 'Section Leaks', detail: 'The language server starts.' };
    case 'indexing':
      return { text: 'Section Leaks', detail: 'Reading and linting the files of the workspace.' };
    case 'ready':
      return {
        text: findings === 0 ? 'No section leaks' : counted(findings, 'section leak'),
        detail: reason ?? `In ${counted(files, 'file')}.`,
      };
    case 'failed':
      return { text: 'Section Leaks failed', detail: reason ?? 'The log says why.' };
  }
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
