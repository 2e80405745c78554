/** What the transfer functions of one function's analysis share. */
import type { Catalog } from '../catalog/catalog.ts';
import type { Dialect } from '../catalog/entry.ts';
import type { CallEvent, FunctionGraph, Span } from './graph.ts';
import type { ExitPoint, Recorder } from './record.ts';
import type { Sites } from './sites.ts';
import type { Summary } from './summary.ts';

/** What the workspace knows of the callee of a call. */
export interface Callee {
  readonly summary: Summary;
  /** Class whose method or constructor it is. */
  readonly owner: string | undefined;
  /** The receiver is its first parameter. */
  readonly extendsReceiver?: boolean;
}

/**
 * What a call is given: nothing that counts, something that fields or statics keep, or something that is open here.
 * `asked`: it may tell whether something that a field keeps is open.
 */
export type Concern = 'none' | 'kept' | 'asked' | 'open';

export interface Callees {
  /** What the tables and the project's declarations say of a call. */
  readonly catalog: Catalog;
  /**
   * @param receiverClass class of the receiver, where it is known
   * @param concern whether it matters what the call does with what it is given
   */
  find(call: CallEvent, receiverClass: string | undefined, concern: Concern): Callee | undefined;
  isKnownClass(name: string): boolean;
  /** Whether the class itself declares the field, not one of its bases. */
  declares(owner: string, field: string): boolean;
}

export interface Context {
  readonly graph: FunctionGraph;
  readonly dialect: Dialect;
  readonly callees: Callees;
  readonly sites: Sites;
  readonly recorder: Recorder;
}

/** Languages in which a view is an address, which a callee can use but not keep from being unmapped. */
export function hasRawViews(dialect: Dialect): boolean {
  return dialect !== 'csharp' && dialect !== 'powershell';
}

export function exitPoint(how: ExitPoint['how'], span: Span, braceless = false): ExitPoint {
  return { how, span, braceless };
}
