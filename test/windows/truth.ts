/** What the monitor has to say of a program, by what the program itself tells that it holds. */
import assert from 'node:assert/strict';
import type { Bounds, FullSample, SectionRecord } from '../../src/monitor/section.ts';
import type { Slot, Told } from './sections.ts';

/** As the monitor names them. */
const KINDS: Readonly<Record<Slot['kind'], string>> = {
  'page-file': 'page-file',
  'read-only': 'page-file',
  snapshot: 'page-file',
  named: 'named',
  reserve: 'reserve',
  file: 'file',
  image: 'image',
  'large-pages': 'large-pages',
};

/** Bytes that are in no view of any process, of those that can be: nothing of a file, an image or a large page. */
export function unownedBytes({ kind, bytes, committedBytes, views, childBytes }: Slot): number {
  const inViews = Math.max(0, childBytes, ...views);
  switch (kind) {
    case 'file':
    case 'image':
    case 'large-pages':
      return 0;
    case 'reserve':
      return Math.max(0, committedBytes - inViews);
    default:
      return Math.max(0, bytes - inViews);
  }
}

/** Each section that the program holds is there once, with its kind, bytes, handles and holders. Lengths are distinct. */
export function assertSeen(sample: FullSample, told: Told): void {
  const open = told.slots.filter(({ handles }) => handles.length > 0);
  let unowned = 0;
  for (const slot of open) {
    const records = recordsOf(sample, slot, told);
    assert.equal(records.length, 1, `${slot.slot}: ${JSON.stringify(records)}`);
    const [record] = records;
    assert.equal(record!.kind, KINDS[slot.kind], slot.slot);
    const holders = new Map(record!.holders.map(({ pid, handles }) => [pid, handles]));
    assert.equal(holders.get(told.pid), slot.handles.length, `handles of ${slot.slot}`);
    if (slot.childPid !== 0) {
      assert.equal(holders.get(slot.childPid), 1, `handles of ${slot.slot} in the child`);
    }
    // How long a snapshot is the system alone decides, and no view of it is left.
    const bytes = slot.kind === 'snapshot' ? record!.maximumBytes : unownedBytes(slot);
    assertWithin(bytes, record!.unownedBytes, slot.slot);
    unowned += bytes;
  }
  assertWithin(unowned, sample.totals.unownedBytes, 'all');
}

/** Known by a length that no other section of the program has. */
function recordsOf({ sections }: FullSample, { kind, bytes }: Slot, { slots }: Told): readonly SectionRecord[] {
  switch (kind) {
    case 'image':
      return sections.filter((section) => section.kind === 'image');
    case 'snapshot':
      return sections.filter(
        (section) => section.kind === 'page-file' && !slots.some((slot) => slot.bytes === section.maximumBytes),
      );
    default:
      return sections.filter(({ maximumBytes }) => maximumBytes === bytes);
  }
}

function assertWithin(truth: number, { min, max }: Bounds, what: string): void {
  assert.ok(min <= truth && truth <= max, `${what}: ${truth} bytes are in no view, the monitor tells ${min} to ${max}`);
}
