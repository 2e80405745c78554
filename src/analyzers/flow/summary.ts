/**
 * What the callers of a function need to know of it. Paths begin with `P0`, `P1`, ... for parameters, `S` for the object
 * whose method it is, `G` for globals.
 */
import type { Failure } from '../catalog/entry.ts';
import type { Constant } from './graph.ts';
import type { Maker, ResourceKind } from '../finding.ts';
import type { Path, Value } from './values.ts';

/** A resource as far as it does not depend on the function in which it is made. */
export interface ResourceTemplate {
  readonly kind: ResourceKind;
  readonly failure: Failure;
  readonly typeName: string;
  readonly releasedBy: string;
  readonly maker?: Maker | undefined;
  /** The language gives it back at once when nothing reaches it any more. */
  readonly reclaimed?: boolean | undefined;
  /** Functions between the call that makes it and the one that returns it. */
  readonly distance: number;
  /** In a summary: the function that makes it, and which of its sites. */
  readonly origin?: Origin;
}

export interface Origin {
  readonly function: string;
  readonly site: number;
}

/** Something open that a call leaves behind, and where. */
export interface Gain {
  readonly path: Path;
  readonly resource: ResourceTemplate;
}

/** One way in which a call can end. */
export interface Outcome {
  /** A path of the caller's, a constant, anything, or something new. */
  readonly result: Value | ResourceTemplate;
  /** Open things put below parameters. */
  readonly gains: readonly Gain[];
  /** Places (or the result itself) that get the status with which the result, or the gain of that index, was made. */
  readonly statuses?: readonly Status[];
  /** For a function that only asks (`IsOpen`): what it found where it ends like this. */
  readonly found?: readonly Answer[];
}

/** The place holds the constant, or does not. */
export interface Answer {
  readonly path: Path;
  readonly constant: Constant;
  readonly holds: boolean;
}

export interface Status {
  /** A path, or `result`. */
  readonly at: Path;
  readonly of: number | 'result';
}

export interface Summary {
  readonly outcomes: readonly Outcome[];
  /** Given back in at least one way through the function. */
  readonly releases: readonly Path[];
  /** Given to something unknown; `releases`: by a name that says it gives things back. */
  readonly handsOver: readonly { readonly path: Path; readonly subject: string; readonly releases: boolean }[];
  /** What is below a parameter (or the parameter) and stays reachable from somewhere else. */
  readonly stores: readonly { readonly from: Path; readonly to: Path }[];
}

/** Ways to end that callers are told apart. */
export const MOST_OUTCOMES = 6;

export function isTemplate(result: Value | ResourceTemplate): result is ResourceTemplate {
  return typeof result === 'object';
}
