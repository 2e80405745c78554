/** What a key means on a line of the table, as in every tree grid; and where a movement leads. */
import type { TableLine } from '../table-model.ts';

export type LineMove = 'up' | 'down' | 'page-up' | 'page-down' | 'first' | 'last' | 'parent' | 'toggle' | 'reveal';

const MOVES: Readonly<Record<string, LineMove>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  PageUp: 'page-up',
  PageDown: 'page-down',
  Home: 'first',
  End: 'last',
};

export function lineMove(key: string, line: TableLine): LineMove | null {
  const isGroup = line.type === 'group';
  switch (key) {
    case 'Enter':
      return isGroup && line.sites.length === 0 ? 'toggle' : 'reveal';
    case ' ':
      return isGroup ? 'toggle' : 'reveal';
    case 'ArrowRight':
      return isGroup ? (line.open ? 'down' : 'toggle') : null;
    case 'ArrowLeft':
      return isGroup ? (line.open ? 'toggle' : null) : 'parent';
    default:
      return MOVES[key] ?? null;
  }
}

export function movedTo(
  move: Exclude<LineMove, 'toggle' | 'reveal'>,
  from: number,
  lines: readonly TableLine[],
  page: number,
): number {
  const last = lines.length - 1;
  switch (move) {
    case 'up':
      return Math.max(0, from - 1);
    case 'down':
      return Math.min(last, from + 1);
    case 'page-up':
      return Math.max(0, from - page);
    case 'page-down':
      return Math.min(last, from + page);
    case 'first':
      return 0;
    case 'last':
      return last;
    case 'parent': {
      const parent = lines.slice(0, from).findLastIndex(({ type }) => type === 'group');
      const line = lines[from];
      return line?.type === 'section' && line.level === 2 && parent >= 0 ? parent : from;
    }
  }
}
