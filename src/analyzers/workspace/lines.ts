/** Offsets of a text to lines and characters, as LSP counts them. */
import type { Position, Range } from '../finding.ts';
import type { Span } from '../flow/graph.ts';

export class LineIndex {
  private readonly starts: readonly number[];

  constructor(text: string) {
    const starts = [0];
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      if (unit === 13 && text.charCodeAt(at + 1) === 10) at += 1;
      if (unit === 10 || unit === 13) starts.push(at + 1);
    }
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
