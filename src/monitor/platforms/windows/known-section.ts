/** Sections and handles that the monitor knows between two looks, and how they hang together. */
import type { SectionKind } from '../../section.ts';
import type { SectionBasics } from './section-reader.ts';

/** What is known of one handle. */
export interface KnownHandle {
  readonly pid: number;
  readonly handle: number;
  readonly access: number;
  readonly attributes: number;
  readonly object: number;
  readonly basics: SectionBasics;
  /** Null for a section that no watched process holds. */
  section: KnownSection | null;
  /** The last one that found it in the table. */
  look: number;
}

export interface KnownSection {
  readonly id: string;
  readonly kind: SectionKind;
  readonly bytes: number;
  readonly attributes: number;
  readonly name: string | null;
  /** By process how many handles. */
  readonly holders: Map<number, number>;
  readonly handles: Set<KnownHandle>;
  /** All processes that were seen to hold it: they may have a view still. */
  readonly everHeld: Set<number>;
  /** In all processes, as the system counts them. */
  handleCount: number;
  /** Rises with every change of its handles. */
  revision: number;
}

export function addHandle(section: KnownSection, handle: KnownHandle): void {
  if (!section.handles.has(handle)) {
    section.handles.add(handle);
    section.everHeld.add(handle.pid);
    section.revision += 1;
    section.holders.set(handle.pid, (section.holders.get(handle.pid) ?? 0) + 1);
  }
  handle.section = section;
}

export function removeHandle(section: KnownSection, handle: KnownHandle): void {
  if (section.handles.delete(handle)) {
    const left = (section.holders.get(handle.pid) ?? 0) - 1;
    if (left > 0) {
      section.holders.set(handle.pid, left);
    } else {
      section.holders.delete(handle.pid);
    }
    section.handleCount -= 1;
    section.revision += 1;
  }
  handle.section = null;
}

/** How many handles there are in processes that could not be opened. */
export function unseenHandles({ handleCount, handles }: KnownSection): number {
  return handleCount - handles.size;
}

/** Sections of different buckets are different ones. */
export function bucketOf({ bytes, attributes }: SectionBasics): string {
  return `${bytes}:${attributes}`;
}
