/** What one file says of its classes, globals and macros: all that a function's graph depends on besides its own text. */
import type { Language } from 'web-tree-sitter';
import type { ClassFacts, Operand } from '../../flow/graph.ts';
import type { Macro } from './macros.ts';

export interface ClassShape extends ClassFacts {
  /** Types as written, by field. */
  readonly fieldTypes: ReadonlyMap<string, string>;
  /** Constants that the class gives to its fields before any constructor does. */
  readonly defaults: readonly (readonly [string, Operand])[];
  /** Without destructor, bases and owning fields: dropping one gives nothing back. */
  readonly isPlain: boolean;
}

export interface FileFacts {
  readonly dialect: 'c' | 'cpp';
  readonly language: Language | undefined;
  readonly classes: ReadonlyMap<string, ClassShape>;
  /** Types of variables outside of functions. */
  readonly globals: ReadonlyMap<string, string>;
  /** What `using` and `typedef` call another type. */
  readonly aliases: ReadonlyMap<string, string>;
  readonly macros: ReadonlyMap<string, Macro>;
}

/** A type by its own name, where the file gives it another one. */
export function resolveType({ aliases }: Pick<FileFacts, 'aliases'>, type: string): string {
  let resolved = type;
  for (let step = 0; step < 5; step += 1) {
    const [, name = '', rest = ''] = /^(\w+)([\s*&[\]]*)$/u.exec(resolved) ?? [];
    const target = aliases.get(name);
    if (target === undefined) break;
    resolved = target + rest;
  }
  return resolved;
}

/** Equal for facts that are equal, short enough to be part of each function's context. */
export function digestOf(facts: FileFacts): string {
  return hash(
    JSON.stringify([
      facts.dialect,
      [...facts.classes.values()].map(({ name, bases, isPlain, fieldTypes, defaults }) => [
        name,
        bases,
        isPlain,
        [...fieldTypes],
        defaults,
      ]),
      [...facts.globals],
      [...facts.aliases],
      [...facts.macros.values()],
    ]),
  );
}

/** 64 bits of FNV-1a, as two halves with different offsets. */
export function hash(text: string): string {
  let [one, other] = [0x811c9dc5, 0x01000193];
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    one = Math.imul(one ^ unit, 0x01000193);
    other = Math.imul(other ^ unit, 0x85ebca6b) + 0x9e3779b9;
  }
  return `${(one >>> 0).toString(36)}${(other >>> 0).toString(36)}`;
}
