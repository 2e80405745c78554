/** What a reader of one kind of file offers. Which one reads a file is decided by what is in it, never by its name. */
import type { Recording } from './recording.ts';
import type { Source } from './source.ts';

/** The beginning of a file. */
export interface Head {
  readonly bytes: Uint8Array;
  /** The same as text, in whatever encoding it seems to be. */
  readonly text: string;
}

export interface Reader {
  /** For people: `minidump`. */
  readonly format: string;
  recognises(head: Head): boolean;
  /** Of a file that it recognises, however damaged: never throws, and says what could not be read. */
  read(source: Source): Recording;
}
