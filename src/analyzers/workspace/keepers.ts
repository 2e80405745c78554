/** Whether something in the workspace gives back what a field, static, global or collection keeps. */
import type { FunctionEntry } from './function-entry.ts';
import { lastStep, rootOf } from '../flow/graph.ts';
import type { Keeper } from '../flow/record.ts';
import type { ResourceKind } from '../finding.ts';
import { hasRawViews } from '../flow/context.ts';
import type { Path } from '../flow/values.ts';
import type { Program } from './program.ts';

interface Touch {
  readonly entry: FunctionEntry;
  readonly path: Path;
  readonly releases: boolean;
}

export class Keepers {
  private readonly program: Program;
  private generation = -1;
  private touches = new Map<string, Touch[]>();

  constructor(program: Program) {
    this.program = program;
  }

  /**
   * The function of the workspace through which the keeper gives back what it holds; undefined where there is none. Files
   * that mention the keeper's name are read first.
   */
  releaserOf(keeper: Keeper, kind: ResourceKind, asking: FunctionEntry): FunctionEntry | undefined {
    // ReleasePointer is a call on the view: the class that holds a pointer need not name it to release it.
    const names = kind === 'pointer' ? [...namesOf(keeper.path), '*pointer'] : namesOf(keeper.path);
    for (const name of names) this.program.readFilesThatMention(name, asking.file.frontEnd.dialect);
    this.refresh();
    const raw = hasRawViews(asking.file.frontEnd.dialect);
    const fits = ({ entry, path, releases }: Touch): boolean =>
      (releases || kind !== 'view' || !raw) && this.isSameKeeper(keeper, path, entry);
    return names.flatMap((name) => this.touches.get(name) ?? []).find(fits)?.entry;
  }

  /** A field of one name in two classes is two keepers, unless one class derives from the other. */
  private isSameKeeper(keeper: Keeper, path: Path, entry: FunctionEntry): boolean {
    const steps = path.split('.').filter((step) => step !== '[]');
    if (steps.at(-1) === '*pointer')
      return (
        keeper.owner === undefined || (entry.owner !== undefined && this.program.related(keeper.owner).has(entry.owner))
      );
    if (rootOf(path) !== 'S' || steps.length !== 2) return true;
    if (keeper.owner === undefined || entry.owner === undefined) return true;
    return this.program.related(keeper.owner).has(entry.owner);
  }

  private refresh(): void {
    this.program.refresh();
    if (this.generation === this.program.generation) return;
    this.generation = this.program.generation;
    this.touches = new Map();
    for (const entry of this.program.allFiles.flatMap((file) => file.functions)) {
      for (const { path, releases } of entry.record?.touched ?? []) {
        const name = lastStep(path);
        this.touches.set(name, [...(this.touches.get(name) ?? []), { entry, path, releases }]);
      }
    }
  }
}

/** Names on the way from the root to what is kept: giving back any of them gives back what lies below. */
function namesOf(path: Path): readonly string[] {
  return path
    .split('.')
    .slice(1)
    .filter((step) => step !== '[]' && step !== '*');
}
