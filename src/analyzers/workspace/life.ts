/**
 * What becomes of a resource that a function leaves in a field, a global or the caller's structure: the functions that
 * give back what is kept there are run from where the first one left things. A release under a condition that does not
 * hold there is no release.
 */
import type { Keeper, KeptRecord } from '../flow/record.ts';
import { IN_QUESTION, moved, type Scene } from '../flow/scene.ts';
import type { Site } from '../flow/sites.ts';
import { type FunctionGraph, lastStep } from '../flow/graph.ts';
import { constantValue, type Path, resourcePath, type Value } from '../flow/values.ts';
import type { FunctionEntry } from './function-entry.ts';
import { initialFields } from './initial-fields.ts';
import type { Keepers, Touch } from './keepers.ts';
import type { Program } from './program.ts';

const ENDS_LIFE: readonly string[] = ['~', 'Dispose', 'DisposeAsync', 'DisposeCore', 'Finalize'];
/** Names of methods that users of a class call when they are done with an object. */
const CLOSES =
  /close|dispose|stop|free|release|shut_?down|clean|destroy|uninit|deinit|terminate|unload|unmap|disconnect|detach|reset|clear|finish|exit|quit|end$/iu;

/** Whether the function is left half-way with the resource in a place that is not given back from there. */
export function isAbandoned(
  program: Program,
  keepers: Keepers,
  asking: FunctionEntry,
  site: Site,
  kept: KeptRecord,
): boolean {
  return kept.keepers.every((keeper) => isAbandonedIn(program, keepers, asking, site, kept, keeper));
}

function isAbandonedIn(
  program: Program,
  keepers: Keepers,
  asking: FunctionEntry,
  site: Site,
  kept: KeptRecord,
  keeper: Keeper,
): boolean {
  const base = baseOf(keeper.path);
  if (base === undefined || kept.scene.cells.get(keeper.path) !== resourcePath(IN_QUESTION)) return false;
  const releasers = keepers
    .releasersOf(keeper, site.resource.kind, asking)
    .filter(({ path }) => baseOf(path) !== undefined);
  const isHalfWay = kept.failed || kept.early;
  const candidates = isHalfWay ? ofLifesEnd(program, keeper, releasers, asking, kept.early) : releasers;
  if (candidates.length === 0) return kept.early;
  if (kept.ofCaller && isReleasedByCaller(program, asking, site)) return false;
  // What closes one before it opens the next is not the first that is done to an object.
  const isFirst = asking.record?.touched.some(({ path }) => path === keeper.path) !== true;
  const left = isFirst ? withInitialFields(program, asking, kept.scene) : kept.scene;
  const scene = isHalfWay ? left : onlyKept(kept.scene, keeper.path);
  const givesBack = ({ entry, path }: Touch): boolean =>
    isReleasedBy(program, entry, inPlace(scene, base, baseOf(path) ?? '')) && throughOthers(entry, path);
  // A function that only calls what gives the field back is as good as that is.
  const throughOthers = (entry: FunctionEntry, path: Path): boolean => {
    const called = entry.identifiers.has(lastStep(path)) ? [] : calledBy(entry, releasers);
    return called.length === 0 || called.some(givesBack);
  };
  return !candidates.some(givesBack);
}

/** Those of the functions that the entry calls by their names. */
function calledBy(entry: FunctionEntry, releasers: readonly Touch[]): readonly Touch[] {
  return releasers.filter(
    (releaser) => releaser.entry !== entry && entry.record?.calls.has(releaser.entry.name) === true,
  );
}

/** `S` of `S.map`, a parameter of `L:queue@7.map`; undefined for what lies deeper or in a collection. */
export function baseOf(path: Path): Path | undefined {
  const steps = path.split('.');
  return steps.length === 2 && steps[1] !== '[]' && steps[1] !== '*' ? steps[0] : undefined;
}

function inPlace(scene: Scene, from: Path, to: Path): Scene {
  return { ...scene, cells: moved(scene.cells, from, to) };
}

function onlyKept(scene: Scene, path: Path): Scene {
  const cells = new Map<Path, Value>([[path, resourcePath(IN_QUESTION)]]);
  return { cells, resources: scene.resources.slice(0, 1) };
}

function isReleasedBy(program: Program, entry: FunctionEntry, scene: Scene): boolean {
  const { released, givenAway } = program.replay(entry, scene);
  return released.has(IN_QUESTION) || givenAway.has(IN_QUESTION);
}

/**
 * Where the class has a destructor or a Dispose that gives the field back, that is what runs after a failure, and what
 * others call: a Close that only the class itself calls does not run by itself.
 */
function ofLifesEnd(
  program: Program,
  keeper: Keeper,
  releasers: readonly Touch[],
  asking: FunctionEntry,
  early: boolean,
): readonly Touch[] {
  const { owner } = keeper;
  if (owner === undefined) return releasers;
  const related = program.related(owner);
  const ending = ENDS_LIFE.flatMap((name) => program.functionsNamed(name, asking.file.frontEnd.dialect))
    .filter((entry) => related.has(entry.owner ?? ''))
    .flatMap((entry) =>
      (program.record(entry)?.touched ?? [])
        .filter(({ path }) => path === keeper.path)
        .map((touched) => ({ entry, ...touched })),
    );
  // Nobody closes an object that its constructor left unfinished, but the language may.
  if (early) return ending;
  if (ending.length === 0) return releasers;
  const isCalledByOthers = ({ entry }: Touch): boolean =>
    CLOSES.test(entry.name) &&
    program
      .callersOf(entry)
      .some(
        (caller) =>
          !related.has(caller.owner ?? '') &&
          caller.file.source.includes(entry.owner ?? owner) &&
          callsOnObject(caller.graph, entry.name),
      );
  return [...ending, ...releasers.filter(isCalledByOthers)];
}

function callsOnObject({ blocks }: FunctionGraph, name: string): boolean {
  return blocks.some(({ events }) =>
    events.some((event) => event.type === 'call' && event.name === name && event.receiver !== undefined),
  );
}

/** A caller that gives back by itself what the callee left in its structure. */
function isReleasedByCaller(program: Program, asking: FunctionEntry, site: Site): boolean {
  return program
    .callersOf(asking)
    .some(
      ({ record, namesCatalog }) =>
        namesCatalog === true &&
        record?.sites.some(
          ({ id, resource: { origin } }) =>
            origin?.function === asking.qualifiedName &&
            origin.site === site.id &&
            (record.released.has(id) || record.givenAway.has(id)),
        ) === true,
    );
}

/** A first call on a new object: what neither the function nor those that call it wrote is as the constructors left it. */
export function withInitialFields(program: Program, entry: FunctionEntry, scene: Scene): Scene {
  const { owner } = entry;
  if (owner === undefined) return scene;
  const callers = program.callersNear(entry).filter(({ name }) => name !== '.ctor');
  const initial = [...initialFields(program, entry)].filter(
    ([field, value]) => !callers.some((caller) => writesOther(caller.graph, field, value)),
  );
  return { ...scene, cells: new Map([...initial, ...scene.cells]) };
}

/** Whether the function puts anything but this constant there. */
function writesOther({ blocks }: FunctionGraph, field: Path, value: Value): boolean {
  return blocks.some(({ events }) =>
    events.some((event) => {
      switch (event.type) {
        case 'assign':
          return (
            event.to === field && (event.from.constant === undefined || constantValue(event.from.constant) !== value)
          );
        case 'call':
          return (
            event.result === field ||
            event.args.some(({ location, byReference }) => byReference === true && location === field)
          );
        default:
          return false;
      }
    }),
  );
}
