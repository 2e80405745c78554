/** C# loops. */
import type { Node } from 'web-tree-sitter';
import type { BlockId } from '../../flow/builder.ts';
import type { Location, Test } from '../../flow/graph.ts';
import { below } from '../../flow/graph.ts';
import { field, namedChildren, shortText } from '../cs-shared/nodes.ts';
import { declareVariables } from './declarations.ts';
import { assign, declareLocal, type Lowering, locationOfName, placeOf, spanOf, typeName } from './lowering.ts';

export function lowerFor(lowering: Lowering, node: Node): void {
  const [condition, body] = [field(node, 'condition'), field(node, 'body')];
  const children = node.children.map((child, index) => ({ child, name: node.fieldNameForChild(index) }));
  lowering.builder.scope({ span: spanOf(lowering, node) }, () => {
    lowering.names.within(() => {
      for (const { child } of children.filter(({ name }) => name === 'initializer')) {
        if (child.type === 'variable_declaration') declareVariables(lowering, child);
        else lowering.effect(child);
      }
      lowering.builder.loop({
        span: spanOf(lowering, node),
        condition:
          condition &&
          ((inside, after) => {
            loopCondition(lowering, condition, body, inside, after);
          }),
        body: () => {
          if (body) lowering.statement(body, true);
        },
        step: () => {
          for (const { child } of children.filter(({ name }) => name === 'update')) lowering.effect(child);
        },
      });
    });
  });
}

export function lowerWhile(lowering: Lowering, node: Node): void {
  const [condition, body] = [field(node, 'condition'), field(node, 'body')];
  const isEndless = condition?.text === 'true';
  lowering.builder.loop({
    span: spanOf(lowering, node),
    condition:
      condition && !isEndless
        ? (inside, after) => {
            loopCondition(lowering, condition, body, inside, after);
          }
        : undefined,
    body: () => {
      if (body) lowering.statement(body, true);
    },
  });
}

export function lowerDo(lowering: Lowering, node: Node): void {
  const [condition, body] = [field(node, 'condition'), field(node, 'body')];
  lowering.builder.loop({
    span: spanOf(lowering, node),
    condition:
      condition && condition.text !== 'true'
        ? (inside, after) => {
            lowering.condition(condition, inside, after);
          }
        : undefined,
    conditionAtEnd: true,
    body: () => {
      if (body) lowering.statement(body, true);
    },
  });
}

/** The elements are gone through one by one: what is done to the variable is done to each. */
export function lowerForeach(lowering: Lowering, node: Node): void {
  const [left, right, body] = [field(node, 'left'), field(node, 'right'), field(node, 'body')];
  if (!left || !right) return;
  const collection = placeOf(lowering, right);
  const span = spanOf(lowering, node);
  const elements = collection === undefined ? [] : [below(elementsOf(collection, right), '[]')];
  const test: Test = { op: 'loop', elements, span: spanOf(lowering, right), text: shortText(right) };
  lowering.builder.loop({
    span,
    condition: (inside, after) => {
      lowering.builder.branch(test, inside, after);
    },
    body: () => {
      lowering.names.within(() => {
        declareElement(lowering, node, left, elements[0]);
        if (body) lowering.statement(body, true);
      });
    },
  });
}

/** `map.Values` of a dictionary, `items.ToArray()`: the elements are the collection's own. */
function elementsOf(collection: Location, right: Node): Location {
  return right.type === 'member_access_expression' && /\.(?:Values|Keys)$/u.test(right.text)
    ? collection.slice(0, collection.lastIndexOf('.'))
    : collection;
}

function declareElement(lowering: Lowering, node: Node, left: Node, element: Location | undefined): void {
  const names = left.type === 'identifier' ? [left] : namedChildren(left);
  for (const name of names) {
    const location = declareLocal(lowering, name.text, name, typeName(field(node, 'type')));
    if (element !== undefined) assign(lowering, location, { location: element, text: name.text }, left);
  }
}

/** A condition on a counter, over a body that works on elements: the body is not skipped while any of them is open. */
function loopCondition(
  lowering: Lowering,
  condition: Node,
  body: Node | undefined,
  inside: BlockId,
  after: BlockId,
): void {
  const elements = body && isCounting(condition) ? elementsIn(lowering, body) : [];
  if (elements.length === 0) {
    lowering.condition(condition, inside, after);
    return;
  }
  lowering.effect(condition);
  lowering.builder.branch(
    { op: 'loop', elements, span: spanOf(lowering, condition), text: shortText(condition) },
    inside,
    after,
  );
}

function isCounting(condition: Node): boolean {
  return condition.type === 'binary_expression' && /^(?:<|>|<=|>=|!=)$/u.test(field(condition, 'operator')?.text ?? '');
}

function elementsIn(lowering: Lowering, body: Node): readonly Location[] {
  const found = new Set<Location>();
  const pending: Node[] = [body];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const array =
      at.type === 'element_access_expression' ? (field(at, 'expression') ?? at.children[0] ?? undefined) : undefined;
    const place = array && nameChain(lowering, array);
    if (place !== undefined) found.add(below(place, '[]'));
    pending.push(...at.namedChildren);
  }
  return [...found];
}

/** The location of a plain name or chain of names; nothing is evaluated. */
function nameChain(lowering: Lowering, node: Node): Location | undefined {
  if (node.type === 'identifier') return locationOfName(lowering, node.text);
  if (node.type !== 'member_access_expression') return undefined;
  const expression = field(node, 'expression') ?? node.children[0] ?? undefined;
  if (expression === undefined) return undefined;
  if (expression.text === 'this') return `S.${field(node, 'name')?.text ?? ''}`;
  const outer = nameChain(lowering, expression);
  return outer === undefined ? undefined : below(outer, field(node, 'name')?.text ?? '');
}
