/** Classes and functions of a Python module: every function is one of its own, the module's statements are one more. */
import type { Node } from 'web-tree-sitter';
import type { ClassFacts } from '../../flow/graph.ts';
import type { FileOutline } from '../front-end.ts';
import { descendants, readSyntax, Syntax } from '../shared/syntax.ts';
import { block } from '../shared/terms/reading.ts';
import type { FunctionTerm, ParameterTerm } from '../shared/terms/function-term.ts';
import { OUTERMOST, type Surroundings, UnitList } from '../shared/terms/units.ts';
import { readExpression } from './expressions.ts';
import { hoistedNames, namesIn, readFileFacts } from './names.ts';
import { readBlock } from './statements.ts';

export function outlinePython(root: Node, text: string): FileOutline {
  const module = readSyntax(root, 0, text, (type) => type === 'comment' || type === 'line_continuation');
  const units = new UnitList(readFileFacts(module), namesIn);
  const statements = module.parts.filter(({ type }) => !type.endsWith('_definition'));
  if (statements.length > 0) {
    const [start, end] = [statements[0]?.start ?? 0, statements.at(-1)?.end ?? 0];
    const own = new Syntax({ type: 'module', field: undefined, named: true, start, end }, statements, text);
    units.add({ node: own, name: '<top>', isEntryPoint: true, read: readModule }, OUTERMOST);
  }
  visit(module, OUTERMOST, units);
  return units.outline();
}

function visit(node: Syntax, place: Surroundings, units: UnitList): void {
  for (const child of node.children) {
    if (child.type === 'function_definition' && child.named) {
      const written = child.child('name')?.text ?? '<lambda>';
      const isStatic = node.parts.some(({ type, text }) => type === 'decorator' && /^@\s*staticmethod\b/u.test(text));
      const isMethod = !isStatic && place.owner !== undefined && place.prefix.endsWith(`${place.owner}.`);
      const name = isMethod && written === '__init__' ? '.ctor' : written;
      const isEntryPoint = written === 'main' && place.owner === undefined;
      const inner = units.add({ node: child, name, isEntryPoint, read: (at) => readFunction(at, isMethod) }, place);
      visit(child, inner, units);
    } else if (child.type === 'lambda' && child.named) {
      visit(child, units.add({ node: child, name: '<lambda>', read: (at) => readFunction(at, false) }, place), units);
    } else if (child.type === 'class_definition') {
      const name = child.child('name')?.text ?? '';
      units.classes.push(classFacts(child, name));
      const body = child.child('body');
      if (body) visit(body, { ...place, prefix: `${place.prefix}${name}.`, owner: name }, units);
    } else if (child.children.length > 0) {
      visit(child, place, units);
    }
  }
}

function classFacts(node: Syntax, name: string): ClassFacts {
  const bases = (node.child('superclasses')?.parts ?? [])
    .filter(({ type }) => type === 'identifier' || type === 'attribute')
    .map(({ text }) => text.split('.').at(-1) ?? text);
  const staticFields = (node.child('body')?.parts ?? []).flatMap((statement) => {
    const left = statement.first?.type === 'assignment' ? statement.first.child('left') : undefined;
    return left?.type === 'identifier' ? [left.text] : [];
  });
  const assigned = [...descendants(node)].flatMap(({ type, field, children }) => {
    const isTarget = type === 'attribute' && field === 'left';
    return isTarget && children[0]?.text === 'self' ? [children.at(-1)?.text ?? ''] : [];
  });
  return { name, bases, fields: [...new Set([...staticFields, ...assigned])], staticFields, owningFields: [] };
}

function readModule(node: Syntax): FunctionTerm {
  const { start, end, text } = node;
  return {
    start,
    end,
    text,
    parameters: [],
    hoisted: [],
    results: [],
    resultCount: 1,
    body: readBlock(node),
    returnsBody: false,
  };
}

function readFunction(node: Syntax, isMethod: boolean): FunctionTerm {
  const { start, end, text } = node;
  const all = (node.child('parameters')?.parts ?? []).flatMap(readParameter);
  const [first, ...others] = all;
  const hasSelf = isMethod && first !== undefined;
  const body = node.child('body');
  const parameters = hasSelf ? others : all;
  const isLambda = node.type === 'lambda';
  return {
    start,
    end,
    text,
    parameters,
    self: hasSelf ? first.name : undefined,
    hoisted: body === undefined || isLambda ? [] : hoistedNames(body, new Set(all.map(({ name }) => name))),
    results: [],
    resultCount: 1,
    body: body === undefined ? block(node, []) : isLambda ? readExpression(body) : readBlock(body),
    returnsBody: isLambda,
  };
}

function readParameter(node: Syntax): readonly ParameterTerm[] {
  const name = node.type === 'identifier' ? node : (node.child('name') ?? node.first);
  const identifier = name?.type === 'identifier' ? name : name?.first;
  if (identifier?.type !== 'identifier') return [];
  const type = node.child('type')?.first;
  const typeName = type?.type === 'identifier' ? { type: type.text } : {};
  return [{ name: identifier.text, start: identifier.start, ...typeName }];
}
