/** Offsets of a text to lines and characters, as LSP counts them. */
import type { Position, Range } from '../finding.ts';
import type { Span } from '../flow/graph.ts';

export class LineIndex {
  private readonly starts: readonly number[];

  constructor(text: string) {
    const starts = [0];
    // A carriage return alone ends a line too, but hardly any file has one: those are looked for only where there are any.
    const end = /\r(?!\n)/u.test(text) ? /\r\n|\r|\n/gu : /\n/gu;
    for (const { index, 0: found } of text.matchAll(end)) starts.push(index + found.length);
    this.starts = starts;
  }

  position(offset: number): Position {
    let [low, high] = [0, this.starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: offset - (this.starts[low] ?? 0) };
  }

  range({ start, end }: Span): Range {
    return { start: this.position(start), end: this.position(end) };
  }

  lineStart(offset: number): number {
    return this.starts[this.position(offset).line] ?? 0;
  }
}
