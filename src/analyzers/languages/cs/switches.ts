/** C# switch statements. */
import type { Node } from 'web-tree-sitter';
import type { Test } from '../../flow/graph.ts';
import { field, hasToken, namedChildren, shortText } from '../cs-shared/nodes.ts';
import { constantOf } from './constants.ts';
import { type Lowering, placeOf, spanOf } from './lowering.ts';

export function lowerSwitch(lowering: Lowering, node: Node): void {
  const value = field(node, 'value');
  const place = value && placeOf(lowering, value);
  const body = field(node, 'body');
  const sections = body ? namedChildren(body).filter(({ type }) => type === 'switch_section') : [];
  lowering.names.within(() => {
    lowering.builder.switch(
      spanOf(lowering, node),
      sections.map((section) => {
        const parts = namedChildren(section);
        const labels = parts.filter(({ type }) => !isStatement(type) && type !== 'when_clause');
        return {
          tests: labels.map((label) => testOf(lowering, place, label)),
          isDefault: hasToken(section, 'default'),
          body: () => {
            for (const statement of parts.filter(({ type }) => isStatement(type))) lowering.statement(statement);
          },
        };
      }),
      false,
    );
  });
}

function isStatement(type: string): boolean {
  return type === 'block' || type.endsWith('_statement');
}

function testOf(lowering: Lowering, place: string | undefined, label: Node): Test {
  const constant =
    label.type === 'constant_pattern' && label.namedChildren[0] ? constantOf(label.namedChildren[0]) : undefined;
  const span = spanOf(lowering, label);
  return place !== undefined &&
    (constant === 'true' || constant === 'false' || constant === 'null') &&
    label.text !== '0'
    ? { op: 'is', location: place, value: constant, span, text: shortText(label) }
    : { op: 'unknown', span, text: shortText(label) };
}
