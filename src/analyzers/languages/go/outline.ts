/** Functions, methods and structs of a Go file. */
import type { Node } from 'web-tree-sitter';
import type { FileOutline } from '../front-end.ts';
import { readSyntax, type Syntax } from '../shared/syntax.ts';
import { parts } from '../shared/terms/reading.ts';
import type { FunctionTerm, NamedPlace, ParameterTerm } from '../shared/terms/function-term.ts';
import { OUTERMOST, type Surroundings, UnitList } from '../shared/terms/units.ts';
import { fieldsOf, type GoNames, namesIn, readNames, simpleType } from './names.ts';
import { GoStatements } from './statements.ts';

export function outlineGo(root: Node, text: string): FileOutline {
  const file = readSyntax(root, 0, text);
  const names = readNames(file);
  const units = new UnitList(names.file, namesIn);
  const visitor: Visitor = { units, names, isMain: file.ofType('package_clause')?.first?.text === 'main' };
  visit(file, OUTERMOST, visitor);
  return units.outline();
}

interface Visitor {
  readonly units: UnitList;
  readonly names: GoNames;
  readonly isMain: boolean;
}

function visit(node: Syntax, place: Surroundings, visitor: Visitor): void {
  const { units, names } = visitor;
  for (const child of node.children) {
    switch (child.type) {
      case 'function_declaration':
      case 'method_declaration': {
        const receiver = child.child('receiver')?.first;
        const owner = simpleType(receiver?.child('type'));
        const name = child.child('name')?.text ?? '';
        const prefix = owner === undefined ? '' : `${owner}.`;
        const isEntryPoint = visitor.isMain && name === 'main' && owner === undefined;
        const read = (at: Syntax): FunctionTerm => readFunction(at, names);
        visit(child, units.add({ node: child, name, isEntryPoint, read }, { ...place, prefix, owner }), visitor);
        break;
      }
      case 'func_literal': {
        const read = (at: Syntax): FunctionTerm => readFunction(at, names);
        visit(child, units.add({ node: child, name: '<lambda>', read }, place), visitor);
        break;
      }
      case 'type_spec': {
        const type = child.child('type');
        if (type?.type === 'struct_type') {
          const fields = fieldsOf(type);
          if (!isOpenToAll(type))
            units.classes.push({
              name: child.child('name')?.text ?? '',
              bases: embedded(type),
              fields,
              owningFields: [],
            });
        }
        break;
      }
      default:
        if (child.children.length > 0) visit(child, place, visitor);
    }
  }
}

/** Whoever has the struct may close what its exported fields hold: no method need do it. */
function isOpenToAll(struct: Syntax): boolean {
  const fields = struct.ofType('field_declaration_list')?.parts ?? [];
  return fields.some((field) => {
    const type = field.child('type')?.text ?? '';
    return (
      field.all('name').some(({ text }) => /^\p{Lu}/u.test(text)) &&
      /Handle$|^u?int(?:ptr)?$|Pointer$|^\[\]byte$/u.test(type)
    );
  });
}

/** Structs whose fields and methods stand for the struct's own. */
function embedded(struct: Syntax): readonly string[] {
  const fields = struct.ofType('field_declaration_list')?.parts ?? [];
  return fields.flatMap((field) => (field.child('name') === undefined ? (simpleType(field.child('type')) ?? []) : []));
}

function readFunction(node: Syntax, names: GoNames): FunctionTerm {
  const { start, end, text } = node;
  const statements = new GoStatements(names, node);
  const results = node.child('result');
  const named = results?.type === 'parameter_list' ? readParameters(results) : [];
  const count = results === undefined ? 0 : results.type === 'parameter_list' ? countOf(results) : 1;
  return {
    start,
    end,
    text,
    parameters: readParameters(node.child('parameters')),
    self: node.child('receiver')?.first?.child('name')?.text,
    hoisted: [],
    results: named.filter(({ name }) => name !== '_').map(({ name, start: at }): NamedPlace => ({ name, start: at })),
    resultCount: count,
    body: node.child('body') === undefined ? parts(node, []) : statements.readBlock(node.child('body')),
    returnsBody: false,
  };
}

function readParameters(list: Syntax | undefined): readonly ParameterTerm[] {
  return (list?.parts ?? []).flatMap((parameter) =>
    parameter
      .all('name')
      .map((name) => ({ name: name.text, start: name.start, type: simpleType(parameter.child('type')) })),
  );
}

function countOf(results: Syntax): number {
  return results.parts.reduce((sum, result) => sum + Math.max(1, result.all('name').length), 0);
}
