/** Functions, classes and the script itself. */
import type { Node } from 'web-tree-sitter';
import type { FileOutline } from '../front-end.ts';
import { descendants, readSyntax, Syntax } from '../shared/syntax.ts';
import type { FunctionTerm, ParameterTerm } from '../shared/terms/function-term.ts';
import { OUTERMOST, type Surroundings, UnitList } from '../shared/terms/units.ts';
import { FACTS, hoistedNames, namesIn, variableName } from './names.ts';
import { readBody, withResult } from './statements.ts';

export function outlinePowerShell(root: Node, text: string): FileOutline {
  const script = readSyntax(root, 0, text);
  const units = new UnitList(FACTS, namesIn);
  const list = script.ofType('statement_list') ?? script;
  const statements = list.parts.filter(({ type }) => !/^(?:function|class|enum)_statement$/u.test(type));
  if (statements.length > 0) {
    const [start, end] = [statements[0]?.start ?? 0, statements.at(-1)?.end ?? 0];
    const own = new Syntax({ type: 'script_block', field: undefined, named: true, start, end }, statements, text);
    units.add({ node: own, name: '<top>', isEntryPoint: true, read: readScript }, OUTERMOST);
  }
  visit(script, OUTERMOST, units);
  return units.outline();
}

function visit(node: Syntax, place: Surroundings, units: UnitList): void {
  for (const child of node.children) {
    switch (child.type) {
      case 'function_statement': {
        const name = child.ofType('function_name')?.text ?? '';
        visit(child, units.add({ node: child, name, read: readFunction }, place), units);
        break;
      }
      case 'class_statement': {
        const owner = child.first?.text ?? '';
        units.classes.push({ name: owner, bases: basesOf(child), fields: fieldsOf(child), owningFields: [] });
        visit(child, { ...place, prefix: `${owner}.`, owner }, units);
        break;
      }
      case 'class_method_definition': {
        const written = child.ofType('simple_name')?.text ?? '';
        const name = written === place.owner ? '.ctor' : written;
        units.add({ node: child, name, read: readMethod }, place);
        break;
      }
      case 'script_block_expression':
        visit(child, units.add({ node: child, name: '<lambda>', read: readFunction }, place), units);
        break;
      default:
        if (child.children.length > 0) visit(child, place, units);
    }
  }
}

function basesOf(node: Syntax): readonly string[] {
  return node.parts
    .filter(({ type }) => type === 'simple_name')
    .slice(1)
    .map(({ text }) => text);
}

function fieldsOf(node: Syntax): readonly string[] {
  const properties = node.parts.filter(({ type }) => type === 'class_property_definition');
  return properties.flatMap((property) => property.ofType('variable')?.text.slice(1) ?? []);
}

function readScript(node: Syntax): FunctionTerm {
  return functionTerm(node, [], undefined, false);
}

function readFunction(node: Syntax): FunctionTerm {
  const lists = [...descendants(node, ({ type }) => type === 'script_block_body')];
  const parameters = lists.filter(({ type }) => type === 'script_parameter').flatMap(readParameter);
  return functionTerm(node, parameters, undefined, true);
}

function readMethod(node: Syntax): FunctionTerm {
  const list = node.ofType('class_method_parameter_list')?.parts ?? [];
  return functionTerm(node, list.flatMap(readParameter), 'this', true);
}

function readParameter(node: Syntax): readonly ParameterTerm[] {
  const variable = node.ofType('variable');
  return variable === undefined ? [] : [{ name: variableName(variable), start: variable.start }];
}

function functionTerm(
  node: Syntax,
  parameters: readonly ParameterTerm[],
  self: string | undefined,
  isFunction: boolean,
): FunctionTerm {
  const { start, end, text } = node;
  const block = node.type === 'script_block' ? node : node.ofType('script_block');
  const body = readBody(block);
  const hoisted = isFunction && block ? hoistedNames(block, new Set(parameters.map(({ name }) => name))) : [];
  return {
    start,
    end,
    text,
    parameters,
    self,
    hoisted,
    results: [],
    resultCount: 1,
    body: isFunction && self === undefined ? withResult(body) : body,
    returnsBody: false,
  };
}
