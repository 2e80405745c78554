/**
 * A process and all that it has started, directly or not. A child whose parent has ended stays a member: Windows keeps
 * the parent's number, and numbers are told apart by when their processes were created. Pure.
 */
import type { ProcessRow } from './process-table.ts';

export class Family {
  readonly #root: number;
  /** All members that ever were, with the time of their creation. */
  readonly #members = new Map<number, bigint>();

  constructor(root: number) {
    this.#root = root;
  }

  /** As of now. What was started by one that came and went between two looks is not found. */
  look(rows: ReadonlyMap<number, ProcessRow>): ReadonlySet<number> {
    const root = rows.get(this.#root);
    if (root !== undefined && !this.#members.has(root.pid)) {
      this.#members.set(root.pid, root.created);
    }
    for (let before = -1; before < this.#members.size;) {
      before = this.#members.size;
      for (const { pid, parentPid, created } of rows.values()) {
        const parent = this.#members.get(parentPid);
        if (parent !== undefined && created >= parent && parentPid !== pid && this.#members.get(pid) !== created) {
          // The number of a member that has ended may be given to another process, with children of its own.
          const running = rows.get(parentPid);
          if (running === undefined || running.created === parent) {
            this.#members.set(pid, created);
          }
        }
      }
    }
    return new Set([...this.#members].flatMap(([pid, created]) => (rows.get(pid)?.created === created ? [pid] : [])));
  }
}
