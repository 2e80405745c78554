/** A section that a process of our own holds, and of which everything is known. Types only. */

/** One that the holder made. */
export interface HeldSection {
  readonly kind: string;
  /** 0 where only the system knows. */
  readonly bytes: number;
  /** Descriptor or handle in the holder. */
  readonly handle: number;
  /** From its beginning; 0 where it has no view. */
  readonly mappedBytes: number;
  /** Those that the monitor is to find in no view. */
  readonly unownedBytes: number;
}

/** What the holder says of itself; a sentence where it could not make its sections. */
export type Held = { readonly sections: readonly HeldSection[] } | { readonly reason: string };
