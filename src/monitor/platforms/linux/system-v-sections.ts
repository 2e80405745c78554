/** System V segments in the table: those in a view of some process, and those that the watched process made. */
import { inOurNamespace } from './namespaces.ts';
import { type ProcessStat, startedAt } from './process-status.ts';
import { systemVName } from './section-names.ts';
import { holdingOf, type SectionTable } from './section-table.ts';
import { readSystemVSegments } from './system-v.ts';

/**
 * A segment has no descriptor: it lives until it is removed, whoever has it in a view. One in no view is the work of
 * its creator.
 */
export function addSystemV(table: SectionTable, pid: number, stat: ProcessStat): void {
  const segments = readSystemVSegments();
  if (segments.length === 0 || !inOurNamespace(pid, 'ipc')) {
    return;
  }
  const started = startedAt(stat);
  for (const segment of segments) {
    const id = `sysv:${segment.id}`;
    const made = segment.creatorPid === pid && segment.changed >= started;
    const entry =
      table.get(id) ?? (made ? table.add(id, { kind: 'sysv', name: systemVName(segment.key), maker: null }) : null);
    if (entry !== null) {
      entry.measures = { maximumBytes: segment.bytes, allocatedBytes: segment.allocatedBytes };
      entry.attached = segment.attached;
      if (made && entry.holdings.length === 0) {
        holdingOf(entry, pid);
      }
    }
  }
}
