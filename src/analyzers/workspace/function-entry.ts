/** A function of the workspace with what is known of it; kept as long as its text and context stay the same. */
import type { ClassFacts, FunctionGraph } from '../flow/graph.ts';
import type { FunctionRecord } from '../flow/record.ts';
import type { FrontEnd, FunctionUnit } from '../languages/front-end.ts';
import { identifiersOf } from './identifiers.ts';
import type { LineIndex } from './lines.ts';

/** What a function knows of the file that it stands in. */
export interface ContainingFile {
  readonly name: string;
  readonly source: string;
  readonly lines: LineIndex;
  readonly frontEnd: FrontEnd;
  readonly classes: readonly ClassFacts[];
}

let made = 0;

export class FunctionEntry {
  readonly file: ContainingFile;
  readonly identity: string;
  readonly name: string;
  readonly qualifiedName: string;
  readonly owner: string | undefined;
  /** Offset of the function in its file; spans of its graph and record count from here. */
  start: number;
  /** Undefined until it is analysed. */
  record: FunctionRecord | undefined;
  /** What it depends on changed: the record holds until there is another one. */
  outdated = false;
  /** What it was told of the functions that it calls: name of the look-up -> answer. */
  readonly dependencies = new Map<string, string>();
  /** Set while its analysis runs: a recursive call finds what was known before. */
  running = false;
  /** Of what its callers are told; 0 before it is analysed. */
  summaryNumber = 0;
  readonly serial: number;
  /** Its text names a call of the catalog that makes something or gives it back. */
  namesCatalog: boolean | undefined;
  /** Its text names a function that makes something or gives it back, of the first so many that are known. */
  namesWrapper = false;
  checkedNames = 0;
  /** Times that it was analysed since the edit of that number. */
  passes = 0;
  edit = 0;
  private identifierSet: ReadonlySet<string> | undefined;
  private unit: FunctionUnit | undefined;
  private lowered: FunctionGraph | undefined;

  constructor(file: ContainingFile, identity: string, unit: FunctionUnit) {
    this.file = file;
    this.identity = identity;
    this.name = unit.name;
    this.qualifiedName = unit.qualifiedName;
    this.owner = unit.owner;
    this.start = unit.start;
    this.unit = unit;
    this.serial = made += 1;
  }

  /** Every word of its text that could be a name. */
  get identifiers(): ReadonlySet<string> {
    return (this.identifierSet ??= identifiersOf(this.text, this.file.frontEnd.dialect));
  }

  get text(): string {
    return this.identity.slice(this.identity.indexOf('\n', this.identity.indexOf('\n') + 1) + 1);
  }

  get graph(): FunctionGraph {
    if (this.lowered === undefined) {
      if (this.unit === undefined) throw new Error(`${this.qualifiedName} was not lowered while its tree lived`);
      this.lowered = this.unit.lower();
      this.unit = undefined;
    }
    return this.lowered;
  }

  /** The same function in a newer tree of its file. */
  moveTo(unit: FunctionUnit): void {
    this.start = unit.start;
    if (this.lowered === undefined) this.unit = unit;
  }
}
