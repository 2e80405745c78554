/** Strings of a minidump: the number of their bytes, then UTF-16 in little-endian order; RVA 0 is none. */
import { type Dump, hex, structure } from './streams.ts';

/** The longest name that an object can have is a UNICODE_STRING. */
const MOST_BYTES = 0xfffe;
/** Following an address costs a read; a dump of the largest process needs fewer. */
const MOST_READS = 2_000_000;
const MOST_KEPT = 4096;

export class Strings {
  readonly #dump: Dump;
  readonly #types = new Map<number, string>();
  #reads = 0;

  constructor(dump: Dump) {
    this.#dump = dump;
  }

  /** Null for none, and for one that is not in the file. */
  at(rva: number): string | null {
    const { source, troubles } = this.#dump;
    this.#reads += 1;
    if (rva === 0 || this.#reads > MOST_READS) {
      if (rva !== 0) {
        troubles.add(
          'reads',
          `The dump has more than ${MOST_READS.toLocaleString('en-US')} names: later ones are left out.`,
        );
      }
      return null;
    }
    const bytes = structure(source, rva, 4)?.getUint32(0, true);
    if (bytes === undefined) {
      troubles.add('name', `A name should stand at offset ${hex(rva)}, outside of the file.`);
      return null;
    }
    const text = structure(source, rva + 4, Math.min(bytes, MOST_BYTES) & ~1);
    if (text === null || bytes > MOST_BYTES) {
      troubles.add(
        'name',
        `The name at offset ${hex(rva)} should have ${bytes.toLocaleString('en-US')} bytes: it is left out.`,
      );
      return null;
    }
    return new TextDecoder('utf-16le').decode(text);
  }

  /** Many handles have one name of a type: that is read once. */
  typeAt(rva: number): string {
    const known = this.#types.get(rva);
    if (known !== undefined) {
      return known;
    }
    const text = this.at(rva) ?? '';
    if (this.#types.size < MOST_KEPT) {
      this.#types.set(rva, text);
    }
    return text;
  }
}
