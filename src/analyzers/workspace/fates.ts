/** What becomes of a resource that a place keeps when its function is left. */
import type { FunctionRecord, Keeper, KeptRecord } from '../flow/record.ts';
import type { Site } from '../flow/sites.ts';
import type { FunctionEntry } from './function-entry.ts';
import type { Keepers } from './keepers.ts';
import { isAbandoned } from './life.ts';
import type { Program } from './program.ts';
import { isOpenedAgain, isOverwrittenByRetry } from './retries.ts';

/** What decisions rest on. */
export interface Workings {
  readonly program: Program;
  readonly keepers: Keepers;
}

interface Kept {
  readonly entry: FunctionEntry;
  readonly record: FunctionRecord;
  readonly site: Site;
  readonly kept: KeptRecord;
}

export type Fate =
  | 'given-back'
  /** Nothing gives back what is kept there. */
  | 'never'
  /** Something does, but not from where this function leaves things. */
  | 'half-way'
  /** The function puts another one over it when it is called again. */
  | 'overwritten';

export function fateOf({ program, keepers }: Workings, { entry, record, site, kept }: Kept): Fate {
  const { kind, reclaimed } = site.resource;
  // One that the language gives back goes with its object: only a collection that grows keeps it.
  if (reclaimed === true && (!kept.several || kept.ofCaller)) return 'given-back';
  const isReleased = kept.keepers.some((keeper) => keepers.releaserOf(keeper, kind, entry) !== undefined);
  if (kept.keepers.some((keeper) => isOwner(program, keeper))) return 'given-back';
  if (isReleased) {
    if (isAbandoned(program, keepers, entry, site, kept)) return kept.failed || kept.early ? 'half-way' : 'never';
    if (isOpenedAgain(program, entry, kept)) return 'overwritten';
    return isOverwrittenByRetry(program, entry, record, site, kept) ? 'overwritten' : 'given-back';
  }
  const isForLife = !kept.several && kept.keepers.every((keeper) => isHeldForLife(entry, keeper));
  return kept.ofCaller || isForLife ? 'given-back' : 'never';
}

/** A field whose type is a class of its own: what is put into it is given back by that class's destructor. */
function isOwner(program: Program, { owner, path }: Keeper): boolean {
  const [root, field = '', ...deeper] = path.split('.');
  if (owner === undefined || root !== 'S' || deeper.length > 0) return false;
  return [owner, ...program.basesOf(owner)].some(
    (name) => program.classes.get(name)?.owningFields.includes(field) === true,
  );
}

/** A global or static that holds one thing: made once, it is meant to stay until the process ends. */
function isHeldForLife(entry: FunctionEntry, { owner, path }: Keeper): boolean {
  if (path.startsWith('G.')) return true;
  const facts = entry.file.classes.find(({ name }) => name === owner);
  return facts?.staticFields?.includes(path.split('.')[1] ?? '') === true;
}
