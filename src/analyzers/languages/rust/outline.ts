/** Functions, methods and structs of a Rust file. */
import type { Node } from 'web-tree-sitter';
import type { FileOutline } from '../front-end.ts';
import { readSyntax, type Syntax } from '../shared/syntax.ts';
import { parts } from '../shared/terms/reading.ts';
import type { FunctionTerm, ParameterTerm } from '../shared/terms/function-term.ts';
import { OUTERMOST, type Surroundings, UnitList } from '../shared/terms/units.ts';
import { RustReader } from './expressions.ts';
import { namesIn, readNames, type RustNames, simpleType } from './names.ts';
import { readPattern } from './patterns.ts';

export function outlineRust(root: Node, text: string): FileOutline {
  const file = readSyntax(root, 0, text, (type) => /comment$|^attribute_item$|^inner_attribute_item$/u.test(type));
  const names = readNames(file);
  const units = new UnitList(names.file, namesIn);
  visit(file, OUTERMOST, units, names);
  return units.outline();
}

function visit(node: Syntax, place: Surroundings, units: UnitList, names: RustNames): void {
  for (const child of node.children) {
    switch (child.type) {
      case 'function_item': {
        const name = child.child('name')?.text ?? '';
        const isEntryPoint = name === 'main' && place.owner === undefined;
        const read = (at: Syntax): FunctionTerm => readFunction(at, names, place.owner);
        // A function within a function sees none of its locals.
        const inner = units.add({ node: child, name, isEntryPoint, read }, { ...place, names: new Set() });
        visit(child, inner, units, names);
        break;
      }
      case 'closure_expression': {
        const read = (at: Syntax): FunctionTerm => readFunction(at, names, place.owner);
        visit(child, units.add({ node: child, name: '<lambda>', read }, place), units, names);
        break;
      }
      case 'impl_item':
      case 'trait_item': {
        const owner = simpleType(child.child('type')) ?? child.child('name')?.text ?? '';
        const body = child.child('body');
        if (body) visit(body, { ...place, prefix: `${owner}.`, owner }, units, names);
        break;
      }
      case 'struct_item':
        if (isOpenToAll(child.child('body'))) break;
        units.classes.push({
          name: child.child('name')?.text ?? '',
          bases: [],
          fields: fieldsOf(child.child('body')),
          owningFields: [],
        });
        break;
      default:
        if (child.children.length > 0) visit(child, place, units, names);
    }
  }
}

/** Whoever has the struct may close what its public fields hold: neither Drop nor a method need do it. */
function isOpenToAll(body: Syntax | undefined): boolean {
  return (body?.parts ?? []).some(
    (field) =>
      field.ofType('visibility_modifier')?.text === 'pub' &&
      /^(?:\w+::)*(?:HANDLE|RawHandle|RawFd|c_int|isize|MEMORY_MAPPED_VIEW_ADDRESS)$|^\*/u.test(
        field.child('type')?.text ?? '',
      ),
  );
}

function fieldsOf(body: Syntax | undefined): readonly string[] {
  if (body?.type === 'ordered_field_declaration_list') return body.all('type').map((_, index) => `${index}`);
  return (body?.parts ?? []).flatMap((field) => field.child('name')?.text ?? []);
}

function readFunction(node: Syntax, names: RustNames, owner: string | undefined): FunctionTerm {
  const { start, end, text } = node;
  const reader = new RustReader(names, owner, node);
  const list = node.child('parameters')?.parts ?? [];
  const body = node.child('body');
  return {
    start,
    end,
    text,
    parameters: list.flatMap((parameter) => readParameter(parameter, reader)),
    self: list.some(({ type }) => type === 'self_parameter') ? 'self' : undefined,
    hoisted: [],
    results: [],
    resultCount: 1,
    body: body === undefined ? parts(node, []) : reader.read(body),
    returnsBody: node.type === 'closure_expression' || node.child('return_type') !== undefined,
  };
}

function readParameter(node: Syntax, reader: RustReader): readonly ParameterTerm[] {
  if (node.type === 'self_parameter') return [];
  const pattern = node.type === 'parameter' ? node.child('pattern') : node;
  if (pattern === undefined) return [];
  const plain = pattern.type === 'mut_pattern' ? (pattern.last ?? pattern) : pattern;
  const type = simpleType(node.child('type'));
  if (plain.type === 'identifier' || plain.type === 'self') return [{ name: plain.text, start: plain.start, type }];
  return [{ name: '', start: pattern.start, type, pattern: readPattern(pattern, (part) => reader.read(part)) }];
}
