/**
 * What the analysis found, before anybody words it: the diagnostic, the CodeLens, the quick fix, the SARIF result and
 * the terminal line are all made from these records. Data only, so that both sides of a protocol may import it.
 */

/** Zero-based line, and character in UTF-16 code units, as LSP counts them. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Half-open: `end` is the first position after the text. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A range in a file; `file` is the name under which the file was given to the workspace (a path or a URI). */
export interface Place {
  readonly file: string;
  readonly range: Range;
}

export const RULE_IDS = [
  'section-outlives-view',
  'section-never-closed',
  'section-leaks-on-path',
  'view-never-unmapped',
  'pointer-never-released',
] as const;
export type RuleId = (typeof RULE_IDS)[number];

/** What an acquire call gives: a section (or its handle, or a MemoryMappedFile), a view of one, a pointer into a view. */
export type ResourceKind = 'section' | 'view' | 'pointer';

/**
 * How code at a site makes a section, in words that a running process can confirm: the platform names its objects by it.
 * `dotnet` MemoryMappedFile; `memfd` memfd_create; `shm` shm_open; `win32` CreateFileMapping and its kin.
 */
export type Maker = 'dotnet' | 'memfd' | 'shm' | 'win32';

/** How the last place that reached a resource was lost. */
export type LossKind =
  /** The result of the acquiring call was used by nothing. */
  | 'discarded'
  /** The variable's scope ended normally. */
  | 'scope-end'
  /** A return left the function. */
  | 'return'
  /** A throw left the function. */
  | 'throw'
  /** Another value was put over it. */
  | 'overwritten'
  /** A field, collection or static still reaches it, and nothing releases what is kept there. */
  | 'kept';

export interface Loss {
  readonly how: LossKind;
  readonly at: Place;
  /** For `kept`: the field, collection or static as the source writes it, for example `allocated`. */
  readonly keeper?: string;
}

export type StepKind =
  | 'created'
  | 'mapped'
  | 'pointer-acquired'
  | 'stored'
  | 'view-released'
  | 'branch'
  /** A call that raises an exception which the function catches. */
  | 'exception'
  | 'lost';

/** One step of the path that leaks, in the order in which the program runs it. */
export interface Step extends Place {
  readonly kind: StepKind;
  /** What the step is about, as the source writes it: a variable, a field, a condition. */
  readonly subject?: string;
  /** For `branch`: whether the condition held. */
  readonly taken?: boolean;
}

export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/** A complete, safe edit of the finding's own file. */
export interface Fix {
  readonly kind: 'using-declaration' | 'release-before-loss' | 'release-at-end';
  /** What is released and how, for the title: `map.Dispose()`. */
  readonly release: string;
  readonly edits: readonly TextEdit[];
}

/** An optimistic step that the analysis took; strict mode reports sites with doubts as hints that name them. */
export interface Doubt {
  readonly kind:
    /** Given to a function that nothing is known of. */
    | 'unknown-callee'
    /** Captured by a closure. */
    | 'captured'
    /** Its address was taken. */
    | 'address-taken'
    /** A field that callers of a public method may release. */
    | 'public-release';
  readonly subject: string;
  readonly at: Place;
}

export interface AllocationSite extends Place {
  readonly resource: ResourceKind;
  /** The call as the source names it: `MemoryMappedFile.CreateNew`, `CreateFileMappingW`. */
  readonly call: string;
  /** Name of the enclosing function, qualified by its classes where there are any. */
  readonly function: string;
  /** For sections: who makes it, see Maker. */
  readonly maker?: Maker;
  /** For sections: the name given to it, where the source gives a literal. */
  readonly sectionName?: string;
}

export interface Finding extends AllocationSite {
  readonly rule: RuleId;
  /** `MemoryMappedFile`, `section handle`, `view`: what the user would call it. */
  readonly typeName: string;
  /** The variable, field or parameter that first held it, if any. */
  readonly variable?: string;
  readonly loss: Loss;
  /** Where the (last) view of this section was given back, for section-outlives-view. */
  readonly viewReleased?: Place;
  readonly path: readonly Step[];
  readonly fix?: Fix;
  /** Empty for a finding that is reported by default. */
  readonly doubts: readonly Doubt[];
}
