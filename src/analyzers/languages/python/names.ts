/** Names in Python: which belong to a function, which to the module, and what the module's imports and variables stand for. */
import { descendants, type Syntax } from '../shared/syntax.ts';
import type { FileFacts } from '../shared/terms/lowering.ts';
import type { NamedPlace } from '../shared/terms/function-term.ts';

const SCOPES = /^(?:function_definition|class_definition|lambda)$/u;

/** A name that means a variable: not an attribute's, not a keyword argument's. */
export function isVariable({ type, field }: Syntax): boolean {
  return type === 'identifier' && field !== 'attribute';
}

export function* namesIn(node: Syntax): Generator<string> {
  for (const inner of descendants(node)) if (isVariable(inner)) yield inner.text;
}

/** Names that a function assigns belong to all of it, unless it says that they are somebody else's. */
export function hoistedNames(body: Syntax, parameters: ReadonlySet<string>): readonly NamedPlace[] {
  const found = new Map<string, NamedPlace>();
  const foreign = new Set(parameters);
  for (const node of [body, ...descendants(body, ({ type }) => SCOPES.test(type))]) {
    if (node.type === 'global_statement' || node.type === 'nonlocal_statement') {
      for (const { text } of node.parts) foreign.add(text);
    }
    for (const name of assignedNames(node)) {
      if (!found.has(name.text)) found.set(name.text, { name: name.text, start: name.start });
    }
  }
  return [...found.values()].filter(({ name }) => !foreign.has(name));
}

function assignedNames(node: Syntax): readonly Syntax[] {
  switch (node.type) {
    case 'assignment':
    case 'augmented_assignment':
    case 'for_statement':
    case 'for_in_clause':
      return identifiersIn(node.child('left'));
    case 'named_expression':
      return identifiersIn(node.child('name'));
    case 'as_pattern':
      return identifiersIn(node.child('alias'));
    case 'case_clause':
      return node.parts.filter(({ type }) => type === 'case_pattern').flatMap(identifiersIn);
    default:
      return [];
  }
}

function identifiersIn(target: Syntax | undefined): readonly Syntax[] {
  switch (target?.type) {
    case undefined:
    case 'attribute':
    case 'subscript':
    case 'call':
      return [];
    case 'identifier':
      return [target];
    default:
      return target?.parts.flatMap(identifiersIn) ?? [];
  }
}

/** `Create = kernel32.CreateFileMappingW`, `import x as y`, `from m import f as g`, classes. */
export function readFileFacts(root: Syntax): FileFacts {
  const functionNames = new Map<string, string>();
  const modules = new Set<string>();
  const types = new Set<string>();
  for (const node of descendants(root)) {
    switch (node.type) {
      case 'assignment': {
        const [left, right] = [node.child('left'), node.child('right')];
        const native = right?.type === 'attribute' ? right.child('attribute')?.text : undefined;
        const name = left?.type === 'attribute' ? left.child('attribute')?.text : left?.text;
        if (native !== undefined && name !== undefined && isNative(native)) functionNames.set(name, native);
        break;
      }
      case 'aliased_import': {
        const [name, alias] = [node.child('name'), node.child('alias')?.text];
        const last = name?.last?.text;
        if (alias === undefined || last === undefined) break;
        if (node.field === 'name' && isModuleImport(root, node)) modules.add(alias);
        else functionNames.set(alias, last);
        break;
      }
      case 'import_statement':
        for (const { type, first } of node.parts) if (type === 'dotted_name' && first) modules.add(first.text);
        break;
      case 'class_definition':
        types.add(node.child('name')?.text ?? '');
        break;
    }
  }
  const key = [[...functionNames].join(';'), [...modules].join(), [...types].join()].join('\n');
  return {
    dialect: 'python',
    functionNames,
    modules,
    packages: new Set(),
    types,
    capitalTypes: false,
    anyIsCondition: true,
    releaseGives: () => 'true',
    key,
  };
}

/** `import a as b`, as against `from m import a as b`. */
function isModuleImport(root: Syntax, node: Syntax): boolean {
  const around = root.children.find(({ start, end }) => start <= node.start && node.end <= end);
  return around?.type === 'import_statement';
}

/** Functions of Windows and of the C library begin unlike each other, but both are no attributes of Python's. */
function isNative(name: string): boolean {
  return /^(?:(?:Create|Open)FileMapping|MapViewOfFile|UnmapViewOfFile|CloseHandle|(?:Nt|Zw)[A-Z])/u.test(name);
}
