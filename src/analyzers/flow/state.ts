/**
 * What holds at a point of a function on some set of paths: which cell holds which values, and for each resource its
 * typestate. A state is written to only before it is given to a block; clone it to go on from one that is shared.
 */
import type { Doubt } from '../finding.ts';
import type { Location, Operand, Span } from './graph.ts';
import { below, isLocal, isWithin, rootOf } from './graph.ts';
import {
  constantValue,
  isPath,
  isSummaryCell,
  olderOf,
  type Path,
  type ResourceId,
  resourcePath,
  UNKNOWN,
  type Value,
} from './values.ts';

export type Typestate =
  | 'open'
  /** The call that should have made it failed. */
  | 'failed'
  | 'released'
  /** Something that releases it by itself, or the caller, has it now. */
  | 'handed-over';

export interface DoubtAt {
  readonly kind: Doubt['kind'];
  readonly subject: string;
  readonly span: Span;
}

export interface ResourceState {
  readonly typestate: Typestate;
  /** A test told that the call which made it did not fail: no later test can tell otherwise. */
  readonly confirmed?: boolean;
  /** The section of a view, the view of a pointer. */
  readonly parent?: ResourceId | undefined;
  /** Where a view of this section was given back. */
  readonly viewReleased?: Span | undefined;
  readonly doubts: readonly DoubtAt[];
}

/** One thing that happened on the way, newest first. */
export interface Trace {
  readonly before: Trace | undefined;
  readonly kind: 'created' | 'stored' | 'released' | 'branch' | 'exception';
  readonly span: Span;
  readonly resource?: ResourceId;
  /** For a view: its section, for a pointer: its view. */
  readonly parent?: ResourceId | undefined;
  readonly subject?: string;
  readonly taken?: boolean;
}

export interface HandOver {
  readonly span: Span;
  readonly subject: string;
  /** Its name says that it gives things back. */
  readonly releases: boolean;
}

export class State {
  readonly bindings = new Map<Path, readonly Value[]>();
  readonly resources = new Map<ResourceId, ResourceState>();
  /** Cells of which a test told what they are not. */
  readonly isNot = new Map<Path, Value>();
  /** Paths from outside of the function that it released. */
  readonly released = new Set<Path>();
  /** Paths from outside that something unknown was given. */
  readonly handedOver = new Map<Path, HandOver>();
  /** Loops over elements that the path has been through. */
  readonly loops = new Set<number>();
  /** Class of an object made here, where it is known. */
  readonly classes = new Map<Path, string>();
  /**
   * Set once an exception of a callee was on the way. What is lost from then on counts only if the function goes on to
   * return: an exception that leaves it, and that only some callee may raise, is not what its owner would call a path.
   */
  raised = false;
  /** Losses that wait for the function to return; keys name the place. */
  readonly deferred = new Map<string, () => void>();
  trace: Trace | undefined;

  clone(): State {
    const copy = new State();
    copyInto(this.bindings, copy.bindings);
    copyInto(this.resources, copy.resources);
    copyInto(this.isNot, copy.isNot);
    copyInto(this.handedOver, copy.handedOver);
    copyInto(this.classes, copy.classes);
    copyInto(this.deferred, copy.deferred);
    copy.raised = this.raised;
    for (const path of this.released) copy.released.add(path);
    for (const loop of this.loops) copy.loops.add(loop);
    copy.trace = this.trace;
    return copy;
  }

  /** Equal for states from which the analysis goes on in the same way; how they were reached does not count. */
  key(): string {
    const bindings = [...this.bindings].map(([cell, values]) => `${cell}=${values.join('|')}`).sort();
    const resources = [...this.resources]
      .map(([id, { typestate, confirmed, parent, viewReleased, doubts }]) =>
        [
          id,
          typestate,
          confirmed === true ? 'c' : '',
          parent ?? '',
          viewReleased === undefined ? '' : 'v',
          doubts.length > 0 ? 'd' : '',
        ].join(':'),
      )
      .sort();
    const rest = [...this.isNot].map(([cell, value]) => `${cell}!${value}`).sort();
    const { raised } = this;
    const sets = [
      [...this.released].sort(),
      [...this.loops].sort(),
      [...this.deferred.keys()].sort(),
      [raised ? 'r' : ''],
    ];
    return [bindings, resources, rest, ...sets].map((part) => part.join(',')).join(';');
  }

  /** The cells that a location names, once what lies on the way to its last step was followed. */
  cellsOf(location: Location): readonly Path[] {
    const [root = location, ...steps] = location.split('.');
    // A local that was never assigned and has parts is a struct or array of its own: an object.
    if (steps.length > 0 && isLocal(root) && !this.bindings.has(root)) this.bindings.set(root, [`O:${root}`]);
    let cells: readonly Path[] = [root];
    for (const step of steps) {
      cells = [...new Set(cells.flatMap((cell) => this.at(cell)).map((path) => below(path, step)))];
    }
    return cells;
  }

  /** The values that may stand at a location. A cell of which nothing is known stands for itself. */
  valuesAt(location: Location): readonly Value[] {
    return [...new Set(this.cellsOf(location).flatMap((cell) => this.bindings.get(cell) ?? [cell]))];
  }

  valuesOf(operand: Operand | undefined): readonly Value[] {
    if (operand?.constant !== undefined) return [constantValue(operand.constant)];
    return operand?.location === undefined ? [UNKNOWN] : this.valuesAt(operand.location);
  }

  /** Puts values at a location; gives the cells that were written. */
  assign(location: Location, values: readonly Value[]): readonly Path[] {
    const cells = this.cellsOf(location);
    const replaces = cells.length === 1;
    for (const cell of cells) {
      const adds = !replaces || isSummaryCell(cell);
      const before = adds ? (this.bindings.get(cell) ?? []) : [];
      if (!adds) this.forget(cell);
      this.bindings.set(cell, [...new Set([...before, ...values])].sort());
    }
    return cells;
  }

  /** Drops what is known of a cell and of all below it. */
  forget(cell: Path): void {
    for (const map of [this.bindings, this.isNot, this.handedOver]) {
      for (const key of map.keys()) if (isWithin(key, cell)) map.delete(key);
    }
  }

  /** Drops what was told apart by constants and tests: flags, counters, null or not. */
  forgetConstants(): void {
    for (const [cell, values] of this.bindings) {
      if (!values.every(isPath)) this.bindings.set(cell, [UNKNOWN]);
    }
    this.isNot.clear();
    this.loops.clear();
  }

  resource(id: ResourceId): ResourceState | undefined {
    return this.resources.get(id);
  }

  update(id: ResourceId, change: Partial<ResourceState>): void {
    const before = this.resources.get(id);
    if (before) this.resources.set(id, { ...before, ...change });
  }

  addDoubt(id: ResourceId, doubt: DoubtAt): void {
    const before = this.resources.get(id);
    if (before?.doubts.some(({ kind, subject }) => kind === doubt.kind && subject === doubt.subject) === false) {
      this.update(id, { doubts: [...before.doubts, doubt] });
    }
  }

  addTrace(step: Omit<Trace, 'before'>): void {
    this.trace = { before: this.trace, ...step };
  }

  /** Makes room for a new resource of the same site: one that is still open becomes one of the older ones. */
  age(id: ResourceId): void {
    const before = this.resources.get(id);
    const [newest, older] = [resourcePath(id), resourcePath(olderOf(id))];
    this.resources.delete(id);
    if (before === undefined) return;
    if (before.typestate === 'open') {
      this.resources.set(olderOf(id), before);
      for (const [child, state] of this.resources) {
        if (state.parent === id) this.resources.set(child, { ...state, parent: olderOf(id) });
      }
    }
    const renamed = (path: Path): Path => (isWithin(path, newest) ? older + path.slice(newest.length) : path);
    for (const [cell, values] of [...this.bindings]) {
      this.bindings.delete(cell);
      const kept =
        before.typestate === 'open'
          ? values.map(renamed)
          : values.map((value) => (isWithin(value, newest) ? UNKNOWN : value));
      if (before.typestate === 'open' || !isWithin(cell, newest))
        this.bindings.set(renamed(cell), [...new Set(kept)].sort());
    }
  }

  /** Resources that are open and that no live cell reaches. `alive` says which cells count as roots. */
  lost(alive: (cell: Path) => boolean, alsoReached: readonly Value[] = []): readonly ResourceId[] {
    const open = [...this.resources].filter(([, { typestate }]) => typestate === 'open').map(([id]) => id);
    if (open.length === 0) return open;
    const reached = this.reachable(alive, alsoReached);
    return open.filter((id) => !reached.has(resourcePath(id)));
  }

  /** Roots (`R:4`, `O:12`) that can be reached from live cells and the given values. */
  reachable(alive: (cell: Path) => boolean, also: readonly Value[]): ReadonlySet<Path> {
    const reached = new Set<Path>();
    const pending: Value[] = [...also];
    const byRoot = new Map<Path, (readonly [Path, readonly Value[]])[]>();
    for (const binding of this.bindings) {
      const [cell, values] = binding;
      if (isRootCell(cell) && alive(cell)) pending.push(...values);
      const root = rootOf(cell);
      const beside = byRoot.get(root);
      if (beside === undefined) byRoot.set(root, [binding]);
      else beside.push(binding);
    }
    const visited = new Set<Path>();
    for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
      if (!isPath(value)) continue;
      const root = rootOf(value);
      // A whole object is reached by any path into it; of what lies outside only what is below the path.
      const from = isRootCell(root) ? value : root;
      if (visited.has(from)) continue;
      visited.add(from);
      if (from === root) reached.add(root);
      for (const [cell, values] of byRoot.get(root) ?? []) if (isWithin(cell, from)) pending.push(...values);
    }
    return reached;
  }

  /** Every open resource that can be reached from these values. */
  openWithin(values: readonly Value[]): readonly ResourceId[] {
    const open = [...this.resources].filter(([, { typestate }]) => typestate === 'open').map(([id]) => id);
    if (open.length === 0 || values.length === 0) return [];
    const reached = this.reachable(() => false, values);
    return open.filter((id) => reached.has(resourcePath(id)));
  }

  private at(cell: Path): readonly Path[] {
    const values = this.bindings.get(cell);
    if (values === undefined) return [cell];
    const paths = values.filter(isPath);
    return paths.length > 0 ? paths : [cell];
  }
}

/** Cells of variables and fields; those of objects and resources live only through them. */
function isRootCell(cell: Path): boolean {
  return !cell.startsWith('O:') && !cell.startsWith('R:');
}

function copyInto<K, V>(from: ReadonlyMap<K, V>, to: Map<K, V>): void {
  for (const [key, value] of from) to.set(key, value);
}
