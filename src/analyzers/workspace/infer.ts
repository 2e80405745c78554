/** What the analysis found out about the workspace's own functions, as declarations that another project can use. */
import type { DeclaredAcquire, DeclaredRelease, Declarations } from '../catalog/declared.ts';
import type { Failure } from '../catalog/entry.ts';
import { isTemplate, type ResourceTemplate, type Summary } from '../flow/summary.ts';
import { constantOf } from '../flow/values.ts';
import type { FunctionEntry } from './function-entry.ts';
import type { Program } from './program.ts';

/** In the order of the functions' names. Functions that only use or pass on what they are given need no declaration. */
export function inferDeclarations(program: Program): Declarations {
  program.refresh();
  const acquire = new Map<string, DeclaredAcquire>();
  const release = new Map<string, DeclaredRelease>();
  for (const entry of program.allFiles.flatMap(({ functions }) => functions)) {
    const summary = program.isWorthAnalyzing(entry) ? program.record(entry)?.summary : undefined;
    const name = nameOf(entry);
    if (summary === undefined || name === undefined) continue;
    for (const declared of acquiredBy(name, summary)) acquire.set(JSON.stringify(declared), declared);
    for (const declared of releasedBy(name, summary)) release.set(JSON.stringify(declared), declared);
  }
  return { acquire: byName(acquire), release: byName(release), borrow: [], handOver: [] };
}

/** As calls name it; constructors make objects of their class, which need no declaration. */
function nameOf({ name, owner }: FunctionEntry): string | undefined {
  if (!/^\w+$/u.test(name)) return undefined;
  return owner === undefined ? name : `${owner}.${name}`;
}

function acquiredBy(name: string, { outcomes }: Summary): readonly DeclaredAcquire[] {
  const results = outcomes.map(({ result }) => result);
  const constants = results.map((result) => (isTemplate(result) ? undefined : constantOf(result)));
  const declared = (resource: ResourceTemplate): DeclaredAcquire[] =>
    resource.kind === 'pointer' || resource.reclaimed === true
      ? []
      : [
          {
            function: name,
            resource: resource.kind,
            failure: constants.includes('null')
              ? 'null'
              : constants.includes('minus-one')
                ? 'minus-one'
                : ownFailure(resource),
            releasedBy: resource.releasedBy,
            typeName: resource.typeName,
          },
        ];
  const made = results.filter((result) => isTemplate(result)).flatMap(declared);
  const given = outcomes
    .flatMap(({ gains }) => gains)
    .flatMap(({ path, resource }) => {
      const argument = /^P(\d+)\.\*$/u.exec(path)?.[1];
      return argument === undefined ? [] : declared(resource).map((one) => ({ ...one, into: Number(argument) }));
    });
  return [...made, ...given];
}

/** A status is told beside the thing: a function that hands only the thing on has another way to say that it failed. */
function ownFailure({ failure }: ResourceTemplate): Failure {
  return failure === 'status' ? 'null' : failure;
}

function releasedBy(name: string, { releases }: Summary): readonly DeclaredRelease[] {
  return releases.flatMap((path) => {
    const argument = /^P(\d+)$/u.exec(path)?.[1];
    return argument === undefined ? [] : [{ function: name, of: Number(argument) }];
  });
}

function byName<Declared extends { readonly function: string }>(
  found: ReadonlyMap<string, Declared>,
): readonly Declared[] {
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, declared]) => declared);
}
