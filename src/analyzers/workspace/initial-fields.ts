/** What the fields of a new object hold, as far as its constructors and the declarations agree. */
import type { Path, Value } from '../flow/values.ts';
import type { FunctionEntry } from './function-entry.ts';
import type { Program } from './program.ts';

export function initialFields(program: Program, { owner, file }: FunctionEntry): ReadonlyMap<Path, Value> {
  const fields = new Map<Path, Value>();
  if (owner === undefined) return fields;
  const { dialect } = file.frontEnd;
  // A base class's constructor runs as well; what it left the class's own one may have changed.
  const classes = [...program.basesOf(owner), owner];
  for (const name of classes) {
    for (const [field, value] of program.classes.get(name)?.initial ?? []) fields.set(`S.${field}`, `#${value}`);
    const records = program
      .functionsThatMention(name, dialect)
      .filter((entry) => entry.name === '.ctor' && entry.owner === name)
      .flatMap((entry) => program.record(entry) ?? []);
    const written = new Set(records.flatMap(({ settled }) => [...settled.keys()]));
    for (const path of written) {
      const [value, ...others] = new Set(records.map(({ settled }) => settled.get(path)));
      if (value !== undefined && others.length === 0) fields.set(path, value);
      else fields.delete(path);
    }
  }
  return fields;
}
