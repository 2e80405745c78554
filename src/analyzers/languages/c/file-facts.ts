/** What one file says of its classes, globals and macros: all that a function's graph depends on besides its own text. */
import type { Language } from 'web-tree-sitter';
import type { ClassFacts } from '../../flow/graph.ts';
import type { Macro } from './macros.ts';

export interface ClassShape extends ClassFacts {
  /** Types as written, by field. */
  readonly fieldTypes: ReadonlyMap<string, string>;
  /** Without destructor, bases and owning fields: dropping one gives nothing back. */
  readonly isPlain: boolean;
}

export interface FileFacts {
  readonly dialect: 'c' | 'cpp';
  readonly language: Language | undefined;
  readonly classes: ReadonlyMap<string, ClassShape>;
  /** Types of variables outside of functions. */
  readonly globals: ReadonlyMap<string, string>;
  readonly macros: ReadonlyMap<string, Macro>;
  /** The same for files whose facts are the same. */
  readonly digest: string;
}
