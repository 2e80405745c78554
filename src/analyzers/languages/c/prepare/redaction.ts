/** Changes to a text that keep its length and its line breaks: ranges made blank, single characters put in. */
export class Redaction {
  private readonly blanks: { readonly start: number; readonly end: number }[] = [];
  private readonly insertions = new Map<number, string>();

  blank(start: number, end: number): void {
    if (end > start) {
      this.blanks.push({ start, end });
    }
  }

  /** Puts `text` over as many characters; no line break may be among them. Stronger than `blank`. */
  put(at: number, text: string): void {
    for (let index = 0; index < text.length; index += 1) this.insertions.set(at + index, text.charAt(index));
  }

  apply(text: string): string {
    if (this.blanks.length === 0 && this.insertions.size === 0) {
      return text;
    }
    const pieces: string[] = [];
    let at = 0;
    for (const { start, end } of this.blanks.toSorted((one, other) => one.start - other.start)) {
      if (end > at) {
        pieces.push(
          text.slice(at, Math.max(at, start)),
          text.slice(Math.max(at, start), end).replace(/[^\r\n\u2028\u2029]/g, ' '),
        );
        at = end;
      }
    }
    return this.insert(pieces.join('') + text.slice(at));
  }

  private insert(text: string): string {
    const pieces: string[] = [];
    let at = 0;
    for (const [index, character] of [...this.insertions].sort(([one], [other]) => one - other)) {
      pieces.push(text.slice(at, index), character);
      at = index + 1;
    }
    return pieces.join('') + text.slice(at);
  }
}
