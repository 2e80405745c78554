/**
 * A function that makes a section, puts it in a field or global and then fails at the view is mostly called again: the
 * next poll, the next request. The code shows that it is meant to be called again where a test keeps it from running
 * twice after a success; if the same test lets it run again after the failure, the second run puts its section over the
 * one that is still open.
 */
import type { Callee } from '../flow/context.ts';
import type { FunctionRecord, KeptRecord } from '../flow/record.ts';
import { IN_QUESTION, type Scene } from '../flow/scene.ts';
import type { Site } from '../flow/sites.ts';
import { isPath, UNKNOWN, type Value } from '../flow/values.ts';
import type { FunctionEntry } from './function-entry.ts';
import { baseOf, withInitialFields } from './life.ts';
import type { Program } from './program.ts';

export function isOverwrittenByRetry(
  program: Program,
  entry: FunctionEntry,
  record: FunctionRecord,
  site: Site,
  kept: KeptRecord,
): boolean {
  const [keeper] = kept.keepers;
  if (!kept.failed || kept.ofCaller || keeper === undefined || entry.name === '.ctor') return false;
  if (kept.keepers.length > 1 || baseOf(keeper.path) === undefined) return false;
  const success = record.kept.find(
    (other) => other.site === site.id && !other.failed && other.scene.resources.some(({ kind }) => kind === 'view'),
  );
  if (success === undefined) return false;
  const failure = withInitialFields(program, entry, kept.scene);
  if (!overwrites(program.replay(entry, failure))) return false;
  const callers = program.callersNear(entry);
  if (callers.some((caller) => givesBackAfterFailure(program, caller, entry, kept, failure))) return false;
  return (
    !overwrites(program.replay(entry, success.scene)) ||
    callers.some(
      (caller) =>
        !program.replay(caller, success.scene).calls.has(entry.name) &&
        program.replay(caller, failure).calls.has(entry.name),
    )
  );
}

/**
 * A function that opens, maps and unmaps in one go is one that is called for each reading: where it puts the section in
 * a field without a look at what stands there, the next reading puts another one over it.
 */
export function isOpenedAgain(program: Program, entry: FunctionEntry, kept: KeptRecord): boolean {
  if (kept.viewReleased === undefined || kept.ofCaller || entry.name === '.ctor' || kept.keepers.length > 1)
    return false;
  return overwrites(program.replay(entry, kept.scene)) && !isClosedBefore(program, entry, kept.scene);
}

/** Whether a caller gives it back between two calls. */
function isClosedBefore(program: Program, entry: FunctionEntry, scene: Scene): boolean {
  return program.callersNear(entry).some((caller) => {
    const { released, givenAway } = program.replay(caller, scene);
    return released.has(IN_QUESTION) || givenAway.has(IN_QUESTION);
  });
}

function overwrites(record: FunctionRecord): boolean {
  return record.losses.some(
    ({ site, exit, doubts }) => site === IN_QUESTION && exit.how === 'overwritten' && doubts.length === 0,
  );
}

/** Whether the caller, told that the function failed, closes what it left. */
function givesBackAfterFailure(
  program: Program,
  caller: FunctionEntry,
  { name }: FunctionEntry,
  { returned }: KeptRecord,
  failure: Scene,
): boolean {
  const known = returned !== undefined && isPath(returned) ? failure.cells.get(returned) : returned;
  const result: Value = known?.startsWith('#') === true ? known : UNKNOWN;
  const failed: Callee = {
    summary: { outcomes: [{ result, gains: [] }], releases: [], handsOver: [], stores: [] },
    owner: undefined,
  };
  const { released, givenAway } = program.replay(caller, failure, (call) => (call.name === name ? failed : undefined));
  return released.has(IN_QUESTION) || givenAway.has(IN_QUESTION);
}
