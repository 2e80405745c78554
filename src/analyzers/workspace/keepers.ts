/** Whether something in the workspace gives back what a field, static, global or collection keeps. */
import type { Dialect } from '../catalog/entry.ts';
import type { FunctionEntry } from './function-entry.ts';
import { lastStep, rootOf } from '../flow/graph.ts';
import type { Keeper } from '../flow/record.ts';
import type { ResourceKind } from '../finding.ts';
import { hasRawViews } from '../flow/context.ts';
import type { Path } from '../flow/values.ts';
import type { Program } from './program.ts';

/** A function that gives back what stands at a path, or hands it to something unknown. */
export interface Touch {
  readonly entry: FunctionEntry;
  readonly path: Path;
  readonly releases: boolean;
}

export class Keepers {
  private readonly program: Program;
  private generation = -1;
  private readonly touches = new Map<string, readonly Touch[]>();

  constructor(program: Program) {
    this.program = program;
  }

  /**
   * The function of the workspace through which the keeper gives back what it holds; undefined where there is none. Files
   * that mention the keeper's name are read first.
   */
  releaserOf(keeper: Keeper, kind: ResourceKind, asking: FunctionEntry): FunctionEntry | undefined {
    return this.releasersOf(keeper, kind, asking)[0]?.entry;
  }

  releasersOf(keeper: Keeper, kind: ResourceKind, asking: FunctionEntry): readonly Touch[] {
    // ReleasePointer is a call on the view: the class that holds a pointer need not name it to release it.
    const names = kind === 'pointer' ? [...namesOf(keeper.path), '*pointer'] : namesOf(keeper.path);
    const { dialect } = asking.file.frontEnd;
    const raw = hasRawViews(dialect);
    const fits = ({ entry, path, releases }: Touch): boolean =>
      (releases || kind !== 'view' || !raw) &&
      (entry.file === asking.file || !isFileLocal(asking, keeper.path)) &&
      this.isSameKeeper(keeper, path, entry);
    return names.flatMap((name) => this.touchesOf(name, dialect)).filter(fits);
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

  private touchesOf(name: string, dialect: Dialect): readonly Touch[] {
    if (this.generation !== this.program.generation) {
      this.generation = this.program.generation;
      this.touches.clear();
    }
    const key = `${dialect}:${name}`;
    const known = this.touches.get(key);
    if (known) return known;
    const word = name === '*pointer' ? 'ReleasePointer' : name.replace(/^#/u, '');
    const words = [word, ...this.program.accessorsOf(name)];
    const touches = [...new Set(words.flatMap((each) => this.program.functionsThatMention(each, dialect)))].flatMap(
      (entry) =>
        (this.program.record(entry)?.touched ?? [])
          .filter(
            ({ path }) => path.includes('.') && lastStep(path) === name && lastStep(path) !== lastStep(rootOf(path)),
          )
          .map(({ path, releases }) => ({ entry, path, releases })),
    );
    // Analysing what was not yet analysed made a newer generation; what was found holds in it.
    this.generation = this.program.generation;
    this.touches.set(key, touches);
    return touches;
  }
}

/** A `static` of C at file level, a variable of a module that does not export it: other files have another of that name. */
function isFileLocal(asking: FunctionEntry, path: Path): boolean {
  const name = path.startsWith('G.') ? path.split('.')[1] : undefined;
  if (name === undefined) return false;
  const { source, frontEnd } = asking.file;
  switch (frontEnd.dialect) {
    case 'c':
    case 'cpp':
      return new RegExp(`^static\\b[^;(){}]*\\b${name}\\b`, 'mu').test(source);
    case 'typescript':
      return !new RegExp(`^export\\b[^;(]*\\b${name}\\b`, 'mu').test(source);
    case 'csharp':
    case 'python':
    case 'go':
    case 'rust':
    case 'powershell':
      return false;
  }
}

/** Names on the way from the root to what is kept: giving back any of them gives back what lies below. */
function namesOf(path: Path): readonly string[] {
  return path
    .split('.')
    .slice(1)
    .filter((step) => step !== '[]' && step !== '*');
}
