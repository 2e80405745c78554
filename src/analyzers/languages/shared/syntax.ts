/**
 * A function's syntax as plain objects, read once from tree-sitter's tree: going through the tree itself crosses into
 * WebAssembly for every question. Offsets count from the function's start, comments are left out.
 */
import type { Node } from 'web-tree-sitter';

/** Levels of the tree that are read; what nests deeper counts as an error, it would exhaust the stack. */
const DEEPEST = 1000;

/** Values that a grammar has as mere tokens. */
const VALUE_TOKEN = /^(?:this|base)$/u;

/** The function nests too deeply, or is too large, to be lowered: it is left out. */
export class TooDeep extends Error {}

/** What stands somewhere in a function's text. */
export interface Written {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface SyntaxShape {
  readonly type: string;
  readonly field: string | undefined;
  readonly start: number;
  readonly end: number;
  readonly named: boolean;
}

export class Syntax {
  readonly type: string;
  /** The name under which its parent has it. */
  readonly field: string | undefined;
  readonly start: number;
  readonly end: number;
  readonly named: boolean;
  readonly children: readonly Syntax[];
  /** The text does not parse; missing tokens count as errors. */
  readonly isBroken: boolean;
  private readonly source: string;

  constructor(shape: SyntaxShape, children: readonly Syntax[], source: string) {
    this.type = shape.type;
    this.field = shape.field;
    this.start = shape.start;
    this.end = shape.end;
    this.named = shape.named;
    this.children = children;
    this.isBroken = shape.type === 'ERROR' || children.some(({ isBroken }) => isBroken);
    this.source = source;
  }

  get text(): string {
    return this.source.slice(this.start, this.end);
  }

  /** Without tokens. */
  get parts(): readonly Syntax[] {
    return this.children.filter(({ named }) => named);
  }

  get first(): Syntax | undefined {
    return this.children.find(({ named }) => named);
  }

  get last(): Syntax | undefined {
    return this.children.findLast(({ named }) => named);
  }

  child(field: string): Syntax | undefined {
    return this.children.find((child) => child.field === field);
  }

  all(field: string): readonly Syntax[] {
    return this.children.filter((child) => child.field === field && child.named);
  }

  ofType(type: string): Syntax | undefined {
    return this.children.find((child) => child.type === type);
  }

  /** Whether a token or part of this type is among the children. */
  has(type: string): boolean {
    return this.children.some((child) => child.type === type);
  }

  copy(changes: Partial<SyntaxShape> & { readonly children?: readonly Syntax[] }): Syntax {
    const { children = this.children, ...shape } = changes;
    const { type, field, start, end, named } = this;
    return new Syntax({ type, field, start, end, named, ...shape }, children, this.source);
  }

  /** The same part seen as a function of its own: offsets count from its start. */
  rebased(): Syntax {
    return this.shifted(-this.start, this.text);
  }

  private shifted(by: number, source: string): Syntax {
    const { type, field, named } = this;
    const children = this.children.map((child) => child.shifted(by, source));
    return new Syntax({ type, field, named, start: this.start + by, end: this.end + by }, children, source);
  }
}

/** All nodes below one, without the node itself, in the order of the text; `skip` leaves out what lies below a node. */
export function* descendants(node: Syntax, skip: (node: Syntax) => boolean = () => false): Generator<Syntax> {
  const pending = [...node.children].reverse();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    yield next;
    if (!skip(next)) {
      for (let index = next.children.length - 1; index >= 0; index -= 1) {
        const child = next.children[index];
        if (child !== undefined) pending.push(child);
      }
    }
  }
}

/**
 * @param base the offset that becomes zero
 * @param source the text from there
 */
export function readSyntax(
  node: Node,
  base: number,
  source: string,
  isTrivia: (type: string) => boolean = (type) => type === 'comment',
): Syntax {
  const cursor = node.walk();
  const shape = (): SyntaxShape => ({
    // A missing token has no text: only then it is worth asking.
    type: cursor.startIndex === cursor.endIndex && cursor.nodeIsMissing ? 'ERROR' : cursor.nodeType,
    field: cursor.currentFieldName ?? undefined,
    start: cursor.startIndex - base,
    end: cursor.endIndex - base,
    named: cursor.nodeIsNamed || VALUE_TOKEN.test(cursor.nodeType),
  });
  const open: { readonly shape: SyntaxShape; readonly children: Syntax[] }[] = [{ shape: shape(), children: [] }];
  try {
    for (;;) {
      if (open.length <= DEEPEST && cursor.gotoFirstChild()) {
        open.push({ shape: shape(), children: [] });
        continue;
      }
      for (;;) {
        const closed = open.pop();
        if (closed === undefined) throw new Error('the cursor left the node it began with');
        const syntax = new Syntax(open.length > DEEPEST ? broken(closed.shape) : closed.shape, closed.children, source);
        const parent = open.at(-1);
        if (parent === undefined) return syntax;
        if (!isTrivia(closed.shape.type)) parent.children.push(syntax);
        if (cursor.gotoNextSibling()) {
          open.push({ shape: shape(), children: [] });
          break;
        }
        cursor.gotoParent();
      }
    }
  } finally {
    cursor.delete();
  }
}

function broken(shape: SyntaxShape): SyntaxShape {
  return { ...shape, type: 'ERROR' };
}
