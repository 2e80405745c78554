/** What the analysis of one function found, before anything is decided about it. */
import type { LossKind } from '../finding.ts';
import type { Location, Span } from './graph.ts';
import type { Scene } from './scene.ts';
import type { Site } from './sites.ts';
import type { DoubtAt, ResourceState, Trace, Typestate } from './state.ts';
import type { Summary } from './summary.ts';
import { newestOf, type Path, type ResourceId, type Value } from './values.ts';

/** Where a function is left, or a scope of it. */
export interface ExitPoint {
  readonly how: LossKind;
  readonly span: Span;
  readonly braceless: boolean;
}

/** The last way to an open resource ended here. */
export interface LossRecord {
  readonly site: ResourceId;
  readonly exit: ExitPoint;
  readonly doubts: readonly DoubtAt[];
  readonly viewReleased: Span | undefined;
  readonly trace: Trace | undefined;
  /** The local that held it until then. */
  readonly holder: Location | undefined;
}

/** A place that goes on reaching an open resource: a field of a class, a static, a global. */
export interface Keeper {
  /** Class of the object whose field it is; undefined for a global or one whose class is not known. */
  readonly owner: string | undefined;
  readonly path: Path;
}

/** At an exit an open resource is reachable through these places; one that something releases is enough. */
export interface KeptRecord {
  readonly site: ResourceId;
  readonly keepers: readonly Keeper[];
  /** One of many: the site was run again while an older one was still open, or it lies in a collection. */
  readonly several: boolean;
  readonly doubts: readonly DoubtAt[];
  readonly viewReleased: Span | undefined;
  readonly trace: Trace | undefined;
  /** Where the function leaves things. */
  readonly scene: Scene;
  /** It lies below a parameter: the caller's duty, unless what the caller has for it does not give it back. */
  readonly ofCaller: boolean;
  /** A view of it could not be made: the function is left half-way. */
  readonly failed: boolean;
  /** A `return` in a constructor of C++: the object is there, but not as it is meant to be. */
  readonly early: boolean;
  /** What the function returns there: a constant, or what stands at a place. */
  readonly returned: Value | undefined;
}

/** The typestates in which resources of a site reach the end of the local that holds them. */
export interface HolderEnd {
  readonly exit: ExitPoint;
  readonly holder: Location;
  readonly typestates: ReadonlySet<Typestate>;
}

/** A path of which the function gives back what stands there (or hands it to something unknown, which may). */
export interface TouchedPath {
  readonly path: Path;
  readonly releases: boolean;
}

export interface FunctionRecord {
  readonly sites: readonly Site[];
  readonly losses: readonly LossRecord[];
  readonly kept: readonly KeptRecord[];
  /** Sites of which some path releases what they make. */
  readonly released: ReadonlySet<ResourceId>;
  /** Sites of which something is still held, or was handed on, where the function is left. */
  readonly outliving: ReadonlySet<ResourceId>;
  /** Sites of which something unknown, or an owner, was given what they make. */
  readonly givenAway: ReadonlySet<ResourceId>;
  /** Names of the functions that it calls on some path. */
  readonly calls: ReadonlySet<string>;
  /** Constants that the object's own fields hold however the function returns. */
  readonly settled: ReadonlyMap<Path, Value>;
  readonly holderEnds: ReadonlyMap<ResourceId, readonly HolderEnd[]>;
  readonly touched: readonly TouchedPath[];
  readonly summary: Summary;
}

/** Ways to leave a function that are told apart by what its surroundings then hold. */
const MOST_SCENES = 40;

export class Recorder {
  readonly losses = new Map<string, LossRecord>();
  readonly kept = new Map<string, KeptRecord>();
  readonly released = new Set<ResourceId>();
  readonly outliving = new Set<ResourceId>();
  readonly givenAway = new Set<ResourceId>();
  readonly calls = new Set<string>();
  readonly touched: TouchedPath[] = [];
  private readonly ends = new Map<
    ResourceId,
    Map<string, { exit: ExitPoint; holder: Location; typestates: Set<Typestate> }>
  >();

  /** The first path that loses a resource at a place is the shortest one; one without doubts wins over it. */
  lose(record: LossRecord): void {
    keepBest(this.losses, `${newestOf(record.site)}@${record.exit.how}@${record.exit.span.start}`, record);
  }

  keep(record: KeptRecord): void {
    const where = record.keepers.map(({ owner, path }) => `${owner ?? ''}:${path}`).join('|');
    const how = [
      record.viewReleased === undefined ? '' : 'v',
      record.failed ? 'f' : '',
      record.ofCaller ? 'c' : '',
      record.returned ?? '',
    ];
    const scene = [...record.scene.cells].map(([cell, value]) => `${cell}=${value}`);
    const key = [newestOf(record.site), where, ...how, ...(this.kept.size < MOST_SCENES ? scene : [])].join('@');
    keepBest(this.kept, key, record);
  }

  endHolder(site: ResourceId, holder: Location, exit: ExitPoint, typestate: ResourceState['typestate']): void {
    const ends =
      this.ends.get(newestOf(site)) ??
      new Map<string, { exit: ExitPoint; holder: Location; typestates: Set<Typestate> }>();
    const key = `${exit.how}@${exit.span.start}`;
    const end = ends.get(key) ?? { exit, holder, typestates: new Set<Typestate>() };
    end.typestates.add(typestate);
    ends.set(key, end);
    this.ends.set(newestOf(site), ends);
  }

  holderEnds(): ReadonlyMap<ResourceId, readonly HolderEnd[]> {
    return new Map([...this.ends].map(([site, ends]) => [site, [...ends.values()]]));
  }
}

interface Doubtful {
  readonly doubts: readonly DoubtAt[];
}

function keepBest<R extends Doubtful>(records: Map<string, R>, key: string, record: R): void {
  const before = records.get(key);
  if (before === undefined || (before.doubts.length > 0 && record.doubts.length === 0)) records.set(key, record);
}
