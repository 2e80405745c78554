/**
 * The forward dataflow of one function: states go from block to block until nothing new arises. States of a block that
 * differ are kept apart, as the analysis is only as good as what it knows of correlated tests, up to a number; work is
 * bounded by counted steps, never by a clock, so that the same source gives the same findings everywhere.
 */
import type { Dialect } from '../catalog/entry.ts';
import { type Callees, type Context, exitPoint } from './context.ts';
import { endHolders, loseFields, reportLost } from './losing.ts';
import { recordKept, recordLeft } from './keeping.ts';
import type { Block, CallEvent, FunctionGraph, Location, Terminator } from './graph.ts';
import { isLocal, rootOf } from './graph.ts';
import { type FunctionRecord, Recorder } from './record.ts';
import { refine } from './refine.ts';
import { IN_QUESTION, type Scene } from './scene.ts';
import { Sites } from './sites.ts';
import { State } from './state.ts';
import { SummaryBuilder } from './summarize.ts';
import { type Deaths, temporaryDeaths } from './temporaries.ts';
import { endTemporaries, transfer } from './transfer.ts';
import { isShared, type Path, type Value } from './values.ts';

/** States kept apart for one block: where something was made, and where nothing was made yet that a flag could belong to. */
const MOST_STATES = 48;
const MOST_EMPTY_STATES = 8;
const MOST_COARSE_STATES = 8;
/** Visits of blocks in one function; real functions need some hundreds. */
const MOST_VISITS = 6000;

const NOWHERE = { start: 0, end: 0 };

interface Visit {
  readonly block: number;
  readonly state: State;
}

/** @param scene what holds at the entry, where that is known */
export function analyzeFunction(
  graph: FunctionGraph,
  dialect: Dialect,
  callees: Callees,
  scene?: Scene,
): FunctionRecord {
  const context: Context = { graph, dialect, callees, sites: new Sites(), recorder: new Recorder() };
  const summary = new SummaryBuilder(context);
  const dataflow = new Dataflow(context, summary);
  dataflow.run(scene);
  const { recorder, sites } = context;
  return {
    sites: sites.all(),
    losses: [...recorder.losses.values()],
    kept: [...recorder.kept.values()],
    released: recorder.released,
    outliving: recorder.outliving,
    givenAway: recorder.givenAway,
    calls: recorder.calls,
    settled: dataflow.settled ?? new Map(),
    holderEnds: recorder.holderEnds(),
    touched: recorder.touched,
    summary: summary.build(),
  };
}

class Dataflow {
  private readonly context: Context;
  private readonly summary: SummaryBuilder;
  private readonly deaths: Deaths;
  private readonly seen: readonly Set<string>[];
  /** Breadth first: the first path to a place is the shortest. */
  private readonly pending: Visit[] = [];
  /** For each block: states beyond those that are kept apart. */
  private readonly coarse: number[] = [];
  /** Constants of the object's own fields, as all returns so far agree on them. */
  settled: Map<Path, Value> | undefined;

  constructor(context: Context, summary: SummaryBuilder) {
    this.context = context;
    this.summary = summary;
    this.deaths = temporaryDeaths(context.graph.blocks);
    this.seen = context.graph.blocks.map(() => new Set());
  }

  run(scene: Scene | undefined): void {
    this.enter(0, this.entryState(scene));
    for (let visits = 0; visits < MOST_VISITS; visits += 1) {
      const visit = this.pending.shift();
      if (visit === undefined) return;
      const block = this.context.graph.blocks[visit.block];
      if (block !== undefined) this.visit(visit.block, block, visit.state);
    }
  }

  private entryState(scene: Scene | undefined): State {
    const state = new State();
    // A parameter stands for what the caller gave.
    for (const { location } of this.context.graph.parameters) state.bindings.set(location, [location]);
    for (const [index, resource] of (scene?.resources ?? []).entries()) {
      const { id } = this.context.sites.of(`scene:${index}`, () => ({
        resource,
        span: NOWHERE,
        call: '',
        viaWrapper: false,
      }));
      const parent = index > 0 && resource.kind === 'view' ? IN_QUESTION : undefined;
      state.resources.set(id, { typestate: 'open', confirmed: true, parent, doubts: [] });
    }
    for (const [cell, value] of scene?.cells ?? []) state.bindings.set(cell, [value]);
    return state;
  }

  private enter(block: number, state: State): void {
    const seen = this.seen[block];
    if (seen === undefined || seen.size >= MOST_STATES) return;
    const isOneOfMany = state.resources.size === 0 && seen.size >= MOST_EMPTY_STATES;
    if (isOneOfMany && (this.coarse[block] ?? 0) >= MOST_COARSE_STATES) return;
    const entering = state.clone();
    if (isOneOfMany) {
      // Only what many states have in common goes on, so that no block is left out.
      this.coarse[block] = (this.coarse[block] ?? 0) + 1;
      entering.forgetConstants();
    }
    const key = entering.key();
    if (seen.has(key)) return;
    seen.add(key);
    this.pending.push({ block, state: entering });
  }

  private visit(index: number, block: Block, entry: State): void {
    let states: readonly State[] = [entry];
    for (const [position, event] of block.events.entries()) {
      const dying = this.deaths[index]?.[position] ?? [];
      states = states.flatMap((state) => {
        if (event.type === 'call') this.context.recorder.calls.add(event.name);
        if (event.type === 'call' && mayRaise(this.context, event)) this.raise(block, state, event.span);
        const after = transfer(this.context, state, event, `${index}.${position}`.replace('.', '/'));
        if (dying.length > 0) for (const next of after) endTemporaries(this.context, next, dying, event.span);
        return after;
      });
    }
    const dying = this.deaths[index]?.[block.events.length] ?? [];
    for (const state of states) this.leave(block.end, state, dying);
  }

  /** An exception of a call goes to the handler with what held before the call. */
  private raise(block: Block, state: State, span: { readonly start: number; readonly end: number }): void {
    if (block.handler === undefined) return;
    const raised = state.clone();
    raised.addTrace({ kind: 'exception', span });
    raised.raised = true;
    for (const cell of [...raised.bindings.keys()]) if (cell.startsWith('T:')) raised.forget(cell);
    reportLost(this.context, raised, exitPoint('discarded', span));
    this.enter(block.handler, raised);
  }

  private leave(end: Terminator, state: State, dying: readonly Location[]): void {
    switch (end.type) {
      case 'goto':
        this.enter(end.to, state);
        break;
      case 'branch':
        for (const holds of [true, false]) {
          const next = refine(state, end.test, holds, this.context.sites);
          if (next === undefined) continue;
          endTemporaries(this.context, next, dying, end.test.span);
          this.enter(holds ? end.then : end.else, next);
        }
        break;
      case 'return':
      case 'throw':
        this.exit(end, state);
        break;
      case 'end':
        break;
    }
  }

  private exit(end: Extract<Terminator, { type: 'return' | 'throw' }>, state: State): void {
    const isReturn = end.type === 'return';
    const values = isReturn && end.value ? state.valuesOf(end.value) : [];
    const exit = exitPoint(isReturn && end.implicit === true ? 'scope-end' : end.type, end.span, end.braceless);
    const locals = [...state.bindings.keys()].filter((cell) => !this.outlives(cell));
    const holders = endHolders(
      this.context,
      state,
      locals.filter((cell) => cell.startsWith('L:')),
      exit,
    );
    // An exception that only some callee may raise is not what the owner of the code would call a path.
    if (end.type === 'throw' && end.implicit === true) return;
    if (isReturn) for (const report of state.deferred.values()) report();
    const returned = values.length === 1 ? values[0] : undefined;
    const { graph, dialect } = this.context;
    const isConstructor = dialect === 'cpp' && graph.name === '.ctor';
    const early = isConstructor && isReturn && end.implicit !== true;
    if (end.type === 'throw' && graph.name === '.ctor')
      loseFields(this.context, state, exit, (cell) => this.outlives(cell));
    recordKept(this.context, state, { returned, early });
    if (isReturn) {
      recordLeft(this.context, state, returned);
      this.settle(state);
      this.summary.addExit(state, values);
    }
    reportLost(this.context, state, exit, holders, (cell) => this.outlives(cell), values);
  }

  private settle(state: State): void {
    const here = new Map<Path, Value>();
    for (const [cell, values] of state.bindings) {
      const [only] = values;
      if (only?.startsWith('#') === true && values.length === 1 && rootOf(cell) === 'S') here.set(cell, only);
    }
    if (this.settled === undefined) this.settled = here;
    else for (const [cell, value] of this.settled) if (here.get(cell) !== value) this.settled.delete(cell);
  }

  /** Whether others can reach the cell after the function: fields, statics, what lies below a parameter. */
  private outlives(cell: Path): boolean {
    if (isShared(cell)) return true;
    // A pointer into somebody else's view is the duty of who has the pointer.
    if (cell.endsWith('.*pointer')) return false;
    const root = rootOf(cell);
    return cell !== root && isLocal(root) && this.context.graph.parameters.some(({ location }) => location === root);
  }
}

/** A release that may itself fail is not looked at, nor is a collection that cannot grow. */
function mayRaise({ callees, dialect }: Context, { implicit, name, qualifier, receiver }: CallEvent): boolean {
  if (implicit === true) return false;
  const effects = callees.catalog.lookUp(dialect, { name, qualifier, hasReceiver: receiver !== undefined });
  return !effects.some(({ effect }) => effect === 'release' || effect === 'collect');
}
