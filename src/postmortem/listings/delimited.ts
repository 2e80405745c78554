/**
 * Tables as text: cells separated by tabs, commas or semicolons, quoted where they hold a separator or an end of line. The
 * row that names the columns may stand below a title.
 */

const SEPARATORS = ['\t', ',', ';'] as const;
/** A quote that never ends is a mistake of the file: the row is given up. */
const MOST_CHARACTERS = 256 * 1024;

export type Row = (column: string) => string;

export class DelimitedRows {
  readonly #required: readonly string[];
  readonly #visit: (row: Row, line: number) => void;
  #separator: string | null = null;
  #columns: ReadonlyMap<string, number> = new Map();
  /** Lines of a row of which a cell is still open. */
  #open: string[] = [];
  #openCharacters = 0;
  #openLine = 0;
  #quotes = 0;
  /** Rows that were given up. */
  broken = 0;

  /** @param required in lower case: the first row that has all of these names the columns */
  constructor(required: readonly string[], visit: (row: Row, line: number) => void) {
    this.#required = required;
    this.#visit = visit;
  }

  readonly line = (text: string, number: number): void => {
    if (this.#separator === null) {
      this.#begin(text);
      return;
    }
    if (this.#open.length === 0) {
      this.#openLine = number;
    }
    this.#open.push(text);
    this.#openCharacters += text.length + 1;
    // Quotes within quotes are doubled: of an open cell there is an odd number.
    this.#quotes += text.split('"').length - 1;
    const closed = this.#quotes % 2 === 0;
    if (!closed && this.#openCharacters <= MOST_CHARACTERS) {
      return;
    }
    const cells = closed ? cellsOf(this.#open.join('\n'), this.#separator) : null;
    this.#open = [];
    this.#openCharacters = 0;
    this.#quotes = 0;
    if (cells === null) {
      this.broken += 1;
    } else {
      this.#visit((column) => cells[this.#columns.get(column) ?? -1] ?? '', this.#openLine);
    }
  };

  #begin(text: string): void {
    const found = headerOf(text, this.#required);
    if (found !== null) {
      this.#separator = found.separator;
      this.#columns = new Map(found.names.map((name, index) => [name, index]));
    }
  }
}

/** Whether a row of the text has all of these columns. */
export function hasColumns(text: string, required: readonly string[]): boolean {
  return text.split('\n', 40).some((line) => headerOf(line, required) !== null);
}

function headerOf(line: string, required: readonly string[]): { separator: string; names: readonly string[] } | null {
  for (const separator of SEPARATORS) {
    const names =
      cellsOf(line, separator)?.map((cell) =>
        cell
          .replace(/^\uFEFF/u, '')
          .trim()
          .toLowerCase(),
      ) ?? [];
    if (required.every((name) => names.includes(name))) {
      return { separator, names };
    }
  }
  return null;
}

/** @returns null where the last quote is not closed */
function cellsOf(text: string, separator: string): readonly string[] | null {
  if (!text.includes('"')) {
    return text.split(separator);
  }
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    if (text[at] === '"') {
      const end = closingQuote(text, at + 1);
      if (end === -1) {
        return null;
      }
      cells.push(text.slice(at + 1, end).replaceAll('""', '"'));
      at = text.indexOf(separator, end);
    } else {
      const end = text.indexOf(separator, at);
      cells.push(text.slice(at, end === -1 ? undefined : end));
      at = end;
    }
    if (at === -1) {
      return cells;
    }
    at += separator.length;
  }
}

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 1)) {
    if (text[at + 1] !== '"') {
      return at;
    }
    at += 1;
  }
  return -1;
}
