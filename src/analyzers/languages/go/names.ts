/** What a Go file says of the names that its functions use: imports, types, procedures of DLLs. */
import { descendants, type Syntax } from '../shared/syntax.ts';
import type { FileFacts } from '../shared/terms/lowering.ts';

export interface GoNames {
  readonly file: FileFacts;
  /** Name in this file -> last part of the import's path. */
  readonly imports: ReadonlyMap<string, string>;
  /** Variable of a procedure in a DLL -> the procedure's name. */
  readonly procedures: ReadonlyMap<string, string>;
  /** Type -> names of its fields in order. */
  readonly structs: ReadonlyMap<string, readonly string[]>;
}

export function isVariable({ type, field }: Syntax): boolean {
  return type === 'identifier' && field !== 'key';
}

export function* namesIn(node: Syntax): Generator<string> {
  for (const inner of descendants(node)) if (isVariable(inner)) yield inner.text;
}

export function readNames(root: Syntax): GoNames {
  const imports = new Map<string, string>();
  const packages = new Set<string>();
  const procedures = new Map<string, string>();
  const structs = new Map<string, readonly string[]>();
  const types = new Set<string>();
  for (const node of descendants(root)) {
    switch (node.type) {
      case 'import_spec':
        readImport(node, imports, packages);
        break;
      case 'var_spec':
      case 'assignment_statement':
        readProcedures(node, procedures);
        break;
      case 'type_spec': {
        const [name, type] = [node.child('name')?.text ?? '', node.child('type')];
        types.add(name);
        if (type?.type === 'struct_type') structs.set(name, fieldsOf(type));
        break;
      }
    }
  }
  const maps = [imports, procedures].map((map) => [...map].join(';'));
  const key = [...maps, JSON.stringify([...structs]), [...packages].join(), [...types].join()].join('\n');
  const modules = new Set([...imports.values()].filter((name) => !packages.has(name)));
  return {
    imports,
    procedures,
    structs,
    file: {
      dialect: 'go',
      functionNames: new Map(),
      modules,
      packages,
      // Calls of a type's name are conversions: nothing is constructed by them.
      types: new Set(),
      capitalTypes: false,
      anyIsCondition: false,
      // An error that is none; procedures of DLLs give their own numbers.
      releaseGives: (qualifier) => (qualifier === 'kernel32' ? 'true' : 'null'),
      key,
    },
  };
}

/** The packages of Go itself have no dot in their path, and nothing of the workspace is among them. */
function readImport(node: Syntax, imports: Map<string, string>, packages: Set<string>): void {
  const path = node.child('path')?.text.slice(1, -1) ?? '';
  const last =
    path
      .split('/')
      .filter((part) => !/^v\d+$/u.test(part))
      .at(-1) ?? path;
  const name = node.child('name')?.text ?? last;
  imports.set(name, last);
  if (path.includes('.') && !path.startsWith('golang.org/x/')) packages.add(last);
}

/** `var proc = lib.NewProc("MapViewOfFile")` */
function readProcedures(node: Syntax, procedures: Map<string, string>): void {
  const names = node.type === 'var_spec' ? node.all('name') : (node.child('left')?.parts ?? []);
  const values = (node.child('value') ?? node.child('right'))?.parts ?? [];
  for (const [index, name] of names.entries()) {
    const procedure = /\.(?:NewProc|MustFindProc|FindProc)\(\s*["`](\w+)["`]\s*\)$/u.exec(values[index]?.text ?? '');
    if (procedure?.[1] !== undefined) procedures.set(name.child('field')?.text ?? name.text, procedure[1]);
  }
}

export function fieldsOf(struct: Syntax): readonly string[] {
  const fields = struct.ofType('field_declaration_list')?.parts ?? [];
  return fields.flatMap((field) => {
    const names = field.all('name').map(({ text }) => text);
    return names.length > 0 ? names : [simpleType(field.child('type')) ?? ''];
  });
}

/** The type's own name, without pointer, package and arguments. */
export function simpleType(type: Syntax | undefined): string | undefined {
  switch (type?.type) {
    case 'type_identifier':
      return type.text;
    case 'pointer_type':
    case 'generic_type':
    case 'parenthesized_type':
      return simpleType(type.child('type') ?? type.first);
    case 'qualified_type':
      return type.child('name')?.text;
    default:
      return undefined;
  }
}
