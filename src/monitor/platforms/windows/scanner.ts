/** All processes at once on Windows: each section once, with all who hold it. */
import type { MachineScanner, MachineSnapshot, ProcessEntry } from '../platform.ts';
import { refusedSentence } from './access.ts';
import type { SectionHandles } from './handle-tables.ts';
import { SectionLooks, type WindowsTools } from './look.ts';
import { isProgram, processEntry } from './process-entries.ts';
import { UNSEEN_VIEWS } from './target.ts';

export class WindowsScanner implements MachineScanner {
  readonly #tools: WindowsTools;
  readonly #looks: SectionLooks;

  constructor(tools: WindowsTools) {
    this.#tools = tools;
    this.#looks = new SectionLooks(tools, null);
  }

  look(): MachineSnapshot {
    const { processes, source, rights, memory } = this.#tools;
    const rows = processes.list();
    const watched = new Set([...rows.keys()].filter(isProgram));
    const { sections, refused } = this.#looks.look(watched, rows);
    const counts = refused.size === 0 ? new Map<number, SectionHandles>() : source.ofSystem();
    const holders = new Set(sections.flatMap((section) => section.holders.map(({ pid }) => pid)));
    const entryOf = (pid: number): readonly ProcessEntry[] => {
      const row = rows.get(pid);
      return row === undefined ? [] : [processEntry(row, this.#tools)];
    };
    return {
      sections,
      holders: [...holders].flatMap(entryOf),
      refused: [...refused].flatMap(([pid, error]) =>
        entryOf(pid).map((entry) => ({
          ...entry,
          refusal: refusedSentence(
            { pid, name: entry.name, error, sections: counts.get(pid)?.handles.length ?? null },
            rights,
          ),
        })),
      ),
      // A section without handles and views ends: nothing is left over.
      leftOver: [],
      memory: memory.read(rows),
      unseen: UNSEEN_VIEWS,
      unreadable: [],
    };
  }
}
