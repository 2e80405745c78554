/** Classes, structures and unions of a file: bases and fields, and which fields give back what they hold. */
import type { Node } from 'web-tree-sitter';
import type { Operand } from '../../flow/graph.ts';
import { readSyntax } from '../shared/syntax.ts';
import { constantOf } from './constants.ts';
import { typeText } from './declarations.ts';
import { readDeclarator } from './declarators.ts';
import type { ClassShape } from './file-facts.ts';
import { constantFor } from './initializers.ts';
import { isRawContainer, isRawType, simpleTypeName } from './types.ts';

/** @param alias name that a `typedef` gives to it */
export function classShapeOf(node: Node, alias: string, source: string): ClassShape {
  const name = simpleTypeName(node.childForFieldName('name')?.text ?? alias);
  const bases = (node.namedChildren.find(({ type }) => type === 'base_class_clause')?.namedChildren ?? [])
    .filter(({ type }) => /identifier$|template_type/u.test(type))
    .map(({ text }) => simpleTypeName(text));
  const fieldTypes = new Map<string, string>();
  const statics: string[] = [];
  const defaults: (readonly [string, Operand])[] = [];
  let hasDestructor = false;
  const body = node.childForFieldName('body');
  for (const member of body ? membersOf(body) : []) {
    if (member.type !== 'field_declaration') {
      hasDestructor ||= /^(?:virtual\s+)?~/u.test(member.text);
      continue;
    }
    readField(member, source, fieldTypes, statics, defaults);
  }
  const owningFields = [...fieldTypes]
    .filter(([, type]) => !isRawType(type) && !isRawContainer(type))
    .map(([field]) => field);
  return {
    name,
    bases,
    fields: [...fieldTypes.keys()],
    staticFields: statics,
    owningFields,
    fieldTypes,
    defaults,
    initial: new Map(
      defaults.flatMap(([field, { constant }]) => (constant === undefined ? [] : [[field, constant] as const])),
    ),
    isPlain: !hasDestructor && bases.length === 0 && owningFields.length === 0,
  };
}

/** Members, those between preprocessor conditionals too. */
function membersOf(body: Node): readonly Node[] {
  return body.namedChildren.flatMap((member) => (member.type.startsWith('preproc_') ? membersOf(member) : [member]));
}

function readField(
  member: Node,
  source: string,
  fieldTypes: Map<string, string>,
  statics: string[],
  defaults: (readonly [string, Operand])[],
): void {
  const syntax = readSyntax(member, 0, source);
  const isStatic = syntax.parts.some(({ type, text }) => type === 'storage_class_specifier' && text === 'static');
  const value = syntax.child('default_value');
  for (const declarator of syntax.all('declarator')) {
    const shape = readDeclarator(declarator);
    if (!shape.name || shape.parameters) continue;
    const field = shape.name.text;
    const type = typeText(syntax.child('type'), shape);
    fieldTypes.set(field, type);
    if (isStatic) statics.push(field);
    const constant =
      value?.type === 'initializer_list' && value.parts.length === 0
        ? 'null'
        : constantOf(value?.first?.text ?? value?.text ?? '');
    if (value && constant !== undefined && !isStatic) {
      defaults.push([field, { constant: constantFor(constant, type), text: value.text }]);
    }
  }
}
