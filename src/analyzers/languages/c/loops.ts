/** Loops. A loop that works on the elements of something says so in its test: it is not skipped while they are open. */
import { below } from '../../flow/graph.ts';
import type { Location } from '../../flow/graph.ts';
import { descendants } from '../shared/syntax.ts';
import type { Syntax } from '../shared/syntax.ts';
import { declareLocal, typeText } from './declarations.ts';
import { readDeclarator } from './declarators.ts';
import { bindingOf, spanOf } from './lowering.ts';
import type { Lowering } from './lowering.ts';
import { withoutParentheses } from './places.ts';

export function lowerWhile(l: Lowering, node: Syntax): void {
  const [condition, body] = [node.child('condition'), node.child('body')];
  const { builder, names } = l.state;
  const span = spanOf(l, node);
  builder.scope({ span }, () => {
    names.within(() => {
      builder.loop({
        span,
        ...(condition ? { condition: conditionOver(l, condition, elementsIn(l, body)) } : {}),
        body: () => {
          if (body) l.statement(body, true);
        },
      });
    });
  });
}

export function lowerDo(l: Lowering, node: Syntax): void {
  const [condition, body] = [node.child('condition'), node.child('body')];
  l.state.builder.loop({
    span: spanOf(l, node),
    conditionAtEnd: true,
    ...(condition ? { condition: conditionOver(l, condition, []) } : {}),
    body: () => {
      if (body) l.statement(body, true);
    },
  });
}

export function lowerFor(l: Lowering, node: Syntax): void {
  const { builder, names } = l.state;
  const [initializer, condition, update] = [node.child('initializer'), node.child('condition'), node.child('update')];
  const body = node.child('body') ?? node.last;
  builder.scope({ span: spanOf(l, node) }, () => {
    names.within(() => {
      if (initializer) l.statement(initializer);
      builder.loop({
        span: spanOf(l, node),
        ...(condition ? { condition: conditionOver(l, condition, elementsIn(l, body)) } : {}),
        body: () => {
          if (body) l.statement(body, true);
        },
        step: () => {
          if (update) l.effect(update);
        },
      });
    });
  });
}

export function lowerRangeFor(l: Lowering, node: Syntax): void {
  const { builder, names } = l.state;
  const [range, body] = [node.child('right'), node.child('body') ?? node.last];
  const span = spanOf(l, node);
  const initializer = node.child('initializer');
  builder.scope({ span }, () => {
    names.within(() => {
      if (initializer) l.statement(initializer);
      const whole = range && l.value(range).location;
      const element = whole === undefined ? undefined : below(whole, '[]');
      builder.loop({
        span,
        condition: (then, otherwise) => {
          const text = range?.text ?? '';
          const test =
            element === undefined ? { op: 'unknown' as const } : { op: 'loop' as const, elements: [element] };
          builder.branch({ ...test, span: range ? spanOf(l, range) : span, text }, then, otherwise);
        },
        body: () => {
          names.within(() => {
            declareElement(l, node, element);
            if (body) l.statement(body, true);
          });
        },
      });
    });
  });
}

function declareElement(l: Lowering, node: Syntax, element: Location | undefined): void {
  const shape = readDeclarator(node.child('declarator'));
  if (!shape.name) {
    return;
  }
  const type = typeText(node.child('type'), shape);
  const declared = shape.name.type === 'structured_binding_declarator' ? shape.name.parts : [shape.name];
  for (const name of declared) {
    if (shape.reference && element !== undefined) {
      l.state.names.bind(name.text, { location: element, type: type.replace(/&$/u, '') });
    } else {
      const location = declareLocal(l, name, type);
      if (element !== undefined) {
        l.state.builder.emit({
          type: 'assign',
          to: location,
          from: { location: element, text: name.text },
          span: spanOf(l, name),
        });
      }
    }
  }
}

function conditionOver(
  l: Lowering,
  condition: Syntax,
  elements: readonly Location[],
): (then: number, otherwise: number) => void {
  return (then, otherwise) => {
    l.state.loopElements = elements;
    l.condition(condition, then, otherwise);
    l.state.loopElements = [];
  };
}

/** `x[i]` in the body of a loop: the elements that it goes over. */
function elementsIn(l: Lowering, body: Syntax | undefined): readonly Location[] {
  const elements = new Set<Location>();
  for (const part of body ? descendants(body) : []) {
    const array = part.type === 'subscript_expression' ? part.child('argument') : undefined;
    const location = array && plainLocation(l, array);
    if (location !== undefined) elements.add(below(location, '[]'));
  }
  return [...elements];
}

/** A location that can be told without lowering anything. */
function plainLocation(l: Lowering, node: Syntax): Location | undefined {
  const inner = withoutParentheses(node);
  switch (inner.type) {
    case 'identifier':
      return l.macroArguments.has(inner.text) ? undefined : bindingOf(l, inner.text).location;
    case 'this':
      return 'S';
    case 'field_expression': {
      const object = inner.child('argument');
      const base = object && plainLocation(l, object);
      const name = inner.child('field')?.text;
      return base === undefined || name === undefined ? undefined : below(base, name);
    }
    default:
      return undefined;
  }
}
