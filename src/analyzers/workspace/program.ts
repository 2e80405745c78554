/**
 * All functions of the workspace and their analyses, made on demand: asking for one function's record analyses the
 * functions that it calls first. A record stays valid until the function's text, or an answer it was given about another
 * function, changes.
 */
import type { Dialect } from '../catalog/entry.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { Callee, Concern } from '../flow/context.ts';
import { analyzeFunction } from '../flow/dataflow.ts';
import type { CallEvent, ClassFacts } from '../flow/graph.ts';
import type { FunctionRecord } from '../flow/record.ts';
import type { Scene } from '../flow/scene.ts';
import { isTemplate, type Summary } from '../flow/summary.ts';
import type { FunctionEntry } from './function-entry.ts';
import type { SourceFile } from './source-file.ts';
import { indexOf } from './class-index.ts';
import { joinSummaries, UNTOUCHING } from './join-summaries.ts';

/** A name that more files mention than this is too common to tell anything. */
const MOST_FILES_FOR_A_NAME = 24;
/** Chains of calls that are followed; what lies deeper counts as unknown. */
const DEEPEST_CALL = 60;
/** Rounds until functions that call each other have stopped to change. */
const MOST_ROUNDS = 4;
/** Analyses of one function between two edits. */
const MOST_PASSES = 5;

/** What some calls are taken to do, whatever the workspace says of them. */
export type Answers = (call: CallEvent) => Callee | undefined;

export class Program {
  readonly catalog: Catalog;
  private readonly files = new Map<string, SourceFile>();
  private readonly byName = new Map<string, Set<FunctionEntry>>();
  private readonly searched = new Set<string>();
  /** Functions whose analysis asked for a name. */
  private readonly askers = new Map<string, Set<FunctionEntry>>();
  private readonly unanalyzed = new Set<FunctionEntry>();
  /** Names of functions that give their caller something open. */
  private readonly wrappers = new Set<string>();
  /** Names of functions that give back what they are given, or what a field keeps. */
  private readonly releasers = new Set<string>();
  /** Both, by family of languages, in the order in which they became known. */
  private readonly worthKnowing = new Map<string, string[]>();
  /** Names of which a function came, went or has another summary since the last round. */
  private readonly changedNames = new Set<string>();
  private readonly relatives = new Map<string, ReadonlySet<string>>();
  private classIndex: ReadonlyMap<string, ClassFacts> | undefined;
  /** Summaries that are alike have one number. */
  private readonly summaryNumbers = new Map<string, number>();
  private depth = 0;
  private inOrder: readonly SourceFile[] | undefined;
  /** Files whose text is new since the last refresh. */
  private readonly dirty = new Set<SourceFile>();
  /** Rises with every text that is given or taken away. */
  private edit = 0;
  /** Rises whenever anything changed that a decision may rest on. */
  generation = 0;

  constructor(catalog: Catalog) {
    this.catalog = catalog;
  }

  get allFiles(): readonly SourceFile[] {
    return (this.inOrder ??= [...this.files.values()].sort((a, b) => (a.name < b.name ? -1 : 1)));
  }

  file(name: string): SourceFile | undefined {
    return this.files.get(name);
  }

  add(file: SourceFile): void {
    this.files.set(file.name, file);
    this.inOrder = undefined;
    this.changed(file);
  }

  /** The file's text is another one. */
  changed(file: SourceFile): void {
    this.dirty.add(file);
    this.edit += 1;
    this.generation += 1;
    this.searched.clear();
  }

  remove(file: SourceFile): void {
    for (const entry of file.functions) this.unregister(entry);
    this.files.delete(file.name);
    file.dispose();
    this.classIndex = undefined;
    this.inOrder = undefined;
    this.changed(file);
    this.dirty.delete(file);
  }

  /** Brings outlines and records up to date. */
  refresh(): void {
    const dirty = [...this.dirty].sort((a, b) => (a.name < b.name ? -1 : 1));
    this.dirty.clear();
    for (const file of dirty) if (file.needsOutline()) this.outline(file);
    this.settle();
  }

  record(entry: FunctionEntry): FunctionRecord | undefined {
    const isKnown = entry.record !== undefined && !entry.outdated;
    if (isKnown || entry.running || this.depth >= DEEPEST_CALL) return entry.record;
    entry.running = true;
    entry.outdated = false;
    this.depth += 1;
    try {
      entry.dependencies.clear();
      if (this.mayChange(entry)) entry.passes += 1;
      entry.record = analyzeFunction(entry.graph, entry.file.frontEnd.dialect, {
        catalog: this.catalog,
        find: (call, receiverClass, concern) => this.answer(entry, call, receiverClass, concern),
        isKnownClass: (name) => this.classes.has(name),
        declares: (owner, field) => this.classes.get(owner)?.fields.includes(field) === true,
      });
      this.noteSummary(entry, entry.record.summary);
      return entry.record;
    } finally {
      entry.running = false;
      this.depth -= 1;
    }
  }

  /** The function once more, from where another one left things; what it was told before stays as it is. */
  replay(entry: FunctionEntry, scene: Scene, answers?: Answers): FunctionRecord {
    const before = [...entry.dependencies];
    try {
      return analyzeFunction(
        entry.graph,
        entry.file.frontEnd.dialect,
        {
          catalog: this.catalog,
          find: (call, receiverClass, concern) => answers?.(call) ?? this.answer(entry, call, receiverClass, concern),
          isKnownClass: (name) => this.classes.has(name),
          declares: (owner, field) => this.classes.get(owner)?.fields.includes(field) === true,
        },
        scene,
      );
    } finally {
      entry.dependencies.clear();
      for (const [name, answer] of before) entry.dependencies.set(name, answer);
    }
  }

  /** Properties that stand for a field of this name, in any class. */
  accessorsOf(field: string): readonly string[] {
    return [...new Set([...this.classes.values()].flatMap(({ accessors }) => accessors?.get(field) ?? []))];
  }

  /** The class's bases, the farthest first. */
  basesOf(owner: string): readonly string[] {
    const bases = new Set<string>([owner]);
    for (const name of bases) for (const base of this.classes.get(name)?.bases ?? []) bases.add(base);
    return [...bases].slice(1).reverse();
  }

  /** Functions whose analysis asked for functions of this name. */
  callersOf(entry: FunctionEntry): readonly FunctionEntry[] {
    return [...(this.askers.get(keyOf(entry)) ?? [])].filter(({ record }) => record !== undefined).sort(byPlace);
  }

  /** Functions of the same class, or else of the same file, that call it. */
  callersNear(entry: FunctionEntry): readonly FunctionEntry[] {
    const isNear = (other: FunctionEntry): boolean =>
      entry.owner === undefined ? other.file === entry.file : other.owner === entry.owner;
    return this.functionsThatMention(calledName(entry), entry.file.frontEnd.dialect).filter(
      (other) => other !== entry && isNear(other) && this.record(other)?.calls.has(calledName(entry)) === true,
    );
  }

  /** Functions of a simple name, written in the same family of languages. */
  functionsNamed(name: string, like: Dialect): readonly FunctionEntry[] {
    return [...(this.byName.get(nameKey(like, name)) ?? [])].sort(byPlace);
  }

  get classes(): ReadonlyMap<string, ClassFacts> {
    if (this.classIndex === undefined) {
      this.classIndex = indexOf(this.allFiles.flatMap((file) => file.classes));
      this.relatives.clear();
    }
    return this.classIndex;
  }

  /** The class, its bases and the classes derived from it, as far as the workspace shows them. */
  related(owner: string): ReadonlySet<string> {
    const { classes } = this;
    const known = this.relatives.get(owner);
    if (known !== undefined) return known;
    // Not what only derives from the same base: it has fields and methods of its own.
    const derived = new Set([owner]);
    for (const base of derived) {
      for (const [name, { bases }] of classes) if (bases.includes(base)) derived.add(name);
    }
    const related = new Set([...this.basesOf(owner), ...derived]);
    this.relatives.set(owner, related);
    return related;
  }

  /** Functions of the files read so far whose text mentions a name. */
  functionsThatMention(name: string, like: Dialect): readonly FunctionEntry[] {
    this.readFilesThatMention(name, like);
    return this.allFiles
      .filter((file) => familyOf(file.frontEnd.dialect) === familyOf(like))
      .flatMap((file) => file.functions)
      .filter((entry) => entry.identifiers.has(name));
  }

  /** Parses files that mention a name, so that what they do with it counts. */
  readFilesThatMention(name: string, like: Dialect): void {
    const key = `${familyOf(like)}:${name}`;
    if (this.searched.has(key)) return;
    this.searched.add(key);
    const mentioning = this.allFiles.filter(
      (file) => familyOf(file.frontEnd.dialect) === familyOf(like) && !file.wanted && file.identifiers.has(name),
    );
    if (mentioning.length > MOST_FILES_FOR_A_NAME) return;
    for (const file of mentioning) {
      file.wanted = true;
      if (file.needsOutline()) this.outline(file);
    }
  }

  private outline(file: SourceFile): void {
    const { gone, fresh } = file.outline();
    for (const entry of gone) this.unregister(entry);
    for (const entry of fresh) {
      const key = keyOf(entry);
      this.byName.set(key, (this.byName.get(key) ?? new Set()).add(entry));
      this.changedNames.add(key);
      this.unanalyzed.add(entry);
    }
    this.classIndex = undefined;
    this.generation += 1;
  }

  private unregister(entry: FunctionEntry): void {
    const key = keyOf(entry);
    this.byName.get(key)?.delete(entry);
    this.changedNames.add(key);
    this.unanalyzed.delete(entry);
    for (const name of entry.dependencies.keys()) this.askers.get(name)?.delete(entry);
  }

  private noteSummary(entry: FunctionEntry, summary: Summary): void {
    const number = this.summaryNumber(JSON.stringify(summary));
    this.generation += 1;
    if (number === entry.summaryNumber) return;
    entry.summaryNumber = number;
    this.changedNames.add(keyOf(entry));
    if (summary.releases.length > 0) this.note(this.releasers, entry);
    if (summary.outcomes.some(({ result, gains }) => isTemplate(result) || gains.length > 0)) {
      this.note(this.wrappers, entry);
      this.readFilesThatMention(calledName(entry), entry.file.frontEnd.dialect);
    }
  }

  /** Analyses what is new and what rests on something that changed, until nothing is left. */
  private settle(): void {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      this.analyzeNew();
      const names = [...this.changedNames];
      this.changedNames.clear();
      const asking = new Set(names.flatMap((name) => [...(this.askers.get(name) ?? [])]));
      const outdated = [...asking]
        .filter((entry) => entry.record !== undefined && this.mayChange(entry) && !this.isCurrent(entry))
        .sort(byPlace);
      if (outdated.length === 0 && this.changedNames.size === 0 && !this.hasNew()) return;
      for (const entry of outdated) entry.outdated = true;
      for (const entry of outdated) this.record(entry);
    }
  }

  /**
   * Functions that call each other may go on changing for ever: since the last edit each is analysed so many times, and
   * then stays as it is.
   */
  private mayChange(entry: FunctionEntry): boolean {
    if (entry.edit !== this.edit) {
      entry.edit = this.edit;
      entry.passes = 0;
    }
    return entry.passes < MOST_PASSES;
  }

  private hasNew(): boolean {
    return [...this.unanalyzed].some((entry) => this.isWorthAnalyzing(entry));
  }

  /** Functions that make something, or call what makes something; the others are analysed when somebody asks for them. */
  private analyzeNew(): void {
    for (let again = true; again;) {
      const entries = [...this.unanalyzed].filter((entry) => this.isWorthAnalyzing(entry)).sort(byPlace);
      again = entries.length > 0;
      for (const entry of entries) {
        this.unanalyzed.delete(entry);
        this.record(entry);
      }
    }
  }

  /** Whether its text names a call of the catalog, or a function that makes something for its caller or gives it back. */
  isWorthAnalyzing(entry: FunctionEntry): boolean {
    const { dialect } = entry.file.frontEnd;
    entry.namesCatalog ??=
      this.catalog.textFilter(dialect).test(entry.text) || this.catalog.ownFilter(dialect).test(entry.text);
    if (entry.namesCatalog) return true;
    const names = this.namesWorthKnowing(familyOf(dialect));
    // Only names that came since it was last looked at.
    if (entry.checkedNames < names.length) {
      const fresh = names.slice(entry.checkedNames);
      entry.checkedNames = names.length;
      entry.namesWrapper ||= fresh.some((name) => entry.identifiers.has(name));
    }
    return entry.namesWrapper;
  }

  private namesWorthKnowing(family: string): string[] {
    const known = this.worthKnowing.get(family) ?? [];
    this.worthKnowing.set(family, known);
    return known;
  }

  /** A function of this name makes something for its caller, or gives something back. */
  private note(names: Set<string>, entry: FunctionEntry): void {
    const key = keyOf(entry);
    if (!this.wrappers.has(key) && !this.releasers.has(key)) {
      // The words by which others call it: a constructor's class, a property without its accessor's prefix.
      const word = calledName(entry).replace(/^get_/u, '');
      this.namesWorthKnowing(familyOf(entry.file.frontEnd.dialect)).push(word);
    }
    names.add(key);
  }

  private isCurrent(entry: FunctionEntry): boolean {
    return [...entry.dependencies].every(([name, answer]) => this.answerKey(name) === answer);
  }

  /** What is known now of all functions of a name. */
  private answerKey(name: string): string {
    return [...(this.byName.get(name) ?? [])]
      .sort(byPlace)
      .map((entry) => this.answerOf(entry))
      .join(',');
  }

  /** The same for a function that was typed in and says the same to its callers: they need not be analysed again. */
  private answerOf(entry: FunctionEntry): string {
    if (entry.record === undefined) return `new ${entry.serial}`;
    const { parameters } = entry.graph;
    const extension = parameters[0]?.extended === true ? 'extends ' : '';
    return `${extension}${entry.file.name}:${entry.qualifiedName}/${parameters.length}:${entry.summaryNumber}`;
  }

  private summaryNumber(summaryKey: string): number {
    const known = this.summaryNumbers.get(summaryKey) ?? this.summaryNumbers.size + 1;
    this.summaryNumbers.set(summaryKey, known);
    return known;
  }

  private answer(
    asking: FunctionEntry,
    call: CallEvent,
    receiverClass: string | undefined,
    concern: Concern,
  ): Callee | undefined {
    const { dialect } = asking.file.frontEnd;
    const key = nameKey(dialect, call.constructs === true ? '.ctor' : call.name);
    if (concern === 'none' && !this.wrappers.has(key)) {
      this.depend(asking, key);
      return undefined;
    }
    const named = [...(this.byName.get(key) ?? [])];
    if (named.length === 0 && concern === 'open' && call.constructs !== true) {
      this.readFilesThatMention(call.name, dialect);
      named.push(...(this.byName.get(key) ?? []));
    }
    const candidates = this.candidates(asking, call, receiverClass, named.sort(byPlace));
    const isPlain =
      concern === 'kept' && candidates.length > 0 && !candidates.some((entry) => this.isWorthAnalyzing(entry));
    const callee = isPlain ? { summary: UNTOUCHING, owner: candidates[0]?.owner } : this.calleeOf(call, candidates);
    this.depend(asking, key);
    return callee;
  }

  private depend(asking: FunctionEntry, key: string): void {
    asking.dependencies.set(key, this.answerKey(key));
    this.askers.set(key, (this.askers.get(key) ?? new Set()).add(asking));
  }

  private calleeOf(call: CallEvent, candidates: readonly FunctionEntry[]): Callee | undefined {
    if (candidates.length === 0) {
      return call.constructs === true && this.classes.has(call.name)
        ? { summary: UNTOUCHING, owner: call.name }
        : undefined;
    }
    const summaries = candidates
      .map((entry) => this.record(entry)?.summary)
      .filter((summary): summary is Summary => summary !== undefined);
    return summaries.length < candidates.length
      ? undefined
      : {
          summary: joinSummaries(summaries),
          owner: candidates[0]?.owner,
          extendsReceiver: call.receiver !== undefined && candidates.every((entry) => isExtension(entry, call)),
        };
  }

  /** Functions that the call may reach, by name, class and number of arguments. */
  private candidates(
    asking: FunctionEntry,
    call: CallEvent,
    receiverClass: string | undefined,
    named: readonly FunctionEntry[],
  ): readonly FunctionEntry[] {
    const extending = call.receiver === undefined ? [] : named.filter((entry) => isExtension(entry, call));
    if (extending.length > 0) return extending;
    const fitting = named.filter((entry) => entry.graph.parameters.length >= call.args.length && entry !== asking);
    const exact = fitting.filter((entry) => entry.graph.parameters.length === call.args.length);
    const among = exact.length > 0 ? exact : fitting;
    const ofClass = (name: string): readonly FunctionEntry[] => {
      const related = this.related(name);
      return among.filter(({ owner }) => owner !== undefined && related.has(owner));
    };
    if (call.constructs === true) return among.filter(({ owner }) => owner === call.name);
    const qualifier = call.qualifier?.split(/\.|::/u).at(-1);
    const qualified = qualifier === undefined ? [] : among.filter(({ owner }) => owner === qualifier);
    if (qualified.length > 0) return qualified;
    if (receiverClass !== undefined) return ofClass(receiverClass);
    if (call.receiver !== undefined) {
      const owners = new Set(among.map(({ owner }) => owner));
      return owners.size === 1 && !owners.has(undefined) ? among : [];
    }
    if (qualifier !== undefined) return [];
    const own = asking.owner === undefined ? [] : ofClass(asking.owner);
    if (own.length > 0) return own;
    const free = among.filter(({ owner }) => owner === undefined);
    const inFile = free.filter(({ file }) => file === asking.file);
    return inFile.length > 0 ? inFile : free;
  }
}

/** C and C++ call each other. */
function familyOf(dialect: Dialect): string {
  return dialect === 'cpp' ? 'c' : dialect;
}

function nameKey(dialect: Dialect, name: string): string {
  return `${familyOf(dialect)}:${name}`;
}

function isExtension(entry: FunctionEntry, call: CallEvent): boolean {
  const { parameters } = entry.graph;
  return parameters[0]?.extended === true && parameters.length > call.args.length;
}

function keyOf(entry: FunctionEntry): string {
  return nameKey(entry.file.frontEnd.dialect, entry.name);
}

/** How calls name it. */
function calledName(entry: FunctionEntry): string {
  return entry.name === '.ctor' ? (entry.owner ?? '') : entry.name;
}

function byPlace(a: FunctionEntry, b: FunctionEntry): number {
  return a.file.name < b.file.name ? -1 : a.file.name > b.file.name ? 1 : a.start - b.start;
}
