/** The functions of a file, each with what its graph depends on; closures are found and become functions of their own. */
import type { Node } from 'web-tree-sitter';
import type { FunctionUnit } from '../front-end.ts';
import { descendants, readSyntax, Syntax, TooDeep } from '../shared/syntax.ts';
import type { ClassScope } from './class-scope.ts';
import { declaredNames, isClosure, usedNames } from './closures.ts';
import { type FunctionFacts, lowerOrGiveUp } from './function.ts';

const TRIVIA = /^(?:comment|preproc_(?!if|elif|else).*)$/u;
/** What a lambda, an anonymous method or a local function cannot be without. */
const MAY_HOLD_CLOSURES =
  /=>|\bdelegate\b|[\w>\]?*)]\s+(?!(?:if|for|foreach|while|switch|lock|using|fixed|catch|when)\b)\w+\s*(?:<[\w\s,]+>)?\s*\([^;{}]*\)\s*(?:where\b[^{};]*)?\{/u;
/** Brackets within brackets; what nests deeper is left out. */
const DEEPEST_BRACKETS = 150;

interface Options {
  readonly isEntryPoint?: boolean;
  readonly implicitParameters?: readonly string[];
}

/** Where a unit's code is: read when it is needed, and then kept. */
interface Code {
  readonly start: number;
  readonly end: number;
  readonly broken: boolean;
  /** Where closures may begin: after the function's own arrow. */
  readonly bodyStart: number;
  syntax(): Syntax;
}

export class UnitList {
  readonly units: FunctionUnit[] = [];
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** A member with code; one without (abstract, extern, partial) tells nothing. */
  addMember(node: Node, name: string, prefix: string, scope: ClassScope | undefined, options: Options = {}): void {
    const body =
      node.childForFieldName('body') ??
      node.namedChildren.find(({ type }) => type === 'arrow_expression_clause' || type === 'block');
    if (body) this.add(this.codeOf(node, body.startIndex + 2), name, prefix, scope, options);
  }

  /** An initialiser that only makes an object without giving it anything is not worth a function. */
  addInitializer(node: Node, value: Node, prefix: string, scope: ClassScope | undefined): void {
    const text = this.text.slice(value.startIndex, value.endIndex);
    if (/\((?!\s*\)\s*$)/u.test(text) || MAY_HOLD_CLOSURES.test(text)) {
      this.add(this.codeOf(node, value.startIndex), '<field>', prefix, scope, {});
    }
  }

  addPrimaryConstructor(declaration: Node, scope: ClassScope): void {
    const parts = declaration.namedChildren.filter(({ type }) => type === 'parameter_list' || type === 'base_list');
    this.add(this.codeOfSeveral(parts, 'primary_constructor'), '.ctor', `${scope.qualifiedName}.`, scope, {});
  }

  addTopLevel(statements: readonly Node[]): void {
    if (statements.length > 0) {
      this.add(this.codeOfSeveral(statements, 'top_level'), '<top>', '', undefined, { isEntryPoint: true });
    }
  }

  private add(
    code: Code,
    name: string,
    prefix: string,
    scope: ClassScope | undefined,
    { isEntryPoint = false, implicitParameters = [] }: Options,
  ): void {
    const qualifiedName = prefix + name;
    this.addUnit(code, { name, qualifiedName, scope, isEntryPoint, implicitParameters, enclosing: new Set() });
    if (!MAY_HOLD_CLOSURES.test(this.text.slice(code.bodyStart, code.end))) return;
    try {
      this.addClosures(code, `${qualifiedName}.`, scope, new Set(implicitParameters));
    } catch (error) {
      if (!(error instanceof TooDeep)) throw error;
    }
  }

  private addClosures(
    around: Code,
    prefix: string,
    scope: ClassScope | undefined,
    outerNames: ReadonlySet<string>,
  ): void {
    const root = around.syntax();
    const names = new Set([...outerNames, ...declaredNames(root, true)]);
    for (const node of descendants(root, isClosure)) {
      if (!isClosure(node)) continue;
      const enclosing = new Set([...usedNames(node).keys()].filter((name) => names.has(name)));
      const name = (node.type === 'local_function_statement' ? node.child('name')?.text : undefined) ?? '<lambda>';
      let rebased: Syntax | undefined;
      const code: Code = {
        start: around.start + node.start,
        end: around.start + node.end,
        broken: around.broken && node.isBroken,
        bodyStart: around.start + node.start,
        syntax: () => (rebased ??= node.rebased()),
      };
      const qualifiedName = prefix + name;
      const facts = { name, qualifiedName, scope, isEntryPoint: false, implicitParameters: [], enclosing };
      this.addUnit(code, facts);
      this.addClosures(code, `${qualifiedName}.`, scope, names);
    }
  }

  private addUnit(code: Code, facts: FunctionFacts): void {
    const { name, qualifiedName, scope, enclosing, implicitParameters } = facts;
    this.units.push({
      name,
      qualifiedName,
      ...(scope === undefined ? {} : { owner: scope.name }),
      start: code.start,
      end: code.end,
      broken: code.broken || nestsTooDeeply(this.text, code),
      context: [scope?.key ?? '', [...enclosing].sort().join(), implicitParameters.join()].join('\n'),
      lower: () => lowerOrGiveUp(() => code.syntax(), facts),
    });
  }

  private codeOf(node: Node, bodyStart: number): Code {
    const { startIndex: start, endIndex: end } = node;
    let read: Syntax | undefined;
    const syntax = (): Syntax =>
      (read ??= readSyntax(node, start, this.text.slice(start, end), (type) => TRIVIA.test(type)));
    return { start, end, bodyStart, broken: node.hasError, syntax };
  }

  /** Nodes that stand beside each other, as the parts of one. */
  private codeOfSeveral(nodes: readonly Node[], type: string): Code {
    const [start, end] = [nodes[0]?.startIndex ?? 0, nodes.at(-1)?.endIndex ?? 0];
    const source = this.text.slice(start, end);
    let read: Syntax | undefined;
    const syntax = (): Syntax =>
      (read ??= new Syntax(
        { type, field: undefined, named: true, start: 0, end: end - start },
        nodes.map((node) => readSyntax(node, start, source, (trivia) => TRIVIA.test(trivia))),
        source,
      ));
    return { start, end, bodyStart: start, broken: nodes.some((node) => node.hasError), syntax };
  }
}

function nestsTooDeeply(text: string, { start, end }: Code): boolean {
  if (end - start < 2 * DEEPEST_BRACKETS) return false;
  let depth = 0;
  for (let at = start; at < end; at += 1) {
    const character = text.charCodeAt(at);
    if (character === 0x28 || character === 0x5b || character === 0x7b) depth += 1;
    else if (character === 0x29 || character === 0x5d || character === 0x7d) depth -= 1;
    if (depth > DEEPEST_BRACKETS) return true;
  }
  return false;
}
