/**
 * Of the memory lists of a machine, the few figures that a verdict rests on: where bytes of sections go when they have no
 * view, and how much room is left. Pure.
 */
import type { Figure, MemoryLists } from '../section.ts';

export interface MachineFigures {
  /**
   * Bytes of the whole machine among which every allocated byte of every section is counted, in memory or written out:
   * Shmem and used swap on Linux, committed bytes on Windows. Null where the system does not tell.
   */
  readonly charged: number | null;
  /** What is counted there, in words. */
  readonly chargedName: string;
  /** What can still be allocated before the first limit is met; null where that is not known. */
  readonly left: number | null;
  /** In words: "the commit limit", "the limit of the control group", "the machine's memory and swap". */
  readonly limit: string;
}

export function machineFigures(memory: MemoryLists): MachineFigures {
  return memory.shmem === undefined ? windowsFigures(memory) : linuxFigures(memory);
}

/** Commit is charged when a section is made, touched or not; the limit is memory and page files together. */
function windowsFigures({ commit, commitLimit }: MemoryLists): MachineFigures {
  const [charged, most] = [bytesOf(commit), bytesOf(commitLimit)];
  return {
    charged,
    chargedName: 'committed memory',
    left: charged === null || most === null ? null : most - charged,
    limit: 'the commit limit',
  };
}

/**
 * Linux promises more than it has unless it is told not to (vm.overcommit_memory), so that its commit limit is seldom
 * what ends a leak: what is available, free swap and the control group's limit are.
 */
function linuxFigures(memory: MemoryLists): MachineFigures {
  const bytes = (name: string) => bytesOf(memory[name]);
  const [shmem, swapUsed, swapTotal, available] = ['shmem', 'swapUsed', 'swapTotal', 'memAvailable'].map(bytes);
  const charged = shmem == null || swapUsed == null ? null : shmem + swapUsed;
  const machine = available == null ? null : available + Math.max(0, (swapTotal ?? 0) - (swapUsed ?? 0));
  const [used, most] = [bytes('cgroupCurrent'), bytes('cgroupLimit')];
  const group = used === null || most === null ? null : most - used;
  const chargedName = 'Shmem and swap';
  return group !== null && (machine === null || group < machine)
    ? { charged, chargedName, left: group, limit: 'the limit of its control group' }
    : { charged, chargedName, left: machine, limit: "the end of the machine's memory and swap" };
}

function bytesOf(figure: Figure | undefined): number | null {
  return figure !== undefined && 'bytes' in figure ? figure.bytes : null;
}
