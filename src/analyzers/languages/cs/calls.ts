/** C# calls and object creations. */
import type { Node } from 'web-tree-sitter';
import type { Location, Operand } from '../../flow/graph.ts';
import { below } from '../../flow/graph.ts';
import { field, hasToken, namedChildren, shortText } from '../cs-shared/nodes.ts';
import { fillAggregate } from './aggregates.ts';
import { assign, type Lowering, operandAt, placeOf, qualifierOf, simpleName, spanOf, typeName } from './lowering.ts';

/** `result` is absent where the value is used by nothing. */
export function lowerCall(lowering: Lowering, node: Node, result: Location | undefined): void {
  const callee = field(node, 'function');
  if (callee === undefined) return;
  if (callee.type === 'conditional_access_expression') {
    lowerConditionalCall(lowering, node, callee, result);
    return;
  }
  if (callee.type === 'member_access_expression') {
    const expression = field(callee, 'expression') ?? callee.children[0];
    const name = simpleName(field(callee, 'name'));
    const qualifier = qualifierOf(lowering, expression ?? undefined);
    const receiver = expression ? receiverOf(lowering, expression) : undefined;
    emitCall(
      lowering,
      node,
      { name, ...(qualifier === undefined ? {} : { qualifier }), ...(receiver ? { receiver } : {}) },
      result,
    );
    return;
  }
  if (callee.type !== 'identifier' && callee.type !== 'generic_name') lowering.effect(callee);
  emitCall(lowering, node, { name: simpleName(callee) }, result);
}

interface CallName {
  readonly name: string;
  readonly qualifier?: string;
  readonly receiver?: Operand;
}

function emitCall(lowering: Lowering, node: Node, name: CallName, result: Location | undefined): void {
  const args = argumentsOf(lowering, field(node, 'arguments'));
  lowering.builder.emit({
    type: 'call',
    ...name,
    args,
    ...(result === undefined ? {} : { result }),
    span: spanOf(lowering, node),
  });
}

function receiverOf(lowering: Lowering, expression: Node): Operand {
  // What a type converter or a cast shows is the thing itself.
  return operandAt(lowering, expression);
}

/** `a?.b.M()`: the call happens where a is not null. */
function lowerConditionalCall(lowering: Lowering, node: Node, callee: Node, result: Location | undefined): void {
  const condition = field(callee, 'condition') ?? namedChildren(callee)[0];
  const binding = namedChildren(callee).at(-1);
  const place = placeOf(lowering, condition);
  if (condition === undefined || binding === undefined || place === undefined) return;
  const span = spanOf(lowering, node);
  const steps = binding.text
    .replace(/<[^]*>/u, '')
    .split(/[?.\s]+/u)
    .filter((step) => /^\w+$/u.test(step));
  const name = steps.at(-1) ?? '';
  lowering.builder.ifElse(
    (then, otherwise) => {
      lowering.builder.branch({ op: 'is', location: place, value: 'null', span, text: '' }, otherwise, then);
    },
    () => {
      const location = steps.slice(0, -1).reduce(below, place);
      emitCall(lowering, node, { name, receiver: { location, text: shortText(condition) } }, result);
    },
    () => {
      if (result !== undefined) assign(lowering, result, { constant: 'null', text: 'null' }, node);
    },
  );
}

export function argumentsOf(lowering: Lowering, list: Node | undefined): readonly Operand[] {
  if (list === undefined) return [];
  return namedChildren(list)
    .filter((child) => child.type === 'argument')
    .map((argument) => argumentOf(lowering, argument));
}

function argumentOf(lowering: Lowering, argument: Node): Operand {
  const expression = namedChildren(argument).at(-1);
  if (expression === undefined) return { text: shortText(argument) };
  const operand = lowering.value(expression);
  const byReference = hasToken(argument, 'ref') || hasToken(argument, 'out');
  if (byReference && operand.location !== undefined) lowering.reassigned.add(operand.location);
  if (isMethodGroup(expression)) return { ...operand, closure: true };
  return byReference ? { ...operand, byReference: true } : operand;
}

/** `view.Dispose` given as an argument: whoever gets it may call it. */
function isMethodGroup(expression: Node): boolean {
  return expression.type === 'member_access_expression' && /\.(?:Dispose|Close|Release\w*)$/u.test(expression.text);
}

/** `new T(...) { ... }`, also without the type's name. */
export function lowerCreation(lowering: Lowering, node: Node, into: Location | undefined): Operand {
  const result = into ?? lowering.builder.newTemporary();
  const type = typeName(field(node, 'type')) ?? expectedType(lowering, node, into) ?? '';
  const list = field(node, 'arguments') ?? namedChildren(node).find((child) => child.type === 'argument_list');
  const args = argumentsOf(lowering, list);
  const span = spanOf(lowering, node);
  if (COLLECTIONS.test(type)) {
    lowering.builder.emit({ type: 'fresh', to: result, span });
    for (const argument of args)
      if (argument.location !== undefined) assign(lowering, below(result, '[]'), argument, node);
  } else {
    lowering.builder.emit({ type: 'call', name: type, args, result, constructs: true, span });
  }
  const initializer =
    field(node, 'initializer') ?? namedChildren(node).find((child) => child.type === 'initializer_expression');
  if (initializer) fillAggregate(lowering, initializer, result);
  return { location: result, text: shortText(node) };
}

/** Collections of the framework: what is put into one can be reached through it, and nothing else happens to it. */
const COLLECTIONS =
  /^(?:\w*(?:List|Dictionary|HashSet|SortedSet|Queue|Stack|Bag|Collection)|KeyValuePair|ValueTuple|Tuple)$/u;

function expectedType(lowering: Lowering, node: Node, into: Location | undefined): string | undefined {
  if (into !== undefined && lowering.types.has(into)) return lowering.types.get(into);
  const declaration = node.parent?.parent;
  return declaration?.type === 'variable_declaration' ? typeName(field(declaration, 'type')) : undefined;
}
