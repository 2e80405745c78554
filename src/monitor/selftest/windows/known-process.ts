/** A process of our own on Windows, opened for the questions that the monitor asks. */
import type { WindowsApi } from '../../../../native/windows.ts';
import type { HeldSection } from '../held.ts';

export interface KnownProcess {
  readonly api: WindowsApi;
  readonly pid: number;
  /** Its handle in this process. */
  readonly process: number;
  readonly sections: readonly HeldSection[];
}

/** The one section of a kind that the holder made, by its kind and whether it is mapped; undefined where it could not. */
export function sectionOf({ sections }: KnownProcess, kind: string, isMapped = false): HeldSection | undefined {
  return sections.find((section) => section.kind === kind && section.mappedBytes > 0 === isMapped);
}

/** As Windows writes status codes. */
export function hexadecimal(status: number): string {
  return `0x${(status >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;
}
