/** What a test on an edge says of the state: which path goes on, and what is known on it. */
import type { Failure } from '../catalog/entry.ts';
import type { Test } from './graph.ts';
import type { Sites } from './sites.ts';
import type { ResourceState, State } from './state.ts';
import { constantValue, isPath, resourceOf, statusOf, UNKNOWN, type Value } from './values.ts';

type Is = Extract<Test, { op: 'is' }>;

/** Fate of one value under a test: whether it can pass each edge, and what it then is. */
interface Edge {
  readonly possible: boolean;
  /** What the cell holds on this edge, if the test tells more than was known. */
  readonly value?: Value;
}

/** @returns the state on the edge; undefined where no run takes it */
export function refine(state: State, test: Test, holds: boolean, sites: Sites): State | undefined {
  switch (test.op) {
    case 'unknown':
      return branched(state.clone(), test, holds);
    case 'loop':
      return refineLoop(state, test, holds);
    case 'is':
      return refineIs(state, test, holds, sites);
  }
}

/** A loop over elements goes through its body at least once while any of them is open. */
function refineLoop(state: State, test: Extract<Test, { op: 'loop' }>, holds: boolean): State | undefined {
  const isOpen = (): boolean =>
    state.openWithin(test.elements.flatMap((element) => state.valuesAt(element))).length > 0;
  if (!holds && !state.loops.has(test.span.start) && isOpen()) return undefined;
  const next = state.clone();
  if (holds) next.loops.add(test.span.start);
  else next.loops.delete(test.span.start);
  return next;
}

function refineIs(state: State, test: Is, holds: boolean, sites: Sites): State | undefined {
  const cells = state.cellsOf(test.location);
  const [cell] = cells;
  const next = branched(state.clone(), test, holds);
  const possible: Value[] = [];
  for (const value of state.valuesAt(test.location)) {
    const known = cell === undefined ? undefined : state.isNot.get(cell);
    const edge = edgeOf(value, test.value, holds, known, next, sites);
    if (edge.possible) possible.push(edge.value ?? value);
  }
  if (possible.length === 0) return undefined;
  if (cell !== undefined && cells.length === 1 && !cell.endsWith('[]')) {
    const [only] = possible;
    if (possible.length === 1 && only !== undefined && only !== cell) next.bindings.set(cell, [only]);
    if (isConstant(test.value) && !holds) next.isNot.set(cell, constantValue(test.value));
    if (test.value === 'true' && holds) next.isNot.set(cell, '#false');
  }
  return next;
}

/** Applies the test to one value; typestates of resources are refined in `next`. */
function edgeOf(
  value: Value,
  tested: Is['value'],
  holds: boolean,
  isNot: Value | undefined,
  next: State,
  sites: Sites,
): Edge {
  const resource = resourceOf(value);
  if (resource !== undefined) return resourceEdge(resource, tested, holds, next, sites);
  const status = statusOf(value);
  if (status !== undefined) return statusEdge(status, tested, holds, next);
  if (value.startsWith('#')) return { possible: constantAnswer(value, tested) !== !holds };
  if (value.startsWith('O:')) return { possible: (tested === 'true') === holds || tested === 'success' };
  // Anything: it may pass both edges, and on the one where the test holds it is the constant.
  if (!isConstant(tested)) return { possible: true };
  const constant = constantValue(tested);
  // What counts as true is still what it was, and is not null.
  if (isNot === '#false' && (tested === 'null' || tested === 'false')) return { possible: !holds };
  if (tested === 'true' && isNot === '#false') return { possible: holds };
  if (holds && tested === 'true' && isPath(value)) return { possible: isNot !== constant };
  if (holds) return { possible: isNot !== constant, value: constant };
  if (tested === 'true') return { possible: true, ...(value === UNKNOWN || isPath(value) ? { value: '#false' } : {}) };
  if (tested === 'false') return { possible: true, ...(value === UNKNOWN ? { value: '#true' } : {}) };
  return { possible: true };
}

function resourceEdge(id: number, tested: Is['value'], holds: boolean, next: State, sites: Sites): Edge {
  const before = next.resource(id);
  const { failure } = sites.get(id).resource;
  const saysFailed = failureTest(tested, failure);
  if (saysFailed === undefined || before === undefined) return { possible: true };
  const failed = saysFailed === holds;
  if (!settle(next, id, before, failed)) return { possible: false };
  if (before.typestate === 'failed') return { possible: true };
  return { possible: true, ...(failed ? { value: failure === 'minus-one' ? '#minus-one' : '#null' } : {}) };
}

/**
 * Notes on an edge whether the call that made the resource failed.
 * @returns false where a test before told the opposite
 */
function settle(next: State, id: number, before: ResourceState, failed: boolean): boolean {
  if (before.typestate === 'failed') return failed;
  if (before.confirmed === true) return !failed;
  if (before.typestate !== 'open') return true;
  next.update(id, failed ? { typestate: 'failed' } : { confirmed: true });
  return true;
}

/** Whether the test holding means that the acquiring call failed; undefined where it tells nothing. */
function failureTest(tested: Is['value'], failure: Failure): boolean | undefined {
  switch (tested) {
    case 'null':
      // Code that tests for null what fails with -1 is wrong in another way; it is not taken for a leak.
      return true;
    case 'minus-one':
      return true;
    case 'negative':
      return failure === 'minus-one' ? true : undefined;
    case 'true':
      return false;
    case 'false':
      return true;
    default:
      return undefined;
  }
}

/** NTSTATUS: zero and above is success. */
function statusEdge(id: number, tested: Is['value'], holds: boolean, next: State): Edge {
  const saysFailed =
    tested === 'success' || tested === 'null' || tested === 'false'
      ? false
      : tested === 'negative' || tested === 'true'
        ? true
        : undefined;
  if (saysFailed === undefined) return { possible: true };
  const before = next.resource(id);
  return { possible: before === undefined || settle(next, id, before, saysFailed === holds) };
}

/** Whether a test of a constant holds; undefined where that is not certain. */
function constantAnswer(value: Value, tested: Is['value']): boolean | undefined {
  switch (tested) {
    case 'null':
    case 'false':
      return value === '#null' || value === '#false' ? true : value === '#other' ? undefined : false;
    case 'true':
      return value === '#true' ? true : value === '#null' || value === '#false' ? false : undefined;
    case 'minus-one':
      return value === '#other' ? undefined : value === '#minus-one';
    case 'negative':
      return value === '#minus-one' ? true : value === '#other' ? undefined : false;
    case 'success':
      return value === '#minus-one' ? false : value === '#other' ? undefined : true;
    case 'other':
      return undefined;
  }
}

function isConstant(value: Is['value']): value is Exclude<Is['value'], 'negative' | 'success' | 'other'> {
  return value !== 'negative' && value !== 'success' && value !== 'other';
}

function branched(state: State, test: Test, taken: boolean): State {
  const { span, text } = test;
  const subject = test.op === 'is' ? (test.told ?? text) : text;
  if (text !== '') state.addTrace({ kind: 'branch', span, subject, taken });
  return state;
}
