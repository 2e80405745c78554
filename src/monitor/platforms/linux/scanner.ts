/** All processes at once on Linux: each section once, with all who hold it, and what nobody holds. */
import type { MachineScanner, MachineSnapshot, ProcessEntry, SectionObservation } from '../platform.ts';
import { leftOverFiles, leftOverSegment } from './left-over.ts';
import { memoryLists } from './memory-lists.ts';
import { observeSections } from './observe.ts';
import { nameOf } from './process-names.ts';
import { processEntry } from './processes.ts';
import { SystemScanner } from './system-scan.ts';
import { addAllSystemV } from './system-v-sections.ts';
import type { LinuxTools } from './target.ts';
import { Unseen } from './unseen.ts';

export class LinuxScanner implements MachineScanner {
  readonly #tools: LinuxTools;
  readonly #scanner = new SystemScanner();

  constructor(tools: LinuxTools) {
    this.#tools = tools;
  }

  look(): MachineSnapshot {
    const scan = this.#scanner.scan(null, null);
    const segments = addAllSystemV(scan.table);
    const { libc, hidesProcesses } = this.#tools;
    const unseen = new Unseen(scan, 'reason' in libc ? null : libc, hidesProcesses);
    const names = new Map<number, string>();
    const { sections, unmapped } = observeSections(scan.table.values(), {
      pids: null,
      nameOf: (pid) => nameOf(pid, names),
      mayBeViewedUnseen: (entry) => unseen.mayView(entry),
      libc,
    });
    return {
      sections,
      holders: holdersOf(sections),
      refused: scan.refused.flatMap((pid) => processEntry(pid) ?? []),
      leftOver: [...leftOverFiles(scan.table), ...segments.map(leftOverSegment)],
      memory: { ...memoryLists(process.pid), shmemUnmapped: unmapped },
      unseen: unseen.views,
      unreadable: unseen.sentences(sections.some(({ unseenViews }) => unseenViews)),
    };
  }
}

function holdersOf(sections: readonly SectionObservation[]): readonly ProcessEntry[] {
  const pids = new Set(sections.flatMap(({ holders }) => holders.map(({ pid }) => pid)));
  return [...pids].flatMap((pid) => processEntry(pid) ?? []);
}
