/** Sections of which everything is known, made by memfd_create. */
import { writeSync } from 'node:fs';
import { loadLibc } from '../../../../native/libc.ts';
import type { Held } from '../held.ts';

const KIB = 1024;
/** Written at both ends of a section, so that there is a hole between. */
export const WRITTEN_BYTES = 64 * KIB;
export const SECTION_BYTES = 1024 * KIB;
export const SECTION_NAME = 'section-leaks selftest';

/** One in no view, and one of which the first part is in a view; each written at its beginning and its end. */
export async function holdLinuxSections(): Promise<Held> {
  const libc = await loadLibc();
  if ('reason' in libc) {
    return libc;
  }
  const sections = [0, WRITTEN_BYTES].map((mappedBytes) => {
    const handle = libc.makeSection(SECTION_NAME);
    for (const position of [0, SECTION_BYTES - WRITTEN_BYTES]) {
      writeSync(handle, Buffer.alloc(WRITTEN_BYTES, 1), 0, WRITTEN_BYTES, position);
    }
    if (mappedBytes > 0) {
      libc.mapSection(handle, mappedBytes);
    }
    const unownedBytes = 2 * WRITTEN_BYTES - mappedBytes;
    return { kind: 'memfd', bytes: SECTION_BYTES, handle, mappedBytes, unownedBytes };
  });
  return { sections };
}
