/**
 * A process and all that it has started, directly or not. A child whose parent has ended is given to another parent: it
 * stays a member, by its number and the time when it was started.
 */
import { readStat } from './process-status.ts';
import { listPids } from './procfs.ts';

export class Family {
  readonly #root: number;
  /** Members other than the root, with their start times. */
  #members = new Map<number, string>();

  constructor(root: number) {
    this.#root = root;
  }

  /** As of now. What was started and has lost its parent between two looks is not found. */
  look(): ReadonlySet<number> {
    const family = new Set([this.#root]);
    const members = new Map<number, string>();
    const strangers = new Map<number, { readonly parentPid: number; readonly startTime: string }>();
    for (const pid of listPids()) {
      const stat = readStat(pid);
      if (stat !== null && this.#members.get(pid) === stat.startTime) {
        family.add(pid);
        members.set(pid, stat.startTime);
      } else if (stat !== null && !stat.ofKernel && pid !== this.#root) {
        strangers.set(pid, stat);
      }
    }
    for (let before = -1; before < family.size;) {
      before = family.size;
      for (const [pid, { parentPid, startTime }] of strangers) {
        if (family.has(parentPid)) {
          family.add(pid);
          members.set(pid, startTime);
          strangers.delete(pid);
        }
      }
    }
    this.#members = members;
    return family;
  }
}
