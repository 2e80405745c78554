/** System V segments in the table: those in a view of some process, and those that the watched process made. */
import { inOurNamespace } from './namespaces.ts';
import { type ProcessStat, readStat, startedAt } from './process-status.ts';
import { systemVName } from './section-names.ts';
import { holdingOf, type SectionTable } from './section-table.ts';
import { readSystemVSegments, type SystemVSegment } from './system-v.ts';

/**
 * A segment has no descriptor: it lives until it is removed, whoever has it in a view. One in no view is the work of
 * its creator.
 */
export function addSystemV(table: SectionTable, pid: number, stat: ProcessStat): void {
  const segments = readSystemVSegments();
  if (segments.length === 0 || !inOurNamespace(pid, 'ipc')) {
    return;
  }
  for (const segment of segments) {
    addSegment(table, segment, isMadeBy(segment, pid, stat) ? pid : null);
  }
}

/** For all processes: each segment goes to its creator, where that still runs. @returns those of no process */
export function addAllSystemV(table: SectionTable): readonly SystemVSegment[] {
  return readSystemVSegments().filter((segment) => {
    const pid = segment.creatorPid;
    const stat = readStat(pid);
    const creator = stat !== null && inOurNamespace(pid, 'ipc') && isMadeBy(segment, pid, stat) ? pid : null;
    addSegment(table, segment, creator);
    return segment.attached === 0 && creator === null;
  });
}

/** A number is given to another process later. */
function isMadeBy({ creatorPid, changed }: SystemVSegment, pid: number, stat: ProcessStat): boolean {
  return creatorPid === pid && changed >= startedAt(stat);
}

function addSegment(table: SectionTable, segment: SystemVSegment, creator: number | null): void {
  const id = `sysv:${segment.id}`;
  const entry =
    table.get(id) ??
    (creator === null ? null : table.add(id, { kind: 'sysv', name: systemVName(segment.key), maker: null }));
  if (entry !== null) {
    entry.measures = { maximumBytes: segment.bytes, allocatedBytes: segment.allocatedBytes };
    entry.attached = segment.attached;
    if (creator !== null && entry.holdings.length === 0) {
      holdingOf(entry, creator);
    }
  }
}
