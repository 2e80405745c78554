/**
 * The table of all handles (class 64), look after look. A process whose part of it has not changed by a byte gets the very
 * same columns as before, so that its handles need not be compared one by one. Pure: takes bytes.
 */
import { handleRuns, type SectionHandles, sectionHandlesIn } from './handle-tables.ts';

interface Part {
  readonly start: number;
  readonly end: number;
  readonly columns: SectionHandles;
}

export class SystemTable {
  readonly #typeIndex: number;
  /** A copy of the table before: the system fills the same buffer again. */
  #before: Buffer = Buffer.alloc(0);
  #parts: ReadonlyMap<number, Part> = new Map();

  /** @param typeIndex the number of the type "Section" in it */
  constructor(typeIndex: number) {
    this.#typeIndex = typeIndex;
  }

  /** @returns by process, in the table's order; those without sections among them */
  take(table: Buffer): ReadonlyMap<number, SectionHandles> {
    const parts = new Map<number, Part>();
    let filled = 0;
    for (const { pid, start, end } of handleRuns(table)) {
      filled = end;
      const before = this.#parts.get(pid);
      const first = parts.get(pid);
      const unchanged =
        before !== undefined &&
        before.end - before.start === end - start &&
        table.compare(this.#before, before.start, before.end, start, end) === 0;
      const columns = unchanged ? before.columns : sectionHandlesIn(table, start, end, this.#typeIndex);
      // A process stands in one place as a rule; otherwise its parts are put together, and compared anew at the next look.
      parts.set(
        pid,
        first === undefined ? { start, end, columns } : { start, end: start, columns: joined(first.columns, columns) },
      );
    }
    if (this.#before.length < filled) {
      this.#before = Buffer.allocUnsafeSlow(filled);
    }
    table.copy(this.#before, 0, 0, filled);
    this.#parts = parts;
    return new Map([...parts].map(([pid, { columns }]) => [pid, columns]));
  }
}

function joined(first: SectionHandles, second: SectionHandles): SectionHandles {
  return {
    handles: [...first.handles, ...second.handles],
    access: [...first.access, ...second.access],
    attributes: [...first.attributes, ...second.attributes],
    objects: [...first.objects, ...second.objects],
    handleCounts: [...first.handleCounts, ...second.handleCounts],
  };
}
