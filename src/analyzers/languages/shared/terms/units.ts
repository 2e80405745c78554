/** The functions of a file that is read as terms; a function within a function is a unit of its own, after the one around it. */
import type { ClassFacts } from '../../../flow/graph.ts';
import type { FileOutline, FunctionUnit } from '../../front-end.ts';
import type { Syntax } from '../syntax.ts';
import { lowerTerms } from './function.ts';
import type { FileFacts } from './lowering.ts';
import type { FunctionTerm } from './function-term.ts';

/** Where a function stands. */
export interface Surroundings {
  readonly prefix: string;
  /** Class whose method it is, or stands in. */
  readonly owner: string | undefined;
  /** Names that occur in the functions around it: locals of theirs, as far as it uses them. */
  readonly names: ReadonlySet<string>;
}

export const OUTERMOST: Surroundings = { prefix: '', owner: undefined, names: new Set() };

interface Unit {
  readonly node: Syntax;
  readonly name: string;
  readonly isEntryPoint?: boolean;
  /** Reads the node, whose offsets count from its start, as terms. */
  readonly read: (node: Syntax) => FunctionTerm;
}

export class UnitList {
  readonly classes: ClassFacts[] = [];
  private readonly functions: FunctionUnit[] = [];
  private readonly file: FileFacts;
  /** Names as a function's text mentions them. */
  private readonly namesIn: (node: Syntax) => Iterable<string>;

  constructor(file: FileFacts, namesIn: (node: Syntax) => Iterable<string>) {
    this.file = file;
    this.namesIn = namesIn;
  }

  /** @returns where the functions within it stand */
  add({ node, name, isEntryPoint = false, read }: Unit, { prefix, owner, names }: Surroundings): Surroundings {
    const mentioned = new Set(this.namesIn(node));
    const enclosing = new Set([...mentioned].filter((mention) => names.has(mention)));
    const qualifiedName = prefix + name;
    const facts = { name, qualifiedName, owner, file: this.file, enclosing, isEntryPoint };
    const { start, end } = node;
    this.functions.push({
      name,
      qualifiedName,
      ...(owner === undefined ? {} : { owner }),
      start,
      end,
      broken: node.isBroken,
      context: [this.file.key, owner ?? '', [...enclosing].sort().join()].join('\n'),
      lower: () => lowerTerms(() => read(node.rebased()), facts),
    });
    const known = new Set([...this.file.modules, ...this.file.packages, ...this.file.types]);
    const seen = new Set([...names, ...[...mentioned].filter((mention) => !known.has(mention))]);
    return { prefix: `${qualifiedName}.`, owner, names: seen };
  }

  outline(): FileOutline {
    const functions = this.functions.sort((a, b) => a.start - b.start || b.end - a.end);
    return { classes: this.classes, functions };
  }
}
