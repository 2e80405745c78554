/** Functions that a project declares: the same entries as the tables of this folder have, made of a few plain words. */
import type { ResourceKind } from '../finding.ts';
import type { CatalogEntry, Failure, Role } from './entry.ts';

/** A function that makes something which has to be given back. */
export interface DeclaredAcquire {
  readonly function: string;
  readonly resource: ResourceKind;
  /** The argument, counted from 0, that receives it by reference; the result where it is absent. */
  readonly into?: number;
  /** How a failure shows; `null` where it is absent. */
  readonly failure?: Failure;
  /** The function that gives it back: what messages and quick fixes name. */
  readonly releasedBy: string;
  /** What messages call it; the function's name and its kind where it is absent. */
  readonly typeName?: string;
  /** The argument that it belongs to: a view's section. */
  readonly parent?: number;
}

/** A function that gives back what it is given. */
export interface DeclaredRelease {
  readonly function: string;
  /** Counted from 0, or the object whose method it is; argument 0 where it is absent. */
  readonly of?: number | 'receiver';
}

export interface Declarations {
  readonly acquire: readonly DeclaredAcquire[];
  readonly release: readonly DeclaredRelease[];
  /** Functions that use what they are given and keep none of it. */
  readonly borrow: readonly string[];
  /** Functions that take over what they are given, to give it back later. */
  readonly handOver: readonly string[];
}

const EVERY_KIND: readonly ResourceKind[] = ['section', 'view'];

/** A name may have its class before it: `Cache.Map`, `Cache::Map`. */
export function declaredEntries({ acquire, release, borrow, handOver }: Declarations): readonly CatalogEntry[] {
  return [
    ...acquire.flatMap((declared) => acquireEntries(declared)),
    ...release.flatMap(({ function: name, of = 0 }) =>
      entriesOf(name, { effect: 'release', resources: EVERY_KIND, of }, of === 'receiver'),
    ),
    ...borrow.flatMap((name) => entriesOf(name, { effect: 'borrow' }, false)),
    ...handOver.flatMap((name) => entriesOf(name, { effect: 'hand-over' }, false)),
  ];
}

function acquireEntries({
  function: name,
  resource,
  into,
  failure = 'null',
  releasedBy,
  typeName = resource,
  parent,
}: DeclaredAcquire): readonly CatalogEntry[] {
  const role: Role = into ?? 'result';
  const releasing = releasedBy.includes('$') ? releasedBy : `${releasedBy}($)`;
  const effect = { effect: 'acquire', resource, into: role, failure, typeName, releasedBy: releasing } as const;
  return entriesOf(name, parent === undefined ? effect : { ...effect, parent }, false);
}

/** As a function and, unless its class is named, as a method of any object. */
function entriesOf(
  qualifiedName: string,
  effect: CatalogEntry['effect'],
  onlyMethod: boolean,
): readonly CatalogEntry[] {
  const steps = qualifiedName.split(/\.|::/u);
  const name = steps.at(-1) ?? qualifiedName;
  const owner = steps.at(-2);
  if (owner !== undefined && !onlyMethod) {
    return [{ names: [name], qualifiers: [owner], effect }];
  }
  const method: CatalogEntry = { names: [name], method: true, effect };
  return onlyMethod ? [method] : [{ names: [name], effect }, method];
}
